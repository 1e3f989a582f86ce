"""A layer as a schema.org Dataset, by which search engines for data find it."""

import json
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from layers.query.registry import PublishedLayer

# Whatever a description says, it cannot end the element that it stands in.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def dataset_as_json(request: HttpRequest, layer: PublishedLayer) -> SafeString:
    """Return the description as JSON-LD, escaped to stand inside a ``script`` element."""
    words = json.dumps(describe_dataset(request, layer), ensure_ascii=False)
    return mark_safe(words.translate(_ESCAPES))  # escaped in the line itself


def describe_dataset(request: HttpRequest, layer: PublishedLayer) -> dict[str, Any]:
    """Return the members of https://schema.org/Dataset that are known of a layer."""
    address = request.build_absolute_uri(reverse("maps:layer", args=[layer.slug]))
    collection = request.build_absolute_uri(reverse("api-collection", args=[layer.slug]))
    publisher = {"@type": "GovernmentOrganization", "name": layer.organisation}
    dataset: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "identifier": layer.slug,
        "name": layer.title,
        "description": layer.description,
        "keywords": [layer.theme_title, *layer.keywords],
        "license": layer.licence_url or layer.licence,
        "creditText": layer.attribution,
        "creator": publisher,
        "publisher": publisher,
        "dateModified": layer.published_at.isoformat(timespec="seconds"),
        "version": str(layer.edition_id),
        "isAccessibleForFree": True,
        "inLanguage": "en-GB",
        "variableMeasured": [field.title for field in layer.fields],
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": f"{layer.organisation}: open map data",
            "url": request.build_absolute_uri(reverse("maps:catalogue")),
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "name": "GeoJSON, page by page",
                "encodingFormat": "application/geo+json",
                "contentUrl": f"{collection}/items",
            },
        ],
    }
    if layer.extent_4326:
        west, south, east, north = layer.extent_4326
        dataset["spatialCoverage"] = {
            "@type": "Place",
            "geo": {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"},
        }
    return dataset
