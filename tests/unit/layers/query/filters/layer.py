"""A published layer with a queryable of each type, without a database."""

from dataclasses import replace

from layers.query.registry import PublishedLayer
from tests.unit.maps.published import make_published_field, make_published_layer

TYPES = {
    "name": "text", "link": "url", "pupils": "integer", "height": "number", "open": "boolean",
    "built": "date", "seen": "datetime",
}  # fmt: skip


def published_layer(geometry_type: str = "Point") -> PublishedLayer:
    """Return the layer; its `note` is no queryable."""
    queryables = (
        replace(make_published_field(name, type_), is_queryable=True)
        for name, type_ in TYPES.items()
    )
    return make_published_layer(
        geometry_type=geometry_type, fields=(*queryables, make_published_field("note"))
    )
