"""What answers look like, as the definition has it: each is held against real answers in tests."""

from typing import Any

PROBLEM = "application/problem+json"


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    # An empty list of them is none in OpenAPI 3.0, whose JSON Schema asks for one at least.
    needed = {"required": required} if required else {}
    return {"type": "object", **needed, "properties": properties}


def _list_of(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _ref(name)}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


_TEXT = {"type": "string"}
_MAYBE_TEXT = {"type": "string", "nullable": True}
_COUNT = {"type": "integer", "minimum": 0}
_INSTANT = {"type": "string", "format": "date-time"}
_LINKS = _list_of("Link")
_PROVENANCE_REQUIRED = [
    "collection", "edition", "published", "licence", "licenceUrl", "attribution", "madeUp",
]  # fmt: skip
_PROVENANCE: dict[str, Any] = {
    "collection": {**_TEXT, "description": "The layer's id."},
    "edition": {"type": "integer", "description": "The load of the layer that this is from."},
    "published": {**_INSTANT, "description": "When that edition was published."},
    "licence": _TEXT,
    "licenceUrl": _MAYBE_TEXT,
    "attribution": {**_TEXT, "description": "Words to put beside the data when it is shown."},
    "madeUp": {"type": "boolean", "description": "Sample data; nothing in it is real."},
}

_LINK = _object(
    ["href", "rel"],
    href={"type": "string", "format": "uri-reference"},
    rel=_TEXT,
    type=_TEXT,
    title=_TEXT,
)
_FIELD = _object(
    ["name", "title", "type"],
    name=_TEXT,
    title=_TEXT,
    type={
        **_TEXT,
        "enum": ["text", "integer", "number", "boolean", "date", "datetime", "url"],
    },
    unit=_MAYBE_TEXT,
    description=_MAYBE_TEXT,
)
_EXTENT = _object(
    [],
    spatial=_object(
        ["bbox"],
        bbox={
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "array",
                "minItems": 4,
                "maxItems": 6,
                "items": {"type": "number"},
            },
        },
        crs=_TEXT,
    ),
    temporal=_object(
        ["interval"],
        interval={
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "array",
                "minItems": 2,
                "maxItems": 2,
                "items": {"type": "string", "nullable": True},
            },
        },
        trs=_TEXT,
    ),
)
_COLLECTION = _object(
    ["id", "title", "description", "itemType", "crs", "links", "geometryType", "featureCount",
     "fields", *_PROVENANCE_REQUIRED],
    id=_TEXT,
    title=_TEXT,
    description=_TEXT,
    keywords={"type": "array", "items": _TEXT},
    itemType={**_TEXT, "enum": ["feature"]},
    crs={"type": "array", "items": _TEXT},
    storageCrs=_TEXT,
    extent=_EXTENT,
    links=_LINKS,
    geometryType=_TEXT,
    featureCount=_COUNT,
    fields=_list_of("Field"),
    checked={**_INSTANT, "description": "When the source was last read to its end."},
    refreshDays={"type": "integer", "nullable": True},
    failingSince={**_INSTANT, "nullable": True},
    **_PROVENANCE,
)  # fmt: skip
_CRS_OF_METRES = {
    "type": "object",
    "description": "Names a system of metres, as GeoJSON did before RFC 7946; left out for "
    "degrees. The header `Content-Crs` is always there.",
}
_GEOMETRY = {
    **_object(
        ["type"],
        type={
            **_TEXT,
            "enum": ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon",
                     "MultiPolygon", "GeometryCollection"],
        },
        coordinates={"type": "array", "items": {}},
        geometries={"type": "array", "items": {"type": "object"}},
    ),
    "nullable": True,
    "description": "GeoJSON (RFC 7946); null for a feature without a location.",
}  # fmt: skip
_FEATURE_PROPERTIES: dict[str, Any] = {
    "type": {**_TEXT, "enum": ["Feature"]},
    "id": {**_TEXT, "description": "Made from the source's own key; it survives editions."},
    "geometry": _GEOMETRY,
    "properties": {"type": "object", "description": "As the layer's schema has them."},
}
_IN_A_PAGE = _object(["type", "id", "geometry", "properties"], **_FEATURE_PROPERTIES)
_FEATURE = _object(
    ["type", "id", "geometry", "properties", "links", *_PROVENANCE_REQUIRED],
    **_FEATURE_PROPERTIES,
    links=_LINKS,
    crs=_CRS_OF_METRES,
    **_PROVENANCE,
)
_FEATURE_COLLECTION = _object(
    ["type", "features", "numberReturned", "links", *_PROVENANCE_REQUIRED],
    type={**_TEXT, "enum": ["FeatureCollection"]},
    features=_list_of("FeatureInPage"),
    numberReturned=_COUNT,
    numberMatched={**_COUNT, "description": "Left out where counting would cost too much."},
    numberMatchedAtLeast={**_COUNT, "description": "There are so many at least."},
    timeStamp=_INSTANT,
    sinceEdition={"type": "integer", "nullable": True, "description": "Of changes alone."},
    removed={"type": "array", "items": _TEXT, "description": "Ids; of changes alone."},
    crs=_CRS_OF_METRES,
    links=_LINKS,
    **_PROVENANCE,
)
_FOUND = _object(
    ["type", "features", "numberReturned", "sources"],
    type={**_TEXT, "enum": ["FeatureCollection"]},
    features=_list_of("FeatureInPage"),
    numberReturned=_COUNT,
    sources=_list_of("Source"),
)

SCHEMAS: dict[str, Any] = {
    "Document": {"type": "object"},
    "Link": _LINK,
    "LandingPage": _object(
        ["title", "description", "links"], title=_TEXT, description=_TEXT, links=_LINKS
    ),
    "Conformance": _object(["conformsTo"], conformsTo={"type": "array", "items": _TEXT}),
    "Field": _FIELD,
    "Collection": _COLLECTION,
    "Collections": _object(
        ["links", "collections"], links=_LINKS, collections=_list_of("Collection")
    ),
    "FeatureInPage": _IN_A_PAGE,
    "Feature": _FEATURE,
    "FeatureCollection": _FEATURE_COLLECTION,
    "Source": _object(_PROVENANCE_REQUIRED, **_PROVENANCE),
    "FoundFeatures": _FOUND,
    "FeatureOrCollection": _object(
        ["type"], type={**_TEXT, "enum": ["Feature", "FeatureCollection"]}
    ),
    "Problem": _object(
        ["type", "title", "status", "detail"],
        # Relative to the service's address (RFC 9457 section 3.1.1).
        type={"type": "string", "format": "uri-reference"},
        title=_TEXT,
        status={"type": "integer", "minimum": 400, "maximum": 599},
        detail={**_TEXT, "description": "What was found, and what to do."},
        parameter={**_TEXT, "description": "The parameter at fault."},
    ),
    "ProblemList": {
        "type": "object",
        "additionalProperties": _object(
            ["title", "status"], title=_TEXT, status={"type": "integer"}
        ),
    },
}
