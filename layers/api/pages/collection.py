"""A collection as a page: what it is, and examples to copy."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from layers.query.examples import find_examples
from layers.query.registry import find_layer


def collection_page(
    request: HttpRequest, answer: dict[str, Any], known: Iterable[str]
) -> dict[str, Any]:
    """Return the layer and its examples."""
    layer = find_layer(answer["id"])
    return {"layer": layer, "examples": find_examples(layer)}
