"""Which column of a source holds which field."""

from collections.abc import Mapping
from contextlib import suppress

from importers.catalogue.entries import (
    CoordinateColumns,
    FieldEntry,
    LatLonColumn,
    LayerEntry,
)
from importers.errors import CheckFailed
from importers.findings import Finding
from importers.listing import list_names
from importers.transform.column_names import MOST_NAMES, ColumnNames, as_words
from importers.transform.suggestions import near_names

_MOST_SUGGESTED = 3
_NO_GEOMETRY = (
    "No row has a geometry that can be used: there is none, or what is there is faulty. Export the "
    "file again with its geometries."
)


def match_columns(
    entry: LayerEntry, names: tuple[str, ...], chosen: Mapping[str, str] | None = None
) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """Return the source column of each field, and what was missing or left unused.

    A field that is neither required nor part of the key may be missing; that is
    said once.

    Parameters
    ----------
    chosen
        Columns that a person chose, by field. They win over the catalogue's.

    Raises
    ------
    CheckFailed
        A required field, or part of the key, has no column; the message names
        the columns that may be meant. Or a chosen column or field is not there,
        or several columns fit a pattern.
    """
    columns = ColumnNames(names)
    chosen = chosen or {}
    _refuse_unknown_choices(entry, columns, chosen)
    matched: dict[str, str] = {}
    missing: list[str] = []
    for field in entry.fields:
        column = chosen.get(field.name) or columns.find(field.source)
        if column is not None:
            matched[field.name] = column
        elif field.required or field.name in entry.key:
            raise CheckFailed(_missing(field, columns, matched), code="COLUMN-MISSING")
        else:
            missing.append(field.title)
    findings = [_missing_note(missing)] if missing else []
    used = {*matched.values(), *_position_columns(entry, columns)}
    if unused := tuple(name for name in names if name not in used):
        shown = list_names(unused, MOST_NAMES)
        findings.append(Finding("COLUMN-UNUSED", "note", f"Columns not used: {shown}."))
    return matched, tuple(findings)


def columns_found(entry: LayerEntry, names: tuple[str, ...]) -> dict[str, str]:
    """Return the source column of each field that has one, whatever is missing."""
    columns = ColumnNames(names)
    found: dict[str, str] = {}
    for field in entry.fields:
        # Several columns that fit are for a person to choose from.
        with suppress(CheckFailed):
            if column := columns.find(field.source):
                found[field.name] = column
    return found


def find_coordinates(
    entry: LayerEntry, names: tuple[str, ...], *, is_table: bool = True
) -> CoordinateColumns | LatLonColumn:
    """Return the first pair of coordinate columns that the header has, or the one of both.

    Parameters
    ----------
    is_table
        False for a form that has geometries of its own: then this source has none to use.

    Raises
    ------
    CheckFailed
        It has none of the columns that the catalogue names.
    """
    columns = ColumnNames(names)
    if entry.source.lat_lon and (lat_lon := columns.find([entry.source.lat_lon])):
        return LatLonColumn(lat_lon)
    for pair in entry.source.coordinates:
        x, y = columns.find([pair.x]), columns.find([pair.y])
        if x is not None and y is not None:
            crs_column = columns.find([pair.crs_column]) if pair.crs_column else None
            return CoordinateColumns(x, y, pair.crs, crs_column, pair.crs_words)
    pairs = [f"{as_words(pair.x)} and {as_words(pair.y)}" for pair in entry.source.coordinates]
    single = [as_words(name) for name in (entry.source.wkt, entry.source.lat_lon) if name]
    message = "" if is_table else f"{_NO_GEOMETRY} "
    if is_table or pairs or single:
        message += (
            "No columns with coordinates were found. "
            f"Looked for: {'; '.join([*pairs, *single]) or 'none'}. "
        )
    raise CheckFailed(
        f"{message}The file has: {columns.listed()}.{_near_pair(entry, columns)}",
        code="COORDINATES-MISSING",
    )


def _near_pair(entry: LayerEntry, columns: ColumnNames) -> str:
    """Return a question after two columns whose names are like those of a pair, if there are."""
    for pair in entry.source.coordinates:
        x, y = near_names([pair.x], columns.names), near_names([pair.y], columns.names)
        if x and y and x[0][0] != y[0][0]:
            return f" Are they “{x[0][0]}” and “{y[0][0]}”?"
    return ""


def _refuse_unknown_choices(
    entry: LayerEntry, columns: ColumnNames, chosen: Mapping[str, str]
) -> None:
    fields = {field.name for field in entry.fields}
    for field, column in chosen.items():
        if field not in fields:
            raise CheckFailed(
                f"A column was chosen for “{field}”, which is not a field of this layer.",
                code="CHOICE-UNKNOWN",
            )
        if column not in columns.names:
            raise CheckFailed(
                f"The column “{column}”, chosen for “{field}”, is not in the file. "
                f"The file has: {columns.listed()}.",
                code="CHOICE-UNKNOWN",
            )


def _position_columns(entry: LayerEntry, columns: ColumnNames) -> set[str | None]:
    """Return the columns that say where a row is: they are used, though by no field."""
    source = entry.source
    pairs = [[pair.x, pair.y, pair.crs_column] for pair in source.coordinates]
    wanted = [name for pair in [*pairs, [source.wkt, source.lat_lon]] for name in pair if name]
    return {columns.find([name]) for name in wanted}


def _missing(field: FieldEntry, columns: ColumnNames, matched: Mapping[str, str]) -> str:
    free = [name for name in columns.names if name not in matched.values()]
    near = near_names((*field.source, field.title), free)[:_MOST_SUGGESTED]
    suggestion = f" Is it {' or '.join(f'“{name}”' for name, _ in near)}?" if near else ""
    return (
        f"The file has no column for “{field.title}”, which every row needs. Looked for: "
        f"{', '.join(as_words(name) for name in field.source)}. The file has: "
        f"{columns.listed()}.{suggestion} If the column has another "
        f"name, add it to source of the field “{field.name}” in the catalogue."
    )


def _missing_note(titles: list[str]) -> Finding:
    return Finding(
        "COLUMN-MISSING",
        "note",
        f"No columns for {', '.join(titles)}: these stay empty. The names looked for are in the "
        "layer's catalogue entry.",
    )
