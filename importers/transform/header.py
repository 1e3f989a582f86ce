"""Notices a file without a header before its first row is lost as one."""

from importers.catalogue.entries import LayerEntry
from importers.errors import CheckFailed
from importers.read.header import looks_like_data
from importers.transform.column_names import ColumnNames

_SHOWN_CHARACTERS = 100


def refuse_data_as_header(entry: LayerEntry, names: tuple[str, ...]) -> None:
    """Refuse a source whose names of columns are values, and none of them one that is wanted.

    Raises
    ------
    CheckFailed
        ``HEADER-MISSING``.
    """
    if not entry.source.has_header or not looks_like_data(names):
        return
    if ColumnNames(names).find(_wanted(entry)) is not None:
        return
    shown = ", ".join(names)[:_SHOWN_CHARACTERS]
    raise CheckFailed(
        f"The first line looks like data, not like the names of columns: {shown}. If the file has "
        "no line of names, write header = false into [source] of the layer's catalogue entry, and "
        'the names in their order: columns = ["…", "…"].',
        code="HEADER-MISSING",
    )


def _wanted(entry: LayerEntry) -> set[str]:
    names = {alias for field in entry.fields for alias in field.source}
    names |= {column for pair in entry.source.coordinates for column in (pair.x, pair.y)}
    return names | {name for name in (entry.source.wkt, entry.source.lat_lon) if name}
