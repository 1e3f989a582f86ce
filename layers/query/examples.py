"""Real values of a layer, for examples that can be copied and run."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from layers.query.filters.queryables import queryable_fields
from layers.query.registry import Box, PublishedField, PublishedLayer
from layers.query.rows import FeatureRow, feature_page

_ROWS_LOOKED_AT = 20
_HALF_WIDTH_DEG = 0.01
_DECIMALS = 4
_LONGEST_VALUE = 60
# A property that is called like one of these has no parameter of its own.
PARAMETERS_OF_ITEMS = frozenset(
    {
        "area", "bbox", "bbox-crs", "changed-since", "count", "crs", "cursor", "datetime",
        "edition", "f", "filter", "filter-crs", "filter-lang", "limit", "near", "properties",
        "sortby", "within",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LayerExamples:
    """What the examples of a layer are filled in with.

    ``bbox_4326`` is ``west,south,east,north`` in degrees around the first located
    feature, inside the layer's extent; ``longitude`` and ``latitude`` are its place.
    All are empty for a layer without any location. ``field`` may be filtered on and
    has ``value`` in one feature at least; None and empty if no field has.
    """

    fid: str
    bbox_4326: str
    longitude: str
    latitude: str
    field: PublishedField | None
    value: str


def find_examples(layer: PublishedLayer) -> LayerExamples | None:
    """Return values from the layer's first features; None for a layer that has none."""
    rows = feature_page(layer, limit=_ROWS_LOOKED_AT).rows
    if not rows:
        return None
    located = next((row for row in rows if row.longitude is not None), None)
    field, value = _field_with_value(layer, rows)
    return LayerExamples(
        fid=(located or rows[0]).fid,
        bbox_4326=_box_around(located, layer.extent_4326),
        longitude=_degrees(located.longitude if located else None),
        latitude=_degrees(located.latitude if located else None),
        field=field,
        value=value,
    )


def _box_around(row: FeatureRow | None, extent_4326: Box | None) -> str:
    if row is None or row.longitude is None or row.latitude is None or extent_4326 is None:
        return ""
    west, south, east, north = extent_4326
    scale = 10**_DECIMALS
    # Rounded outwards, so that what lies on the edge of the extent is still inside.
    corners = (
        math.floor(max(west, row.longitude - _HALF_WIDTH_DEG) * scale) / scale,
        math.floor(max(south, row.latitude - _HALF_WIDTH_DEG) * scale) / scale,
        math.ceil(min(east, row.longitude + _HALF_WIDTH_DEG) * scale) / scale,
        math.ceil(min(north, row.latitude + _HALF_WIDTH_DEG) * scale) / scale,
    )
    return ",".join(f"{corner:.{_DECIMALS}f}" for corner in corners)


def _degrees(degrees: float | None) -> str:
    return "" if degrees is None else f"{degrees:.5f}"


def _field_with_value(
    layer: PublishedLayer, rows: Sequence[FeatureRow]
) -> tuple[PublishedField | None, str]:
    # Public fields are all that a published layer has, and rows hold no other.
    for name, field in queryable_fields(layer).items():
        if name not in PARAMETERS_OF_ITEMS and field.type in ("text", "integer"):
            for row in rows:
                value = row.properties.get(field.name)
                if value not in (None, "") and len(str(value)) <= _LONGEST_VALUE:
                    return field, str(value)
    return None, ""
