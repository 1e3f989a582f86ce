"""The layer or the import that an address names."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from desk.queries.overview import council_layers
from importers.models import ImportRun
from layers.models import Layer

_LONGEST_NUMBER = 9


def find_layer(slug: str) -> Layer:
    layer = council_layers().filter(slug=slug).first()
    if layer is None:
        raise Http404(f"There is no layer called “{slug}”.")
    return layer


def find_run(run_id: int) -> ImportRun:
    runs = ImportRun.objects.select_related(
        "layer__published_edition", "edition__layer", "edition__compared_with"
    )
    return get_object_or_404(runs, pk=run_id)


def read_number(request: HttpRequest, name: str, default: int = 0) -> int:
    text: Any = request.GET.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise BadRequest(f"“{name}” must be a whole number.")
    return int(text)
