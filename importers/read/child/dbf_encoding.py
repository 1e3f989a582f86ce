"""Decides how the texts of a .dbf are to be read: by its .cpg, its language mark, or its bytes."""

import codecs
import re
from collections.abc import Iterator

import numpy as np

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.dbf_table import DbfTable
from importers.read.child.encoding_evidence import (
    CANDIDATES,
    ENCODING_WORDS,
    as_read,
    choose_encoding,
    contexts_of,
)

_SAMPLES = 3
_LONGEST_SHOWN = 60
_FIRST_NON_ASCII = 0x80
# Language marks of dBase that are met in the UK; 0 says nothing.
_ENCODING_OF_LANGUAGE = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252"}

# row from 1, column name, the cell's bytes
Cell = tuple[int, str, bytes]


def find_dbf_encoding(
    table: DbfTable, cpg: str | None, declared: str | None
) -> tuple[str, tuple[Finding, ...]]:
    """Return the codec in which every text of ``table`` is whole, and a warning if it is in doubt.

    As of a CSV, UTF-8 that holds more than ASCII is UTF-8 whatever is said; what is said and
    fits wins over evidence, and a warning says where the evidence is against it.

    Parameters
    ----------
    cpg
        The text of the .cpg, None where there is none.
    declared
        The catalogue's encoding, for a file that says nothing itself.

    Raises
    ------
    SourceUnreadable
        ``TEXT-ENCODING``: the .cpg names nothing known, the texts are not what it says, or
        they make sense in none or in several of the encodings that are met.
    """
    cells = list(_cells_beyond_ascii(table))
    said = _codec_of_cpg(cpg) if cpg is not None else None
    if _first_undecodable(cells, "utf-8") is None:
        if said is None or not cells:
            return said or "utf-8", ()
        return "utf-8", _say_utf_8(cells, said, str(cpg).strip())
    likely = choose_encoding(contexts_of(content + b"\n" for _, _, content in cells))
    if said is not None:
        _refuse_unless_decodable(cells, said, f"the .cpg says {str(cpg).strip()}")
        return said, _doubts(cells, said, likely)
    marked = _ENCODING_OF_LANGUAGE.get(table.language) or declared
    if marked is not None and _first_undecodable(cells, marked) is None:
        marked = codecs.lookup(marked).name
        return marked, _doubts(cells, marked, likely)
    if likely is None:
        raise _undecided(cells)
    return likely, (_warn(cells, likely),)


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
        f"Row {row}, {column}: the bytes {_shown(content)} are not {encoding.upper()} "
        f"text ({why}). Export the shapefile again in UTF-8, with its .cpg.",
        code="TEXT-ENCODING",
    )


def _undecided(cells: list[Cell]) -> SourceUnreadable:
    row, column, content = next(iter(cells))
    return SourceUnreadable(
        f"Row {row}, {column} holds the bytes {_shown(content)}, which are not UTF-8 and "
        f"{as_read(content)}; there is no .cpg that says which. Export the shapefile again in "
        "UTF-8, with its .cpg, or write its encoding into source.encoding of the layer's "
        "catalogue entry.",
        code="TEXT-ENCODING",
    )


def _shown(content: bytes) -> str:
    return ascii(content)[2:-1][:_LONGEST_SHOWN]


def _say_utf_8(cells: list[Cell], said: str, cpg: str) -> tuple[Finding, ...]:
    if said == "utf-8":
        return ()
    what = f"The .cpg says {cpg[:40]} and the texts are UTF-8; they were read as UTF-8"
    return (_finding(what, _samples(cells, "utf-8")),)


def _doubts(cells: list[Cell], encoding: str, likely: str | None) -> tuple[Finding, ...]:
    """Return a warning where the encoding that is said makes odd text and another would not."""
    if likely is None or encoding not in CANDIDATES:
        return ()
    samples = _samples(cells, encoding)
    if samples == _samples(cells, likely):
        return ()
    what = (
        f"It is said that the text is {ENCODING_WORDS[encoding]}, and so it was read; "
        f"{ENCODING_WORDS[likely]} would fit it better"
    )
    return (_finding(what, samples),)


def _warn(cells: list[Cell], encoding: str) -> Finding:
    what = (
        "The shapefile does not say its encoding and is not UTF-8; it was read as "
        f"{ENCODING_WORDS[encoding]}"
    )
    return _finding(what, _samples(cells, encoding))


def _samples(cells: list[Cell], encoding: str) -> list[str]:
    return list(dict.fromkeys(cell[2].decode(encoding) for cell in cells))[:_SAMPLES]


def _finding(what: str, samples: list[str]) -> Finding:
    shown = "; ".join(samples)
    return Finding(
        "TEXT-ENCODING", "warning", f"{what}. Check that these are right: {shown}.", value=shown
    )
