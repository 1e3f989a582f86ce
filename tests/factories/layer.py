"""A layer with its fields and its view, as the catalogue would have written them."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from layers.models import Field, Layer
from layers.publish import replace_view
from tests.factories.council import make_council


def make_field(name: str, type_: str = "text", **changes: Any) -> Field:
    """Return a field that is not saved yet: `make_layer` saves it."""
    return Field(**{"name": name, "title": name.replace("_", " "), "type": type_, **changes})


def make_layer(
    slug: str = "schools",
    geometry_type: str = "Point",
    *,
    fields: Sequence[Field] | None = None,
    **changes: Any,
) -> Layer:
    """Return a saved layer with nothing published. Its only field, unless given, is `name`."""
    described = {
        "organisation": make_council(),
        "title": slug.replace("-", " ").capitalize(),
        "description": f"Every one of the city's {slug.replace('-', ' ')}.",
        "theme": "education",
        "title_field": "name",
        "licence": "Open Government Licence v3.0",
        "licence_url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "attribution": f"Contains {slug} of Birmingham City Council.",
        "catalogue_digest": "0" * 64,
        "changed_at": timezone.now(),
    }
    layer = Layer.objects.create(slug=slug, geometry_type=geometry_type, **{**described, **changes})
    for position, field in enumerate([make_field("name")] if fields is None else fields):
        field.layer, field.position = layer, position
        field.save()
    replace_view(layer)
    return layer
