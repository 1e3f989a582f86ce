"""Constraint checks in the definition of the API."""

from typing import Any

from layers.api.base import GEOJSON, JSON
from layers.api.negotiation import HTML
from layers.api.openapi.parts import PAGE, operation, query_parameter
from layers.api.parameters import MOST_COLLECTIONS
from planning.answer import How, Reason, Verdict
from planning.api.geometry import GEOMETRIES, MOST_AREA_M2, MOST_BYTES, MOST_VERTICES

_TEXT = {"type": "string"}
_NUMBER = {"type": "number"}
_MAYBE_TEXT = {**_TEXT, "nullable": True}
_MAYBE_NUMBER = {**_NUMBER, "nullable": True}
_MAYBE_DAY = {**_MAYBE_TEXT, "format": "date"}
_MAYBE_WHOLE = {"type": "integer", "nullable": True}
_DESCRIPTION = (
    "Every constraint layer gives one of three answers: it applies, it does not apply, or that is "
    "not known here, with the reason. No data is never “does not apply”. What only touches the "
    "site, or overlaps it by less than the layer is accurate, is listed and is probably a "
    "neighbour's. With `as-at` the editions that were published at the end of that day answer."
)


def constraints_paths() -> dict[str, Any]:
    """Return the path of constraint checks: of a point by GET, of a site by POST."""
    item = operation(
        "getConstraints",
        "What limits building at a point",
        JSON,
        [*_POINT, *_PARAMETERS],
        has_not_found=True,
        tag="Places",
        description=_DESCRIPTION,
        responses={"200": _ANSWER},
    )
    sent = operation(
        "postConstraints",
        "What limits building on a site",
        JSON,
        _PARAMETERS,
        has_not_found=True,
        tag="Places",
        description=_DESCRIPTION,
        responses={"200": _ANSWER},
    )["get"]
    return {"/constraints": {**item, "post": {**sent, "requestBody": _BODY}}}


_POINT = [
    query_parameter(
        "lon", "Longitude in degrees.", example=-1.9, type="number", minimum=-180, maximum=180
    ),
    query_parameter(
        "lat", "Latitude in degrees.", example=52.48, type="number", minimum=-90, maximum=90
    ),
]
_PARAMETERS = [
    query_parameter(
        "collections",
        "Ids of constraint layers with commas between. Without it, all of them.",
        type="array",
        items={"type": "string", "pattern": "^[a-z0-9-]+$"},
        minItems=1,
        maxItems=MOST_COLLECTIONS,
    ),
    query_parameter(
        "as-at", "A day that has been; now, if left out.", type="string", format="date"
    ),
]
_BODY = {
    "required": True,
    "description": (
        "A GeoJSON Point, Polygon or MultiPolygon in degrees, longitude first, or one feature with "
        f"it. At most {MOST_BYTES:,} bytes, {MOST_VERTICES:,} corners and "
        f"{MOST_AREA_M2 // 10_000:,} hectares. A boundary that crosses itself is refused."
    ),
    "content": {
        GEOJSON: {
            "schema": {
                "type": "object",
                "required": ["type"],
                "properties": {
                    "type": {
                        **_TEXT,
                        "enum": [*GEOMETRIES, "Feature", "FeatureCollection"],
                    }
                },
            },
            "example": {
                "type": "Polygon",
                "coordinates": [
                    [[-1.9, 52.48], [-1.89, 52.48], [-1.89, 52.49], [-1.9, 52.48]],
                ],
            },
        }
    },
}  # fmt: skip


def _object(**properties: Any) -> dict[str, Any]:
    """Return the schema of an object that always has all its members."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _list_of(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


_FINDING = _object(
    id=_TEXT,
    title=_TEXT,
    how={**_TEXT, "enum": [*How]},
    overlapM2=_MAYBE_NUMBER,
    overlapPercent={**_MAYBE_NUMBER, "description": "Of the site."},
    isProbablyNeighbours={"type": "boolean"},
    rights={**_list_of(_TEXT), "description": "Permitted development rights it takes away."},
    properties={"type": "object"},
)
_LAYER = _object(
    collection=_TEXT,
    title=_TEXT,
    category=_TEXT,
    verdict={**_TEXT, "enum": [*Verdict]},
    reason={**_MAYBE_TEXT, "enum": [*Reason, None]},
    reasonText=_MAYBE_TEXT,
    findings=_list_of(_FINDING),
    nearest={**_object(id=_TEXT, title=_TEXT, distanceM=_NUMBER), "nullable": True},
    overlapM2={**_MAYBE_NUMBER, "description": "With all that applies, counted once."},
    overlapPercent=_MAYBE_NUMBER,
    coveredPercent={**_MAYBE_NUMBER, "description": "Of the site, by this layer."},
    rowsWithoutPlace={
        **_MAYBE_WHOLE,
        "description": "Rows of the source that had a fault, were kept out and do not say where "
        "they lie: of these the answer does not know. Null: not counted.",
    },
    marginM={**_NUMBER, "description": "Within which the nearest is named."},
    accuracyM=_NUMBER,
    edition=_MAYBE_WHOLE,
    published={**_MAYBE_TEXT, "format": "date-time"},
    currentOn={**_MAYBE_DAY, "description": "When the source was last read to its end."},
    maxAgeDays=_MAYBE_WHOLE,
    source=_MAYBE_TEXT,
    licence=_TEXT,
    attribution=_TEXT,
    madeUp={"type": "boolean"},
)
_CHECK = _object(
    site=_object(type=_TEXT, areaM2=_MAYBE_NUMBER),
    askedAt={**_TEXT, "format": "date-time"},
    asAt=_MAYBE_DAY,
    software=_TEXT,
    answers=_list_of(_LAYER),
    links=_list_of({"$ref": "#/components/schemas/Link"}),
)
_ANSWER = {
    "description": "What every constraint layer says of the site",
    "content": {JSON: {"schema": _CHECK}, HTML: PAGE},
}
