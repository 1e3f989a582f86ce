"""What the applications of an edition are counted by, in memory: counting any of them is quick.

Read once for each edition: counted by the database, a hundred thousand take a second each time.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows
from planning.applications.packed import Column, unpack
from planning.applications.register import CHOSEN, Register
from planning.applications.sql import read_statement

MONTH, WARD = "month", "ward"
# So that a statement stays well within the time it is given, however many there are.
_READ_AT_ONCE = 50_000
_KEPT = (
    "SELECT columns FROM planning_applicationcolumns WHERE edition_id = %(edition_id)s"
    " AND wards_edition_id = %(wards_edition_id)s AND fields = %(fields)s"
)
_SHAPES = (
    "SELECT fid, ST_AsBinary(geom_27700) FROM layers_feature"
    " WHERE edition_id = %(edition_id)s AND geom_27700 IS NOT NULL ORDER BY id"
)
_NAMES = (
    "SELECT fid, properties ->> %(title_field)s FROM layers_feature"
    " WHERE edition_id = %(edition_id)s AND geom_27700 IS NOT NULL ORDER BY id"
)
Fetch = Callable[[str, Mapping[str, Any]], Iterable[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Ward:
    """An area that applications are counted by."""

    fid: str
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """What columns are read from.

    ``received_on`` and ``chosen`` are names of properties; those that are not public are not
    among them. ``wards_edition_id`` is 0 where no wards are published.
    """

    edition_id: int
    feature_count: int
    wards_edition_id: int
    received_on: str
    chosen: tuple[str, ...]

    @property
    def fields(self) -> str:
        """The same names as one text."""
        return ",".join((self.received_on, *self.chosen))


def chosen_of(public: Collection[str]) -> tuple[str, ...]:
    """Return which of a layer's public fields applications are counted by."""
    return tuple(name for name in CHOSEN if name in public)


def columns_of(register: Register, wards: PublishedLayer | None) -> dict[str, Column]:
    """Return the columns of a register's edition, by name; that of wards holds their ids."""
    layer = register.layer
    source = Source(
        layer.edition_id,
        layer.feature_count,
        wards.edition_id if wards else 0,
        register.received_on,
        chosen_of([field.name for field in layer.fields]),
    )
    return _remembered(source)


@lru_cache(maxsize=4)
def _remembered(source: Source) -> dict[str, Column]:
    asked = {
        "edition_id": source.edition_id,
        "wards_edition_id": source.wards_edition_id,
        "fields": source.fields,
    }
    for [packed] in fetch_rows(_KEPT, asked):
        return unpack(bytes(packed))
    # Such as after going back to an edition that came before these wards.
    return read_columns(source, fetch_rows)


def read_columns(source: Source, fetch: Fetch) -> dict[str, Column]:
    """Return columns read from the features themselves: seconds for a hundred thousand."""
    rows = list(_rows(source, fetch))
    size = max((row[0] for row in rows), default=0) + 1
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    columns = {
        name: _column(ids, size, [row[place] for row in rows])
        for place, name in enumerate((MONTH, *CHOSEN), start=1)
    }
    if source.wards_edition_id:
        eastings, northings = (
            np.array([row[place] for row in rows], dtype=float) for place in (5, 6)
        )
        shapes = list(fetch(_SHAPES, {"edition_id": source.wards_edition_id}))
        columns[WARD] = _ward_column(ids, size, eastings, northings, shapes)
    return columns


@lru_cache(maxsize=4)
def _names(edition_id: int, title_field: str) -> tuple[Ward, ...]:
    asked = {"edition_id": edition_id, "title_field": title_field}
    return tuple(Ward(fid, name or fid) for fid, name in fetch_rows(_NAMES, asked))


def wards_of(layer: PublishedLayer) -> tuple[Ward, ...]:
    """Return the wards of an edition, in the source's order."""
    return _names(layer.edition_id, layer.title_field)


def _rows(source: Source, fetch: Fetch) -> Iterable[tuple[Any, ...]]:
    statement = read_statement("columns")
    asked = {
        **{name: name if name in source.chosen else "" for name in CHOSEN},
        "received_on": source.received_on,
        "edition_id": source.edition_id,
        "most": _READ_AT_ONCE,
    }
    for after in range(0, source.feature_count, _READ_AT_ONCE):
        yield from fetch(statement, {**asked, "after": after})


def _column(ids: Any, size: int, values: list[str | None]) -> Column:
    names = tuple(sorted({value for value in values if value is not None}))
    code_of = {name: code for code, name in enumerate(names)} | {None: -1}
    codes = np.full(size, -1, dtype=np.int32)
    codes[ids] = [code_of[value] for value in values]
    return Column(names, codes)


def _ward_column(
    ids: Any, size: int, eastings: Any, northings: Any, wards: list[tuple[str, Any]]
) -> Column:
    """Place each application in a ward; one on a shared border in the first of them."""
    codes = np.full(size, -1, dtype=np.int32)
    for code, (_fid, shape) in reversed(list(enumerate(wards))):
        area = shapely.from_wkb(bytes(shape))
        shapely.prepare(area)
        west, south, east, north = area.bounds
        # The box first: it leaves a hundredth to be compared with the border.
        near = (eastings >= west) & (eastings <= east) & (northings >= south) & (northings <= north)
        inside = shapely.intersects_xy(area, eastings[near], northings[near])
        codes[ids[near][inside]] = code
    return Column(tuple(fid for fid, _shape in wards), codes)
