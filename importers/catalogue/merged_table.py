"""A TOML table put together from two files, which knows where each of its keys stands."""

import re
from dataclasses import dataclass
from typing import Any

from importers.errors import CatalogueInvalid

_STEP = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?")
# Lists of tables whose rows are the same row in both files when this key says the same.
_IDENTITY = {"fields": "name", "filters": "column"}
# Tables that say one thing in one of several ways: the template's way and another make no sense.
_REPLACED = ("coverage",)


@dataclass(frozen=True, slots=True)
class Place:
    """A table or key of a catalogue file, as messages name it."""

    file: str
    path: str

    def below(self, key: str) -> "Place":
        return Place(self.file, f"{self.path}.{key}" if self.path else key)


class MergedTable(dict[str, Any]):
    """A table with its own place and that of each key, so that a fault names the right file."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.places: dict[str, Place] = {}

    def put(self, key: str, value: Any, place: Place) -> None:
        """Set a key that stands at ``place``."""
        self[key] = value
        self.places[key] = place

    def place_of(self, path: str) -> Place:
        """Return where a key stands, or would: ``path`` may lead down, as "fields[2].name"."""
        table, (*steps, (key, _)) = self, _STEP.findall(path)
        for name, number in steps:
            inner = table.get(name)
            if number and isinstance(inner, list):
                inner = inner[int(number) - 1]
            if not isinstance(inner, MergedTable):
                break
            table = inner
        else:
            return table.places.get(key) or table.place.below(key)
        return self.place.below(path)


def placed(table: dict[str, Any], place: Place) -> MergedTable:
    """Return a table of one file, and every table in it, with their places."""
    result = MergedTable(place)
    for key, value in table.items():
        result.put(key, _placed_value(value, place.below(key)), place.below(key))
    return result


def merge(under: MergedTable, over: MergedTable) -> MergedTable:
    """Return ``under`` with what ``over`` says laid over it.

    Raises
    ------
    CatalogueInvalid
        A row with ``drop = true`` is not in ``under``, or says more than that.
    """
    result = MergedTable(over.place)
    for key in [*under, *(key for key in over if key not in under)]:
        source = over if key in over else under
        value = source[key]
        if key in over and key in under:
            value = _merged_value(key, under[key], over[key])
        elif key in over and _is_identified(key, value):
            value = _merged_rows(_IDENTITY[key], [], value)
        result.put(key, value, source.places[key])
    return result


def _placed_value(value: Any, place: Place) -> Any:
    if isinstance(value, dict):
        return placed(value, place)
    if isinstance(value, list):
        return [
            placed(row, Place(place.file, f"{place.path}[{number}]"))
            if isinstance(row, dict)
            else row
            for number, row in enumerate(value, start=1)
        ]
    return value


def _merged_value(key: str, under: Any, over: Any) -> Any:
    if key in _REPLACED:
        return over
    if isinstance(under, MergedTable) and isinstance(over, MergedTable):
        return merge(under, over)
    if _is_identified(key, under) and _is_identified(key, over):
        return _merged_rows(_IDENTITY[key], under, over)
    return over


def _is_identified(key: str, value: Any) -> bool:
    """Return whether a value is a list of tables that are merged one by one."""
    return (
        key in _IDENTITY
        and isinstance(value, list)
        and all(isinstance(row, MergedTable) for row in value)
    )


def _merged_rows(
    identity: str, under: list[MergedTable], over: list[MergedTable]
) -> list[MergedTable]:
    """Return the rows of ``under`` in their order, changed or dropped, then the new ones."""
    rows = list(under)
    for row in over:
        # Two of a name in one file stay two, for the loader to refuse.
        at = next((at for at, other in enumerate(rows) if _is_same(identity, other, row)), None)
        if "drop" in row:
            _refuse_misplaced_drop(row, identity, [other.get(identity) for other in under])
        if at is None:
            rows.append(row)
        elif "drop" in row:
            del rows[at]
        else:
            rows[at] = merge(rows[at], row)
    return rows


def _is_same(identity: str, under: MergedTable, over: MergedTable) -> bool:
    return under.get(identity) == over.get(identity) and under.place.file != over.place.file


def _refuse_misplaced_drop(row: MergedTable, identity: str, known: list[Any]) -> None:
    file, key = row.places["drop"].file, row.places["drop"].path
    if row["drop"] is not True:
        raise CatalogueInvalid(file, key, "is not true. Write drop = true, or take it out.")
    if others := [other for other in row if other not in ("drop", identity)]:
        raise CatalogueInvalid(file, key, f"stands beside {', '.join(others)}. Keep one or other.")
    if row.get(identity) not in known:
        names = ", ".join(str(name) for name in known)
        raise CatalogueInvalid(
            file, key, f'drops "{row.get(identity)}", which the template does not have: {names}.'
        )
