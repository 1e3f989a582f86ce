"""What of a layer may be filtered on, looked up by name."""

from difflib import get_close_matches

from layers.errors import FilterInvalid
from layers.query.registry import PublishedField, PublishedLayer

GEOMETRY = "geometry"


def has_geometry(layer: PublishedLayer) -> bool:
    """Return whether the layer's features have locations."""
    return layer.geometry_type != "None"


def queryable_fields(layer: PublishedLayer) -> dict[str, PublishedField]:
    """Return the properties that may be filtered on, by name; the geometry is not among them."""
    return {
        field.name: field for field in layer.fields if field.is_queryable and field.name != GEOMETRY
    }


def find_queryable(layer: PublishedLayer, name: str) -> PublishedField | None:
    """Return a queryable property, or None for the geometry.

    Raises
    ------
    FilterInvalid
        The layer has no such queryable.
    """
    if name == GEOMETRY and has_geometry(layer):
        return None
    fields = queryable_fields(layer)
    if name not in fields:
        raise FilterInvalid(_unknown(layer, name[:100]))
    return fields[name]


def _unknown(layer: PublishedLayer, name: str) -> str:
    names = [*queryable_fields(layer), *([GEOMETRY] if has_geometry(layer) else [])]
    near = get_close_matches(name, names, n=1)
    advice = f"Did you mean “{near[0]}”?" if near else f"It has: {', '.join(names) or 'none'}."
    if any(field.name == name for field in layer.fields):
        return f"“{layer.title}” cannot be filtered by “{name}”. {advice}"
    return f"“{layer.title}” has no queryable “{name}”. {advice}"
