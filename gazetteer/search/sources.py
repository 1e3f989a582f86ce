"""The layers that a search reads."""

from layers.query.registry import PublishedLayer, standing_layers

_ROLES = ("postcode", "address", "place", "ward", "property")


def read_sources() -> dict[str, PublishedLayer]:
    """Return the published layer of each role that has one, as they are now."""
    standing = standing_layers()
    return {role: layer for role in _ROLES if (layer := standing.for_role(role))}
