"""What changed in a layer since an edition: for those who keep a copy of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from psycopg import sql

from layers.errors import ChangesUnknown
from layers.query.cache import LayerMoved
from layers.query.editions import is_kept
from layers.query.pointer import steps_between
from layers.query.reference_systems import CRS84, ReferenceSystem
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_row, fetch_rows
from layers.sql import read_statement

# Features of each edition that are compared for one page, where no record spares it.
_WINDOW = 1000

_FORGOTTEN = "What each edition changed is no longer on record as far back as that."


@dataclass(frozen=True, slots=True)
class ChangesBody:
    """A page of changes: ``features`` are GeoJSON, ``removed`` ids as JSON, joined by commas.

    ``next_after`` is the id after which the next page begins, None on the last page.
    """

    features: bytes
    feature_count: int
    removed: bytes
    next_after: str | None


@dataclass(frozen=True, slots=True)
class _Touched:
    """A statement for the features that may differ, and what has to be true for it to be so."""

    statement: sql.Composable
    before: sql.Composable = field(default_factory=lambda: sql.SQL(""))
    on_record: sql.Composable = field(default_factory=lambda: sql.SQL("true"))
    horizon: sql.Composable = field(default_factory=lambda: sql.SQL("NULL::text"))
    compared_with: int | None = None


def nothing_changed(layer: PublishedLayer) -> ChangesBody:
    """Return the empty page of those who have the present edition.

    Raises
    ------
    LayerMoved
        ``layer`` is no longer as it was remembered.
    """
    make_sure(layer)
    return ChangesBody(b"", 0, b"", None)


def make_sure(layer: PublishedLayer) -> None:
    """Raise `LayerMoved` unless ``layer`` is still as it was remembered."""
    statement = "SELECT (SELECT changed_at FROM layers_layer WHERE id = %(layer_id)s)"
    (changed_at,) = fetch_row(statement, {"layer_id": layer.id}, keeps_plan=True)
    if changed_at != layer.changed_at:
        raise LayerMoved


def changes_body(
    layer: PublishedLayer,
    since_id: int | None,
    target_id: int,
    *,
    page_size: int,
    after: str = "",
    system: ReferenceSystem = CRS84,
) -> ChangesBody:
    """Return a page of what leads from one edition of a layer to another, by ids of features.

    Parameters
    ----------
    since_id
        The edition that the reader has; None for one that has nothing.
    target_id
        The edition to get to: the published one, or another that is still kept. That
        it is kept must be asked after the page was read.
    after
        The id of the last feature of the page before.
    system
        What the coordinates of features are in.

    Raises
    ------
    ChangesUnknown
        The changes between the two are not on record, and one of them is not kept.
    LayerMoved
        ``layer`` is no longer as it was remembered.
    """
    touched = _touched(layer, since_id, target_id)
    statement = sql.SQL(read_statement("changes_page")).format(
        before=touched.before,
        touched=touched.statement,
        on_record=touched.on_record,
        horizon=touched.horizon,
        target_id=sql.Literal(target_id),
        geometry=sql.SQL(system.geojson),
    )
    changed_at, is_on_record, found, last, horizon, feature_count, features, removed = fetch_row(
        statement,
        {
            "layer_id": layer.id,
            "page_size": page_size,
            "after": after,
            "window": _WINDOW,
            "public_fields": [each.name for each in layer.fields],
        },
    )
    if changed_at != layer.changed_at:
        raise LayerMoved
    # Asked after the page was read: an edition dropped before that has no features.
    if not is_on_record or (touched.compared_with and not is_kept(touched.compared_with)):
        raise ChangesUnknown(_FORGOTTEN)
    next_after = last if found > page_size else horizon
    return ChangesBody(
        features or b"", feature_count, removed or b"", next_after and next_after.decode()
    )


def _touched(layer: PublishedLayer, since_id: int | None, target_id: int) -> _Touched:
    if since_id is None:
        return _Touched(_statement("touched_from_nothing", target_id=sql.Literal(target_id)))
    steps = steps_between(layer, since_id, target_id)
    ways = _ways_on_record(steps)
    if steps and all(ways):
        return _on_record(steps, ways)
    if is_kept(since_id):
        return _by_comparing(since_id, target_id)
    raise ChangesUnknown(_FORGOTTEN)


def _ways_on_record(steps: Sequence[tuple[int, int]]) -> list[str | None]:
    """Return how each step is on record: "there", "back", "same", or not at all."""
    rows = fetch_rows(
        read_statement("steps_on_record"),
        {"earlier": [step[0] for step in steps], "later": [step[1] for step in steps]},
    )
    return [way for (way,) in rows]


def _on_record(steps: Sequence[tuple[int, int]], ways: Sequence[str | None]) -> _Touched:
    arms, proofs = [], []
    for place, ((earlier, later), way) in enumerate(zip(steps, ways, strict=True)):
        edition_id, since_id = (later, earlier) if way == "there" else (earlier, later)
        pair = {"edition_id": sql.Literal(edition_id), "since_id": sql.Literal(since_id)}
        kind = _KIND if way == "there" else _KIND_TURNED_ROUND
        if way != "same":
            arms.append(_statement("touched_step", step=sql.Literal(place), kind=kind, **pair))
            proofs.append(_IS_RECORDED.format(**pair))
    if not arms:
        return _Touched(sql.SQL(_NOTHING))
    statement = _statement("touched_on_record", steps=sql.SQL(" UNION ALL ").join(arms))
    return _Touched(statement, on_record=sql.SQL(" AND ").join(proofs))


def _by_comparing(since_id: int, target_id: int) -> _Touched:
    tables = sql.SQL("earlier AS MATERIALIZED ({}), later AS MATERIALIZED ({}), {}").format(
        _statement("window_of_edition", edition_id=sql.Literal(since_id)),
        _statement("window_of_edition", edition_id=sql.Literal(target_id)),
        sql.SQL(_HORIZON),
    )
    return _Touched(
        _statement("touched_by_comparing"),
        before=tables,
        horizon=sql.SQL("(SELECT fid FROM horizon)"),
        compared_with=since_id,
    )


@lru_cache(maxsize=16)
def _text(name: str) -> sql.SQL:
    return sql.SQL(read_statement(name))


def _statement(name: str, **parts: sql.Composable) -> sql.Composed:
    return _text(name).format(**parts)


_KIND = sql.SQL("kind")
_KIND_TURNED_ROUND = sql.SQL(
    "CASE kind WHEN 'added' THEN 'removed' WHEN 'removed' THEN 'added' ELSE kind END"
)
# ORDER BY makes it look into the index: for EXISTS it would read the table until it finds one.
_IS_RECORDED = sql.SQL(
    "(SELECT fid FROM layers_change WHERE edition_id = {edition_id} AND since_id = {since_id}"
    " ORDER BY fid LIMIT 1) IS NOT NULL"
)
_NOTHING = (
    "SELECT NULL::text AS fid, true AS is_new, NULL::text[] AS fields, false AS shape_changed"
    " WHERE false"
)
_HORIZON = (
    "horizon AS (SELECT min(fid) AS fid FROM ("
    "SELECT max(fid) AS fid FROM earlier HAVING count(*) = %(window)s"
    " UNION ALL SELECT max(fid) FROM later HAVING count(*) = %(window)s) AS ends),"
)
