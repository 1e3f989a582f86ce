"""What is to be drawn of a layer on a sheet of paper, as paths that PostgreSQL writes.

Everything is in millimetres from the upper left corner of the sheet, straight from EPSG:27700:
grid north is up, and a metre is as long everywhere. Shapes are cut at the sheet's edges and have no
more detail than it can show.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import sql
from psycopg.types.json import Jsonb

from layers.query.cache import LayerMoved
from layers.query.condition import Condition
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows
from layers.query.symbology import mark_of
from layers.sql import read_statement

EVERYTHING = Condition("true", {})

# What the eye cannot see on paper, and printers hardly draw.
_TOLERANCE_MM = 0.05
_DIGITS = 2
# How far beyond the sheet shapes go on, so that no outline of theirs is seen at its edge.
_MARGIN_MM = 10.0
_CELL_MM = 8.0
_MOST_LABELLED = 4_000

# The tolerance is of metres. Points have nothing to lose.
_CUT = (
    "ST_ClipByBox2D(geom_27700, ST_MakeEnvelope(%(west)s::float8, %(south)s::float8,"
    " %(east)s::float8, %(north)s::float8, 27700))"
)
_ON_SHEET = (
    "ST_TransScale({}, -%(left)s::float8, -%(top)s::float8,"
    " %(mm_per_m)s::float8, %(mm_per_m)s::float8)"
)
_SIMPLER = f"ST_Simplify({_CUT}, %(tolerance_m)s::float8, true)"
# Outer rings one way and holes the other: then many areas in one path are filled as they should be.
_PATHS = {
    "line": f"ST_AsSVG({_ON_SHEET.format(_SIMPLER)}, 1, {_DIGITS})",
    "area": f"ST_AsSVG({_ON_SHEET.format(f'ST_ForcePolygonCW({_SIMPLER})')}, 1, {_DIGITS})",
    "point": (
        "(SELECT string_agg('M' || round(ST_X(point.geom)::numeric, 2) || ' '"  # noqa: S608 - constants alone
        " || round(-ST_Y(point.geom)::numeric, 2) || (%(symbols)s::jsonb ->> met.class), '')"
        f" FROM ST_DumpPoints({_ON_SHEET.format(_CUT)}) AS point)"
    ),
}
_PLACES = {
    "point": ("ST_X(ST_Centroid(geom_27700))", "ST_Y(ST_Centroid(geom_27700))"),
    "shape": (
        "(ST_XMin(geom_27700) + ST_XMax(geom_27700)) / 2",
        "(ST_YMin(geom_27700) + ST_YMax(geom_27700)) / 2",
    ),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The ground that a sheet shows: EPSG:27700 metres, and how long one of them is on it."""

    west: float
    south: float
    east: float
    north: float
    mm_per_m: float


@dataclass(frozen=True, slots=True)
class Budget:
    """What is drawn of one layer at most, feature by feature."""

    features: int = 20_000
    path_bytes: int = 2_000_000


@dataclass(frozen=True, slots=True)
class DrawnClass:
    """Features of one class. ``value`` is "" for those of none; ``path`` is all of them as SVG."""

    value: str
    count: int
    path: str


@dataclass(frozen=True, slots=True)
class DrawnFeatures:
    """What is drawn of a layer. ``is_crowded``: more than the budget, so that there is nothing."""

    classes: tuple[DrawnClass, ...] = ()
    is_crowded: bool = False

    @property
    def count(self) -> int:
        """How many features are to be seen."""
        return sum(each.count for each in self.classes)


@dataclass(frozen=True, slots=True)
class Cell:
    """Some features that lie close together, at the mean of their places."""

    x_mm: float
    y_mm: float
    count: int


@dataclass(frozen=True, slots=True)
class Label:
    """A word beside a feature. ``angle`` is in degrees, clockwise; ``length_mm`` is its room."""

    value: str
    text: str
    x_mm: float
    y_mm: float
    angle: float
    length_mm: float


def draw_features(
    layer: PublishedLayer,
    sheet: Sheet,
    *,
    by: str = "",
    values: Sequence[str] = (),
    symbols: Mapping[str, str] | None = None,
    condition: Condition = EVERYTHING,
    budget: Budget | None = None,
) -> DrawnFeatures:
    """Return the features of a layer on a sheet, one path for each class.

    Parameters
    ----------
    by, values
        The property that tells classes apart, and its values that are drawn apart.
    symbols
        What stands for a point, by the class's value and "" for all others: a path that begins
        where the point is, by relative moves.
    condition
        Which features are meant: see `layers.query.selection`.

    Raises
    ------
    LayerMoved
        ``layer`` is no longer as it was remembered.
    """
    limits = budget or Budget()
    statement = _compose("drawn_features", layer, by, condition, path=_path(layer))
    bound = {
        **_around(sheet, _MARGIN_MM),
        **condition.values,
        "values": list(values),
        "symbols": Jsonb(dict(symbols or {"": ""})),
        "left": sheet.west,
        "top": sheet.north,
        "tolerance_m": _TOLERANCE_MM / sheet.mm_per_m,
        "most": limits.features,
        "most_bytes": limits.path_bytes,
    }
    rows = _fetch(layer, statement, bound)
    classes = (DrawnClass(row[2], row[3], row[4]) for row in rows if row[2] is not None)
    return DrawnFeatures(tuple(classes), is_crowded=not rows[0][0])


def count_cells(
    layer: PublishedLayer, sheet: Sheet, *, condition: Condition = EVERYTHING
) -> list[Cell]:
    """Return how many features lie where, for a layer that has too many to draw each.

    Raises
    ------
    LayerMoved
        ``layer`` is no longer as it was remembered.
    """
    is_points = mark_of(layer.geometry_type) == "point"
    place_x, place_y = _PLACES["point" if is_points else "shape"]
    statement = _compose("drawn_cells", layer, "", condition, place_x=place_x, place_y=place_y)
    bound = {**_around(sheet, 0), **condition.values, "cell_m": _CELL_MM / sheet.mm_per_m}
    return [Cell(*row) for row in _fetch(layer, statement, bound)]


def draw_labels(
    layer: PublishedLayer,
    sheet: Sheet,
    *,
    name: str,
    by: str = "",
    values: Sequence[str] = (),
    condition: Condition = EVERYTHING,
) -> list[Label]:
    """Return what is written beside features, the most prominent first.

    ``name`` is the property that is written; ``by`` and ``values`` as in `draw_features`.

    Raises
    ------
    LayerMoved
        ``layer`` is no longer as it was remembered.
    """
    statement = _compose("drawn_labels", layer, by, condition, name=sql.Literal(name))
    bound = {
        **_around(sheet, 0),
        **condition.values,
        "values": list(values),
        "most": _MOST_LABELLED,
    }
    return [Label(*row) for row in _fetch(layer, statement, bound)]


def _path(layer: PublishedLayer) -> str:
    return _PATHS[mark_of(layer.geometry_type)]


def _around(sheet: Sheet, margin_mm: float) -> dict[str, float]:
    margin_m = margin_mm / sheet.mm_per_m
    return {
        "west": sheet.west - margin_m,
        "south": sheet.south - margin_m,
        "east": sheet.east + margin_m,
        "north": sheet.north + margin_m,
        "mm_per_m": sheet.mm_per_m,
    }


def _compose(
    statement: str,
    layer: PublishedLayer,
    by: str,
    condition: Condition,
    /,
    **parts: str | sql.Composable,
) -> sql.Composed:
    return sql.SQL(read_statement(statement)).format(
        layer_id=sql.Literal(layer.id),
        edition_id=sql.Literal(layer.edition_id),
        condition=sql.SQL(condition.text),
        **{"class": _class(by)},
        **{key: sql.SQL(part) if isinstance(part, str) else part for key, part in parts.items()},
    )


def _class(by: str) -> sql.Composable:
    if not by:
        return sql.SQL("''::text")
    value = sql.SQL("properties ->> {name}").format(name=sql.Literal(by))
    return sql.SQL("CASE WHEN {value} = ANY(%(values)s::text[]) THEN {value} ELSE '' END").format(
        value=value
    )


def _fetch(
    layer: PublishedLayer, statement: sql.Composed, bound: dict[str, Any]
) -> list[tuple[Any, ...]]:
    """Return the rows without their first column, which says how the layer is now."""
    rows = fetch_rows(statement, bound)
    if rows and rows[0][0] != layer.changed_at:
        raise LayerMoved
    return [row[1:] for row in rows]
