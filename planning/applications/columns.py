"""What the applications of an edition are counted by, in memory: counting any of them is quick.

Read once for each edition: counted by the database, a hundred thousand take a second each time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows
from planning.applications.register import CHOSEN, Register
from planning.applications.sql import read_statement

MONTH, WARD = "month", "ward"
# So that a statement stays well within the time it is given, however many there are.
_READ_AT_ONCE = 50_000
_WARDS = (
    "SELECT fid, properties ->> %(title_field)s, ST_AsBinary(geom_27700) FROM layers_feature"
    " WHERE edition_id = %(edition_id)s AND geom_27700 IS NOT NULL ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that applications are counted by: its values, and the code of each id.

    A code is the place of a value among ``values``, or -1 for none.
    """

    values: tuple[str, ...]
    codes: Any

    def count(self, ids: Any) -> dict[str | None, int]:
        """Return how many of some applications have each value, and under None how many none."""
        numbers = np.bincount(self.codes[ids] + 1, minlength=len(self.values) + 1).tolist()
        found = zip((None, *self.values), numbers, strict=True)
        return {value: number for value, number in found if number}


@dataclass(frozen=True, slots=True)
class Ward:
    """An area that applications are counted by."""

    fid: str
    name: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What columns are remembered by: both editions, and what is public of them."""

    register: Register = field(compare=False)
    wards: PublishedLayer | None = field(compare=False)
    register_key: tuple[Any, ...]
    wards_key: tuple[Any, ...]


def columns_of(register: Register, wards: PublishedLayer | None) -> dict[str, Column]:
    """Return the columns of a register's edition, by name; that of wards holds their ids."""
    return _read_columns(_Asked(register, wards, _key(register.layer), _key(wards)))


def _key(layer: PublishedLayer | None) -> tuple[Any, ...]:
    return () if layer is None else (layer.edition_id, layer.changed_at)


@lru_cache(maxsize=4)
def _read_columns(asked: _Asked) -> dict[str, Column]:
    register, wards = asked.register, asked.wards
    rows = list(_rows(register))
    size = max((row[0] for row in rows), default=0) + 1
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    columns = {
        name: _column(ids, size, [row[place] for row in rows])
        for place, name in enumerate((MONTH, *CHOSEN), start=1)
    }
    if wards is not None:
        eastings, northings = (
            np.array([row[place] for row in rows], dtype=float) for place in (5, 6)
        )
        columns[WARD] = _ward_column(ids, size, eastings, northings, wards)
    return columns


def wards_of(layer: PublishedLayer) -> tuple[Ward, ...]:
    """Return the wards of an edition, in the source's order."""
    return tuple(Ward(fid, name or fid) for fid, name, _shape in _ward_rows(layer))


def _rows(register: Register) -> Iterable[tuple[Any, ...]]:
    statement = read_statement("columns")
    named = {name: name if register.has(name) else "" for name in CHOSEN}
    asked = {
        **named,
        "received_on": register.received_on,
        "edition_id": register.layer.edition_id,
        "most": _READ_AT_ONCE,
    }
    for after in range(0, register.layer.feature_count, _READ_AT_ONCE):
        yield from fetch_rows(statement, {**asked, "after": after})


def _column(ids: Any, size: int, values: list[str | None]) -> Column:
    names = tuple(sorted({value for value in values if value is not None}))
    code_of = {name: code for code, name in enumerate(names)} | {None: -1}
    codes = np.full(size, -1, dtype=np.int32)
    codes[ids] = [code_of[value] for value in values]
    return Column(names, codes)


def _ward_column(
    ids: Any, size: int, eastings: Any, northings: Any, layer: PublishedLayer
) -> Column:
    """Place each application in a ward; one on a shared border in the first of them."""
    rows = _ward_rows(layer)
    codes = np.full(size, -1, dtype=np.int32)
    for code, (_fid, _name, shape) in reversed(list(enumerate(rows))):
        area = shapely.from_wkb(bytes(shape))
        shapely.prepare(area)
        west, south, east, north = area.bounds
        # The box first: it leaves a hundredth to be compared with the border.
        near = (eastings >= west) & (eastings <= east) & (northings >= south) & (northings <= north)
        inside = shapely.intersects_xy(area, eastings[near], northings[near])
        codes[ids[near][inside]] = code
    return Column(tuple(fid for fid, _name, _shape in rows), codes)


def _ward_rows(layer: PublishedLayer) -> list[tuple[Any, ...]]:
    asked = {"edition_id": layer.edition_id, "title_field": layer.title_field}
    return fetch_rows(_WARDS, asked)
