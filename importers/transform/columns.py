"""Which column of a source holds which field."""

from collections.abc import Mapping

from importers.catalogue.entries import (
    CoordinateColumns,
    FieldEntry,
    LatLonColumn,
    LayerEntry,
)
from importers.errors import CheckFailed
from importers.findings import Finding

MOST_NAMES_SHOWN = 40


def match_columns(
    entry: LayerEntry, names: tuple[str, ...]
) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """Return the source column of each field, and what was missing or left unused.

    Names are compared exactly first, then without regard to case and to spaces
    around them. A field that is neither required nor part of the key may be
    missing; that is said once.

    Raises
    ------
    CheckFailed
        A required field, or part of the key, has no column.
    """
    by_loose_name = {_loosely(name): name for name in reversed(names)}
    matched: dict[str, str] = {}
    findings: list[Finding] = []
    missing: list[str] = []
    for field in entry.fields:
        column = _column_of(field, names, by_loose_name)
        if column is not None:
            matched[field.name] = column
        elif field.required or field.name in entry.key:
            raise CheckFailed(_missing(field, names), code="COLUMN-MISSING")
        else:
            missing.append(field.title)
    if missing:
        findings.append(_missing_note(missing))
    coordinates = {
        _loosely(column) for pair in entry.source.coordinates for column in (pair.x, pair.y)
    } | {_loosely(name) for name in (entry.source.wkt, entry.source.lat_lon) if name}
    unused = [
        name for name in names if name not in matched.values() and _loosely(name) not in coordinates
    ]
    if unused:
        findings.append(
            Finding("COLUMN-UNUSED", "note", f"Columns not used: {_listing(tuple(unused))}.")
        )
    return matched, tuple(findings)


def find_coordinates(entry: LayerEntry, names: tuple[str, ...]) -> CoordinateColumns | LatLonColumn:
    """Return the first pair of coordinate columns that the header has, or the one of both.

    Raises
    ------
    CheckFailed
        It has none of the columns that the catalogue names.
    """
    by_loose_name: Mapping[str, str] = {_loosely(name): name for name in reversed(names)}
    lat_lon = by_loose_name.get(_loosely(entry.source.lat_lon or ""))
    if entry.source.lat_lon and lat_lon is not None:
        return LatLonColumn(lat_lon)
    for pair in entry.source.coordinates:
        x, y = by_loose_name.get(_loosely(pair.x)), by_loose_name.get(_loosely(pair.y))
        if x is not None and y is not None:
            return CoordinateColumns(x=x, y=y, crs=pair.crs)
    pairs = [f"{pair.x} and {pair.y}" for pair in entry.source.coordinates]
    single = [name for name in (entry.source.wkt, entry.source.lat_lon) if name]
    wanted = "; ".join([*pairs, *single])
    raise CheckFailed(
        f"No columns with coordinates were found. Looked for: {wanted or 'none'}. "
        f"The file has: {_listing(names)}.",
        code="COORDINATES-MISSING",
    )


def _column_of(
    field: FieldEntry, names: tuple[str, ...], by_loose_name: Mapping[str, str]
) -> str | None:
    for alias in field.source:
        if alias in names:
            return alias
    for alias in field.source:
        if _loosely(alias) in by_loose_name:
            return by_loose_name[_loosely(alias)]
    return None


def _loosely(name: str) -> str:
    return name.strip().casefold()


def _missing(field: FieldEntry, names: tuple[str, ...]) -> str:
    return (
        f"The file has no column for “{field.title}”, which every row needs. Looked for: "
        f"{', '.join(field.source)}. The file has: {_listing(names)}. If the column has another "
        f"name, add it to source of the field “{field.name}” in the catalogue."
    )


def _missing_note(titles: list[str]) -> Finding:
    return Finding(
        "COLUMN-MISSING",
        "note",
        f"No columns for {', '.join(titles)}: these stay empty. The names looked for are in the "
        "layer's catalogue entry.",
    )


def _listing(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:MOST_NAMES_SHOWN])
    more = len(names) - MOST_NAMES_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
