"""The one statement that asks layers about a site, and what it says of each."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from itertools import groupby
from json import JSONDecoder
from operator import itemgetter
from typing import Any, NamedTuple

from psycopg import sql

from layers.query.run import fetch_numbered
from layers.query.state import EVERYTHING_STATE
from planning.query.asked import Asked
from planning.site import Site
from planning.sql import read_statement

_PARAMETERS = (
    "site", "edition_ids", "layer_ids", "accuracies_m", "margins_m", "moment", "digest",
)  # fmt: skip
# Of the columns of `check_answers`: where those of a feature begin.
_FEATURE = 8
# Python's own: numbers of any length come out as the source has them. Raw: PostgreSQL puts no
# white space around, for which a regular expression would look twice.
_decode = JSONDecoder().raw_decode

# How the nearest feature meets a site that it does not.
NEAREST = "nearest"


class Met(NamedTuple):
    """One feature that meets the site, or the nearest one that does not, as the database says it.

    ``how`` is a word of `planning.answer.How`, or `NEAREST`. ``overlap_m2`` is None but for areas
    that meet an area. ``is_point``: the feature is no more than a point, whatever stands there.
    ``fid`` is None where the feature went away meanwhile.
    """

    fid: str | None
    properties: dict[str, Any] | None
    how: str
    overlap_m2: float | None
    distance_m: float
    is_point: bool = False


class Measured(NamedTuple):
    """What the database says of one layer.

    ``is_as_known`` is whether all layers stood at that instant as they were known to, None where
    that was not asked. ``published_edition_id`` is what was published then, ``is_kept`` whether the
    edition asked was there, whole. ``covered_m2`` is None where no coverage is stored; of a point
    it is 1 inside and 0 outside. ``union_m2`` is the area shared with two or more areas together,
    None where fewer apply. ``is_row_missing`` is whether some of what is not covered is where a row
    lies that was kept out. ``nearest`` is None unless nothing is met and something is within the
    margin.
    """

    is_as_known: bool | None
    published_edition_id: int | None
    is_kept: bool
    covered_m2: float | None
    union_m2: float | None
    is_row_missing: bool
    met: tuple[Met, ...] = ()
    nearest: Met | None = None


def ask(
    site: Site, asked: Sequence[Asked], moment: datetime | None, digest: str | None
) -> list[Measured]:
    """Return what each layer says, all of them in one instant. Every one has an edition.

    Parameters
    ----------
    digest
        Of the layers as they are known (`everything_state`).
    """
    statement = _statement("check_point" if site.is_point else "check_area")
    values = (site.wkb, *_values_of(tuple(asked)), moment, digest)
    return _by_place(fetch_numbered(statement, values))


@lru_cache(maxsize=64)
def _values_of(asked: tuple[Asked, ...]) -> tuple[str, ...]:
    """Return what is bound of the layers as PostgreSQL's arrays, which cost more than all else."""
    return tuple(
        f"{{{','.join(map(str, each))}}}"
        for each in (
            (one.edition.id for one in asked if one.edition),
            (one.layer.id for one in asked),
            (one.layer.settings.accuracy_m for one in asked),
            (one.layer.settings.margin_m for one in asked),
        )
    )


@cache
def _statement(name: str) -> bytes:
    """Return the statement, which is the same for all sites and layers: its plan is kept.

    Values are numbered in the order of `_PARAMETERS`.
    """
    statement = _fill(
        read_statement(name),
        wanted=read_statement("check_wanted"),
        pieces=read_statement("check_pieces"),
        answers=_fill(read_statement("check_answers"), standing=EVERYTHING_STATE),
    )
    for number, parameter in enumerate(_PARAMETERS, start=1):
        statement = statement.replace(f"%({parameter})s", f"${number}")
    return statement.encode()


def _fill(statement: str, **parts: str) -> str:
    composed = sql.SQL(statement).format(**{name: sql.SQL(part) for name, part in parts.items()})
    return composed.as_string()


def _by_place(rows: Sequence[tuple[Any, ...]]) -> list[Measured]:
    return [_measured(list(each)) for _, each in groupby(rows, itemgetter(0))]


def _measured(rows: Sequence[tuple[Any, ...]]) -> Measured:
    first = rows[0][1:_FEATURE]
    is_as_known, published_id, is_kept, is_stated, covered, union_m2, is_row_missing = first
    met = [_met(*row[_FEATURE:]) for row in rows] if rows[0][_FEATURE] is not None else []
    nearest = met.pop() if met and met[0].how == NEAREST else None
    return Measured(
        is_as_known,
        published_id,
        is_kept,
        covered if is_stated else None,
        union_m2,
        is_row_missing,
        tuple(met),
        nearest,
    )


def _met(
    feature_id: int,
    dimension: int,
    how: str,
    shared_size: float | None,
    distance_m: float,
    fid: str | None,
    properties: str | None,
) -> Met:
    overlap_m2 = shared_size if dimension == 2 else None
    said = None if properties is None else _decode(properties)[0]
    return Met(fid, said, how, overlap_m2, distance_m, dimension == 0)
