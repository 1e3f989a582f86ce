"""Collections and their features, by page and alone.

The paths of features are there once for each collection, because each has its own
properties to ask for, to sort by and to choose from: see docs/adr.
"""

from collections.abc import Mapping
from typing import Any

from layers.api.base import GEOJSON, JSON
from layers.api.items_request import ITEMS_PARAMETERS
from layers.api.openapi.features_parameters import shared_parameters
from layers.api.openapi.parts import operation, path_parameter, query_parameter
from layers.api.page_parameters import MOST_SORT_KEYS
from layers.api.queryables import PROPERTY_TYPES
from layers.query.filters.queryables import queryable_fields
from layers.query.registry import PublishedField, PublishedLayer

_ITEM_PARAMETERS = ("crs", "edition")
_ITEMS_DESCRIPTION = (
    "A page says its edition, and its next link stays in it: who follows the links reads one "
    "edition to its end, although another is published meanwhile. The last page has no next link."
)


def feature_paths(layers: Mapping[str, PublishedLayer]) -> dict[str, Any]:
    """Return the paths of OGC API - Features."""
    collection = path_parameter("collectionId", "The layer's id.", sorted(layers))
    paths = {
        "/collections": operation(
            "getCollections", "All layers", JSON, [], schema="Collections", tag="Layers"
        ),
        "/collections/{collectionId}": operation(
            "getCollection",
            "One layer",
            JSON,
            [collection],
            has_not_found=True,
            schema="Collection",
            tag="Layers",
        ),
    }
    for layer in layers.values():
        paths |= _paths_of(layer)
    return paths


def _paths_of(layer: PublishedLayer) -> dict[str, Any]:
    items = f"/collections/{layer.slug}/items"
    properties = _properties_parameter(layer)
    return {
        items: operation(
            f"getFeatures.{layer.slug}",
            f"{layer.title}: features by page; follow the next links",
            GEOJSON,
            [*map(_shared, shared_parameters()), *_sort_parameter(layer), properties,
             *_queryable_parameters(layer)],
            has_not_found=True,
            has_gone=True,
            has_form=True,
            schema="FeatureCollection",
            tag="Features",
            description=_ITEMS_DESCRIPTION,
        ),
        f"{items}/{{featureId}}": operation(
            f"getFeature.{layer.slug}",
            f"{layer.title}: one feature",
            GEOJSON,
            [path_parameter("featureId", "The feature's id."), *map(_shared, _ITEM_PARAMETERS),
             properties],
            has_not_found=True,
            has_gone=True,
            schema="Feature",
            tag="Features",
        ),
    }  # fmt: skip


def _shared(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/parameters/{name}"}


def _properties_parameter(layer: PublishedLayer) -> dict[str, Any]:
    return query_parameter(
        "properties",
        "Show these properties alone, with commas between; none for the geometry alone.",
        type="array",
        items={"type": "string", "enum": [field.name for field in layer.fields]},
    )


def _sort_parameter(layer: PublishedLayer) -> list[dict[str, Any]]:
    names = list(queryable_fields(layer))
    if not names:
        return []
    return [
        query_parameter(
            "sortby",
            "Sort by these properties, with commas between; a minus in front turns the order "
            "round. Features without the property come last.",
            type="array",
            items={"type": "string", "enum": [*names, *(f"-{name}" for name in names)]},
            minItems=1,
            maxItems=MOST_SORT_KEYS,
            uniqueItems=True,
        )
    ]


def _queryable_parameters(layer: PublishedLayer) -> list[dict[str, Any]]:
    return [
        query_parameter(field.name, _asked(field), **PROPERTY_TYPES[field.type])
        for name, field in queryable_fields(layer).items()
        if name not in ITEMS_PARAMETERS
    ]


def _asked(field: PublishedField) -> str:
    unit = f" in {field.unit}" if field.unit else ""
    return f"Only features whose “{field.title}”{unit} is exactly this."
