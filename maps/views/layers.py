"""The catalogue of layers, one layer, and one feature of it."""

from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from layers.errors import NotFound
from layers.models import Theme
from layers.query.downloads import downloads_of
from layers.query.examples import find_examples
from layers.query.legend import legend_of
from layers.query.registry import PublishedField, PublishedLayer, published_layers
from layers.query.rows import FeaturePage, FeatureRow, feature_page, find_feature
from maps.applications.statuses import meaning_of
from maps.backdrop import find_backdrop
from maps.dataset import dataset_as_json
from maps.field_values import (
    describe_field,
    fields_after_title,
    fields_before_title,
    title_heading,
)
from maps.provenance import last_checked_at, next_refresh_on, source_name
from maps.views.found import layer_or_404
from maps.web_maps import describe_feature_map, describe_layer_map
from planning.applications.register import ROLE, STATUS

_ROWS_SHOWN = 50
_COLUMNS_SHOWN = 4
_LONGEST_ID = 18


@require_safe
def show_catalogue(request: HttpRequest) -> HttpResponse:
    layers = sorted(published_layers().values(), key=_place_in_catalogue)
    themes = [
        (title, list(members)) for title, members in groupby(layers, lambda each: each.theme_title)
    ]
    return render(request, "maps/catalogue.html", {"themes": themes})


def _place_in_catalogue(layer: PublishedLayer) -> tuple[bool, str]:
    """By theme, and what is only there to lie under others last."""
    return layer.theme == Theme.BACKGROUND, layer.theme_title


@require_safe
def show_layer(request: HttpRequest, slug: str) -> HttpResponse:
    layers = published_layers()
    layer = layer_or_404(layers, slug)
    page = _read_page(layer, request.GET)
    columns = _columns(layer)
    return render(
        request,
        "maps/layer.html",
        {
            "layer": layer,
            "title_column": title_heading(layer),
            "columns": columns,
            "rows": [
                (row, [describe_field(field, row.properties) for field in columns])
                for row in page.rows
            ],
            "page": page,
            "web_map": describe_layer_map(layer, find_backdrop(layers)),
            "swatches": legend_of(layer),
            "last_checked_at": last_checked_at(layer),
            "next_refresh_on": next_refresh_on(layer),
            "today": timezone.localdate(),
            "source_name": source_name(layer),
            "embed_address": request.build_absolute_uri(reverse("maps:embed", args=[slug])),
            "page_address": request.build_absolute_uri(reverse("maps:layer", args=[slug])),
            "downloads": downloads_of(layer),
            "dataset": dataset_as_json(request, layer),
            "examples": find_examples(layer),
            "api_address": request.build_absolute_uri(reverse("api")),
            "items_address": request.build_absolute_uri(f"/api/collections/{slug}/items"),
        },
    )


@require_safe
def show_feature(request: HttpRequest, slug: str, fid: str) -> HttpResponse:
    layers = published_layers()
    layer = layer_or_404(layers, slug)
    try:
        row = find_feature(layer, fid)
    except NotFound:
        return render(request, "maps/feature_unknown.html", {"layer": layer}, status=404)
    return render(
        request,
        "maps/feature.html",
        {
            "layer": layer,
            "row": row,
            "values": [describe_field(field, row.properties) for field in layer.fields],
            "item_address": request.build_absolute_uri(
                f"/api/collections/{slug}/items/{quote(fid, safe='')}"
            ),
            "web_map": describe_feature_map(layer, row, find_backdrop(layers)),
            "swatches": legend_of(layer),
            "is_site": row.longitude is not None and "Line" not in layer.geometry_type,
            **_describe_application(layer, row),
        },
    )


def _describe_application(layer: PublishedLayer, row: FeatureRow) -> dict[str, Any]:
    """Return what the page of a planning application has beside other features' pages."""
    if layer.role != ROLE:
        return {}
    status = str(row.properties.get(STATUS) or "")
    return {"is_application": True, "status_meaning": meaning_of(status)}


def _columns(layer: PublishedLayer) -> list[PublishedField]:
    fields = (*fields_after_title(layer), *fields_before_title(layer))
    # An address as long as a row belongs on the feature's own page.
    return [field for field in fields if field.type != "url"][:_COLUMNS_SHOWN]


def _read_page(layer: PublishedLayer, query: QueryDict) -> FeaturePage:
    if "before" in query:
        return feature_page(layer, before=_read_id(query, "before"), limit=_ROWS_SHOWN)
    return feature_page(layer, after=_read_id(query, "after"), limit=_ROWS_SHOWN)


def _read_id(query: QueryDict, name: str) -> int:
    text = query.get(name, "0")
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID):
        raise BadRequest(f"“{name}” must be a whole number.")
    return int(text)
