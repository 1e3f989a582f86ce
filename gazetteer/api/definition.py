"""What the definition of the API says of places."""

from typing import Any

from gazetteer.place import KINDS
from gazetteer.plain_text import LONGEST_TEXT
from gazetteer.query import MOST_SUGGESTED
from layers.api.base import GEOJSON
from layers.api.openapi.parts import operation, query_parameter

_TEXT = {"type": "string"}
_MAYBE_TEXT = {"type": "string", "nullable": True}
_NUMBER = {"type": "number"}
_FEATURE = {
    "type": "object",
    "required": ["type", "id", "geometry", "properties", "links"],
    "properties": {
        "type": {**_TEXT, "enum": ["Feature"]},
        "id": {**_TEXT, "description": "The same as the slug."},
        "geometry": {
            "type": "object",
            "required": ["type", "coordinates"],
            "properties": {
                "type": {**_TEXT, "enum": ["Point"]},
                "coordinates": {
                    "type": "array",
                    "items": _NUMBER,
                    "minItems": 2,
                    "maxItems": 2,
                    "description": "Longitude and latitude in degrees.",
                },
            },
        },
        "properties": {
            "type": "object",
            "required": ["kind", "label", "slug", "easting", "northing", "is_inside_council"],
            "properties": {
                "kind": {**_TEXT, "enum": list(KINDS)},
                "label": {**_TEXT, "description": "What to show people."},
                "slug": {**_TEXT, "description": "The place's page is /my-area/ and this."},
                "detail": {**_MAYBE_TEXT, "description": "The source's word for what it is."},
                "ended_on": {
                    **_MAYBE_TEXT,
                    "description": "When a postcode went out of use, as the source writes it.",
                },
                "easting": {**_NUMBER, "description": "EPSG:27700, metres."},
                "northing": {**_NUMBER, "description": "EPSG:27700, metres."},
                "is_inside_council": {"type": "boolean"},
                "is_exact": {
                    "type": "boolean",
                    "description": "The text names this place in full; otherwise it is near it.",
                },
            },
        },
        "links": {"type": "array", "items": {"$ref": "#/components/schemas/Link"}},
    },
}
_ANSWER = {
    "type": "object",
    "required": ["type", "numberReturned", "sources", "features"],
    "properties": {
        "type": {**_TEXT, "enum": ["FeatureCollection"]},
        "numberReturned": {"type": "integer", "minimum": 0, "maximum": MOST_SUGGESTED},
        "sources": {"type": "array", "items": {"$ref": "#/components/schemas/Source"}},
        "features": {"type": "array", "items": _FEATURE},
    },
}
_PARAMETERS = [
    {
        **query_parameter(
            "q",
            "A postcode or its beginning, a UPRN, an address, a street, a building, a place, a "
            "ward, a grid reference, or coordinates. It may be misspelt or cut short.",
            example="B1 1BB",
            type="string",
            minLength=1,
            maxLength=LONGEST_TEXT,
            pattern=r"[^\s\u001c-\u001f\u0085]",
        ),
        "required": True,
    },
    query_parameter(
        "limit",
        f"How many, {MOST_SUGGESTED} at most.",
        type="integer",
        minimum=1,
        default=MOST_SUGGESTED,
    ),
    query_parameter(
        "kinds",
        "Kinds of place with commas between. Without it, all.",
        type="array",
        items={"type": "string", "enum": list(KINDS)},
        minItems=1,
    ),
]
_DESCRIPTION = (
    "Best first. Addresses and streets of a layer whose licence does not allow to give them out "
    "are told to the pages of this service alone."
)


def places_paths() -> dict[str, Any]:
    """Return the gazetteer's path."""
    item = operation(
        "getPlaces",
        "Places that a text names, or may be the beginning of",
        GEOJSON,
        _PARAMETERS,
        tag="Places",
        description=_DESCRIPTION,
    )
    item["get"]["responses"]["200"]["content"][GEOJSON]["schema"] = _ANSWER
    return {"/places": item}
