"""The files of a whole layer as a table."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from layers.query.registry import find_layer


def downloads_page(
    request: HttpRequest, answer: dict[str, Any], known: Iterable[str]
) -> dict[str, Any]:
    """Return the layer that the files are of; the files themselves stand in the answer."""
    return {"layer": find_layer(answer["collection"])}
