"""The one statement that asks layers about a site, and what it says of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from json import JSONDecoder
from typing import Any

from psycopg import sql

from layers.query.run import fetch_numbered
from layers.query.state import EVERYTHING_STATE
from planning.query.asked import Asked
from planning.site import Site
from planning.sql import read_statement

_PARAMETERS = (
    "site", "edition_ids", "layer_ids", "accuracies_m", "margins_m", "moment", "digest",
)  # fmt: skip
# Python's own: numbers of any length come out as the source has them.
_decode = JSONDecoder().decode


@dataclass(frozen=True, slots=True)
class Met:
    """One feature that meets the site, or the nearest one that does not, as the database says it.

    ``how`` is a word of `planning.answer.How`, or "nearest". ``overlap_m2`` is None but for areas
    that meet an area. ``is_point``: the feature is no more than a point, whatever stands there.
    ``fid`` is None where the feature went away meanwhile.
    """

    fid: str | None
    properties: dict[str, Any] | None
    how: str
    overlap_m2: float | None
    distance_m: float
    is_point: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What the database says of one layer.

    ``is_as_known`` is whether all layers stood at that instant as they were known to, None where
    that was not asked. ``published_edition_id`` is what was published then, ``is_kept`` whether the
    edition asked was there, whole. ``covered_m2`` is None where no coverage is stored; of a point
    it is 1 inside and 0 outside. ``union_m2`` is the area shared with two or more areas together,
    None where fewer apply.
    """

    is_as_known: bool | None
    published_edition_id: int | None
    is_kept: bool
    covered_m2: float | None
    union_m2: float | None
    met: list[Met] = field(default_factory=list)


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
    values = (site.ewkb, *_values_of(tuple(asked)), moment, digest)
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
    measured: dict[int, Measured] = {}
    for place, is_as_known, published_id, is_kept, is_stated, covered, union, *found in rows:
        one = measured.get(place)
        if one is None:
            covered_m2 = covered if is_stated else None
            one = measured[place] = Measured(is_as_known, published_id, is_kept, covered_m2, union)
        feature_id, dimension, how, shared_size, distance_m, fid, properties = found
        if feature_id is not None:
            overlap_m2 = shared_size if dimension == 2 else None
            said = None if properties is None else _decode(properties)
            one.met.append(Met(fid, said, how, overlap_m2, distance_m, dimension == 0))
    return list(measured.values())
