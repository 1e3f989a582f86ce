"""Has a source changed its columns since the edition that is published?"""

from collections.abc import Iterator, Mapping
from typing import Any

from importers.catalogue.entries import LayerEntry
from importers.validate.difference import CODE
from importers.validate.failed_check import FailedCheck


def check_schema(
    entry: LayerEntry, now: Mapping[str, Any], before: Mapping[str, Any]
) -> Iterator[FailedCheck]:
    """Yield what has gone, or changed its kind, between two sources of one layer.

    Parameters
    ----------
    now, before
        What was understood of the two (`importers.preview`); ``before`` is empty
        where nothing is on record. A source of nothing at all has no columns to lose.
    """
    if not before or not now.get("columns"):
        return
    titles = {field.name: field.title for field in entry.fields}
    lost = [
        f"“{before['column_of'][name]}” ({titles[name]})"
        for name in before["column_of"]
        if name in titles and name not in now["column_of"]
    ]
    if lost:
        yield FailedCheck(
            CODE,
            f"Columns that the published edition was read from are gone: {', '.join(lost)}. Ask "
            "whoever sends the file; if the column has a new name, say which it is.",
        )
    numbers = [
        f"“{now['column_of'][name]}”"
        for name in titles
        if _kind(now, name) == "number" and _kind(before, name) == "text"
    ]
    if numbers:
        yield FailedCheck(
            CODE,
            f"Columns that held text hold only numbers now: {', '.join(numbers)}. Have columns "
            "been exchanged, or words been replaced by codes?",
        )


def _kind(understood: Mapping[str, Any], field: str) -> str | None:
    column = understood["column_of"].get(field)
    kinds = {each["name"]: each["kind"] for each in understood["columns"]}
    return kinds.get(column)
