"""Small Excel workbooks, written part by part as Excel has them."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DAY_ZERO = date(1899, 12, 30)
_DATE_STYLE = 1
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """What Excel shows where a formula fails: ``#REF!``."""

    text: str


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula, with the value that was saved with it or with none."""

    formula: str
    value: float | None = None


def write_xlsx(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    *,
    hidden: Sequence[str] = (),
    merged: Sequence[str] = (),
    more_parts: Mapping[str, bytes] | None = None,
) -> Path:
    """Write sheets of rows of cells; None leaves a cell out, an empty row leaves the row out.

    ``merged`` are ranges of cells, such as ``C3:C4``.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types())
        archive.writestr("_rels/.rels", _links({"r1": ("officeDocument", "xl/workbook.xml")}))
        archive.writestr("xl/workbook.xml", _workbook(list(sheets), hidden))
        targets = {
            f"r{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)
        }
        archive.writestr(
            "xl/_rels/workbook.xml.rels", _links(targets | {"s": ("styles", "styles.xml")})
        )
        archive.writestr("xl/styles.xml", _STYLES)
        for number, rows in enumerate(sheets.values(), start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(rows, merged))
        for name, content in (more_parts or {}).items():
            archive.writestr(name, content)
    return path


def _content_types() -> str:
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{book}"/></Types>'
    )


def _links(targets: Mapping[str, tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="{name}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _workbook(names: Sequence[str], hidden: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="r{number}"'
        f"{' state=' + chr(34) + 'hidden' + chr(34) if name in hidden else ''}/>"
        for number, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{sheets}</sheets></workbook>'


def _sheet(rows: Sequence[Sequence[Any]], merged: Sequence[str]) -> str:
    lines = "".join(
        f'<row r="{number}">{"".join(_cells(number, row))}</row>'
        for number, row in enumerate(rows, start=1)
        if row
    )
    ranges = "".join(f'<mergeCell ref="{cells}"/>' for cells in merged)
    more = f"<mergeCells>{ranges}</mergeCells>" if ranges else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData>{more}</worksheet>'


def _cells(row: int, cells: Sequence[Any]) -> list[str]:
    return [
        _cell(f"{chr(ord('A') + at)}{row}", cell)
        for at, cell in enumerate(cells)
        if cell is not None
    ]


def _cell(address: str, cell: Any) -> str:
    match cell:
        case ErrorCell(text):
            return f'<c r="{address}" t="e"><f>A1/0</f><v>{text}</v></c>'
        case FormulaCell(formula, None):
            return f'<c r="{address}"><f>{escape(formula)}</f></c>'
        case FormulaCell(formula, value):
            return f'<c r="{address}"><f>{escape(formula)}</f><v>{value}</v></c>'
        case bool():
            return f'<c r="{address}" t="b"><v>{int(cell)}</v></c>'
        case date():
            days = (cell - _DAY_ZERO).days
            return f'<c r="{address}" s="{_DATE_STYLE}"><v>{days}</v></c>'
        case int() | float():
            return f'<c r="{address}"><v>{cell}</v></c>'
        case _:
            return f'<c r="{address}" t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>'
