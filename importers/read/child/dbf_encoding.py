"""Decides how the texts of a .dbf are to be read: by its .cpg, its language mark, or its bytes."""

import codecs
import re
from collections.abc import Iterator

import numpy as np

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.dbf_table import DbfTable
from importers.read.child.text_encoding import FALLBACK_ENCODING

_SAMPLES = 3
_FIRST_NON_ASCII = 0x80
# Language marks of dBase that are met in the UK; 0 says nothing.
_ENCODING_OF_LANGUAGE = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252"}

# row from 1, column name, the cell's bytes
Cell = tuple[int, str, bytes]


def find_dbf_encoding(
    table: DbfTable, cpg: str | None, declared: str | None
) -> tuple[str, tuple[Finding, ...]]:
    """Return the codec in which every text of ``table`` is whole, and a warning if it was a guess.

    Parameters
    ----------
    cpg
        The text of the .cpg, None where there is none. It is believed or the file refused.
    declared
        The catalogue's encoding, for a file that says nothing itself.

    Raises
    ------
    SourceUnreadable
        ``TEXT-ENCODING``: the .cpg names nothing known, or the texts are not what it says.
    """
    cells = list(_cells_beyond_ascii(table))
    if cpg is not None:
        encoding = _codec_of_cpg(cpg)
        _refuse_unless_decodable(cells, encoding, f"the .cpg says {cpg.strip()}")
        return encoding, ()
    if _first_undecodable(cells, "utf-8") is None:
        return "utf-8", ()
    marked = _ENCODING_OF_LANGUAGE.get(table.language) or declared
    if marked is not None and _first_undecodable(cells, marked) is None:
        return codecs.lookup(marked).name, ()
    _refuse_unless_decodable(cells, FALLBACK_ENCODING, "there is no .cpg to say the encoding")
    return FALLBACK_ENCODING, (_warn(cells),)


def gdal_name(encoding: str) -> str:
    """Return GDAL's name of a Python codec."""
    return {"iso8859-1": "ISO-8859-1"}.get(encoding, encoding.upper())


def _codec_of_cpg(cpg: str) -> str:
    name = re.sub(r"^(ansi|windows|oem|cp)?[\s_-]*(\d{3,5})$", r"\2", cpg.strip().lower())
    known = {"65001": "utf-8", "88591": "iso8859-1", "28591": "iso8859-1"}
    name = known.get(name, f"cp{name}" if name.isdigit() else name.replace(" ", "-"))
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise SourceUnreadable(
            f"The .cpg names the encoding {cpg.strip()[:40]!r}, which is not known. "
            "Export the shapefile again in UTF-8.",
            code="TEXT-ENCODING",
        ) from None


def _cells_beyond_ascii(table: DbfTable) -> Iterator[Cell]:
    for column in table.fields:
        if column.letter != "C":
            continue
        beyond = (table.records[:, column.start : column.end] >= _FIRST_NON_ASCII).any(axis=1)
        for place in np.flatnonzero(beyond):
            cell = table.records[place, column.start : column.end].tobytes()
            yield int(place) + 1, column.name, cell.strip(b" \x00")


def _first_undecodable(cells: list[Cell], encoding: str) -> Cell | None:
    for cell in cells:
        try:
            cell[2].decode(encoding)
        except UnicodeDecodeError:
            return cell
    return None


def _refuse_unless_decodable(cells: list[Cell], encoding: str, why: str) -> None:
    wrong = _first_undecodable(cells, encoding)
    if wrong is None:
        return
    row, column, content = wrong
    raise SourceUnreadable(
        f"Row {row}, {column}: the bytes {ascii(content)[2:-1][:60]} are not {encoding.upper()} "
        f"text ({why}). Export the shapefile again in UTF-8, with its .cpg.",
        code="TEXT-ENCODING",
    )


def _warn(cells: list[Cell]) -> Finding:
    texts = dict.fromkeys(cell[2].decode(FALLBACK_ENCODING) for cell in cells)
    samples = "; ".join(list(texts)[:_SAMPLES])
    return Finding(
        kind="TEXT-ENCODING",
        severity="warning",
        message=(
            "The shapefile does not say its encoding and is not UTF-8; it was read as "
            f"Windows-1252. Check that these are right: {samples}."
        ),
        value=samples,
    )
