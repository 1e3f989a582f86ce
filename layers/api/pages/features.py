"""Features as people read them: a page of them as a table, one as a list, and what is around."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest

from layers.api.pages.form import items_form
from layers.api.pages.geometry import describe_geometry, middle_of
from layers.api.pages.values import Value, property_values
from layers.query.legend import legend_of
from layers.query.registry import PublishedField, PublishedLayer, find_layer, published_layers
from layers.query.symbology import symbology_of


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table. The addresses sort by it; empty where it cannot be sorted by."""

    field: PublishedField
    rising: str
    falling: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Row:
    """A feature of the table, with a value for each column."""

    title: str
    address: str
    values: tuple[Value, ...]


def items_page(
    request: HttpRequest, answer: dict[str, Any], known: Iterable[str]
) -> dict[str, Any]:
    """Return a layer's features as a table, its form, and the ways to other pages."""
    layer = find_layer(answer["collection"])
    features = answer["features"]
    names = {name for feature in features for name in feature["properties"]}
    shown = [field for field in layer.fields if field.name in names or not features]
    # Each row begins with its title.
    fields = [field for field in shown if field.name != layer.title_field]
    titles = [field for field in shown if field.name == layer.title_field]
    collection = f"/api/collections/{layer.slug}"
    return {
        "layer": layer,
        "title_column": _column(request, titles[0], known) if titles else None,
        "columns": [_column(request, field, known) for field in fields],
        "rows": [_row(layer, collection, feature, fields) for feature in features],
        "form": items_form(layer, request.GET, known),
        "items_address": f"{collection}/items",
        "format_is_named": "f" in request.GET,
        "first": _with(request, cursor=None) if "cursor" in request.GET else "",
        "next": _link_to(answer, "next"),
        "previous": _link_to(answer, "prev"),
        "is_narrowed": bool(set(request.GET) - {"f", "limit", "cursor", "sortby", "crs"}),
    }


def item_page(request: HttpRequest, answer: dict[str, Any], known: Iterable[str]) -> dict[str, Any]:
    """Return one feature's values, its geometry in words, and a map of it."""
    layers = published_layers()
    layer = layers.get(answer["collection"]) or find_layer(answer["collection"])
    title = title_of(layer, answer)
    return {
        "layer": layer,
        "title": title,
        "values": property_values(answer["properties"], layer.fields),
        "geometry": describe_geometry(answer["geometry"]),
        "web_map": _item_map(layer, answer, title, layers) if "crs" not in request.GET else None,
        "swatches": legend_of(layer),
        "crs": request.GET.get("crs", ""),
    }


def found_page(
    request: HttpRequest, answer: dict[str, Any], known: Iterable[str]
) -> dict[str, Any]:
    """Return the features around a point, each with its layer and its distance."""
    layers = published_layers()
    return {
        "found": [
            (
                layers[slug],
                title_of(layers[slug], feature),
                item_address(slug, feature),
                feature["properties"].get("distance_m"),
            )
            for feature in answer["features"]
            if (slug := feature["properties"].get("collection")) in layers
        ],
        "longitude": request.GET.get("lon"),
        "latitude": request.GET.get("lat"),
        "sources": [
            layers[s["collection"]] for s in answer["sources"] if s["collection"] in layers
        ],
    }


def title_of(layer: PublishedLayer, feature: Mapping[str, Any]) -> str:
    """Return what people call a feature."""
    return str(feature["properties"].get(layer.title_field) or feature["id"])


def item_address(slug: str, feature: Mapping[str, Any]) -> str:
    """Return the path of a feature."""
    return f"/api/collections/{slug}/items/{quote(str(feature['id']), safe='')}"


def _row(
    layer: PublishedLayer,
    collection: str,
    feature: Mapping[str, Any],
    fields: list[PublishedField],
) -> Row:
    values = {value.name: value for value in property_values(feature["properties"], layer.fields)}
    return Row(
        title=title_of(layer, feature),
        address=item_address(layer.slug, feature),
        values=tuple(values.get(f.name) or Value(f.name, f.title, "") for f in fields),
    )


def _column(request: HttpRequest, field: PublishedField, known: Iterable[str]) -> Column:
    if "sortby" not in known or not field.is_queryable:
        return Column(field, "", "", "")
    chosen = request.GET.get("sortby", "").lstrip("+")
    return Column(
        field,
        rising=_with(request, sortby=field.name, cursor=None),
        falling=_with(request, sortby=f"-{field.name}", cursor=None),
        sorted={field.name: "ascending", f"-{field.name}": "descending"}.get(chosen, ""),
    )


def _with(request: HttpRequest, **changes: str | None) -> str:
    """Return this address with parameters set, or taken away by None."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    text = query.urlencode(safe=",:/")
    path: str = request.get_full_path().partition("?")[0]
    return f"{path}?{text}" if text else path


def _link_to(answer: Mapping[str, Any], rel: str) -> str:
    return next((link["href"] for link in answer["links"] if link["rel"] == rel), "")


def _item_map(
    layer: PublishedLayer,
    feature: Mapping[str, Any],
    title: str,
    layers: Mapping[str, PublishedLayer],
) -> dict[str, Any] | None:
    """Return what the script of a feature's map is told (assets/js/map/feature-map.js)."""
    position = middle_of(feature["geometry"])
    if position is None:
        return None
    areas = (a for a in layers.values() if a.is_area and a.geometry_type.endswith("Polygon"))
    backdrop = next(areas, None)
    drawn = symbology_of(layer)
    return {
        "label": f"Map of {title}. Arrow keys move it; plus and minus zoom.",
        "position": position,
        "drawn": {"slug": layer.slug, "symbology": drawn.as_settings()},
        "colour": drawn.colour,
        "mark": drawn.mark,
        "itemUrl": item_address(layer.slug, feature),
        "backdrop": {}
        if backdrop is None
        else {
            "title": backdrop.title,
            "attribution": backdrop.attribution,
            "itemsUrl": f"/api/collections/{backdrop.slug}/items",
            "titleField": backdrop.title_field,
            "home": [],
        },
        "texts": {"failed": "The map could not be loaded."},
    }
