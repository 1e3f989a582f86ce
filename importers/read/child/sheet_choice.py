"""Opens a workbook, once its zip is known to be harmless, and chooses the one sheet to read."""

import zipfile
import zlib
from pathlib import Path
from typing import NoReturn

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.listing import list_names
from importers.read.child.ods_layout import without_layout
from importers.read.child.several_layers import refuse_several_layers
from importers.read.child.zip_members import check_members
from importers.read.request import ReadRequest

_OLD_DOCUMENT = b"\xd0\xcf\x11\xe0"
_SEALED = "EncryptedPackage".encode("utf-16-le")
_MACROS = "vbaproject.bin"
# What the library says where it finds white space in place of a cell or a row.
_WHITE_SPACE = "found 'Text(BytesText"


def open_sheet(request: ReadRequest) -> tuple[CalamineSheet, tuple[Finding, ...]]:
    """Return the sheet to read, and a note of hidden ones that were left out.

    Raises
    ------
    SourceUnreadable
        As `importers.read.child.workbook.open_source` says.
    """
    path = Path(request.path)
    _check_container(path, request)
    try:
        return _choose(path, request)
    except PasswordError:
        _refuse_sealed()
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile, zlib.error) as fault:
        raise SourceUnreadable(
            "The workbook is damaged or is none. Open it in the spreadsheet, save it again as "
            "an Excel workbook (.xlsx), and send that.",
            code="WORKBOOK-DAMAGED",
        ) from fault


def _check_container(path: Path, request: ReadRequest) -> None:
    if _is_old_document(path):
        if request.form != "xls":
            _refuse_old(path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise SourceUnreadable(
            "The workbook is cut short or damaged. Save it again and send that.",
            code="ZIP-TRUNCATED",
        ) from None
    check_members(members, request.limits)
    if any(member.filename.lower().endswith(_MACROS) for member in members):
        raise SourceUnreadable(
            "The workbook holds macros, which are programs. Save it as an Excel workbook (.xlsx) "
            "without macros, and send that.",
            code="ZIP-FORBIDDEN",
        )


def _is_old_document(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_OLD_DOCUMENT)) == _OLD_DOCUMENT


def _refuse_old(path: Path) -> NoReturn:
    if _SEALED in path.read_bytes():
        _refuse_sealed()
    raise SourceUnreadable(
        "The file is not an Excel workbook (.xlsx): its content is an old Excel or Word document. "
        "Save it as an Excel workbook (.xlsx), and send that.",
        code="FMT-MISMATCH",
    )


def _refuse_sealed() -> NoReturn:
    raise SourceUnreadable(
        "The workbook is protected by a password. Open it, take the password away (in Excel: "
        "File, Info, Protect Workbook, Encrypt with Password, leave it empty), save and send it.",
        code="WORKBOOK-ENCRYPTED",
    )


def _choose(path: Path, request: ReadRequest) -> tuple[CalamineSheet, tuple[Finding, ...]]:
    try:
        return _choose_of(CalamineWorkbook.from_path(path), request.table)
    except CalamineError as fault:
        if request.form != "ods" or _WHITE_SPACE not in str(fault):
            raise
    packed = without_layout(path, Path(request.scratch))
    return _choose_of(CalamineWorkbook.from_path(packed), request.table)


def _choose_of(
    workbook: CalamineWorkbook, wanted: str | None
) -> tuple[CalamineSheet, tuple[Finding, ...]]:
    sheets = [
        (each, workbook.get_sheet_by_name(each.name))
        for each in workbook.sheets_metadata
        if each.typ == SheetTypeEnum.WorkSheet
    ]
    filled = [(each, sheet) for each, sheet in sheets if sheet.height]
    if wanted:
        for each, sheet in filled:
            if each.name.strip().casefold() == wanted.strip().casefold():
                return sheet, ()
        raise SourceUnreadable(
            f"The workbook has no sheet “{wanted}” with rows, which the catalogue names. "
            f"It has: {list_names([each.name for each, _ in sheets])}.",
            code="MULTI-LAYER",
        )
    shown = [sheet for each, sheet in filled if each.visible == SheetVisibleEnum.Visible]
    hidden = [each.name for each, _ in filled if each.visible != SheetVisibleEnum.Visible]
    if len(shown) > 1:
        names = [sheet.name for sheet in shown]
        raise refuse_several_layers("The workbook", names, kind="sheets with rows")
    if not shown:
        raise SourceUnreadable("The workbook has no sheet with rows that is shown.", code="NO-ROWS")
    return shown[0], _tell_hidden(hidden)


def _tell_hidden(names: list[str]) -> tuple[Finding, ...]:
    if not names:
        return ()
    message = f"Hidden sheets were not read: {list_names(names)}."
    return (Finding("SHEET-HIDDEN", "note", message),)
