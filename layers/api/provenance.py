"""Licence, attribution, edition and its date: inside every answer that carries data."""

from collections.abc import Sequence

import orjson

from layers.query.registry import PublishedLayer


def provenance(layer: PublishedLayer) -> dict[str, object]:
    """Return where a layer's features come from and on what terms."""
    return {
        "collection": layer.slug,
        "edition": layer.edition_id,
        "published": layer.published_at.isoformat(timespec="seconds"),
        "licence": layer.licence,
        "licenceUrl": layer.licence_url or None,
        "attribution": layer.attribution,
        "madeUp": layer.is_sample,
    }


def provenance_members(layer: PublishedLayer) -> bytes:
    """Return the same as JSON members, without braces, to be put into a finished body."""
    return orjson.dumps(provenance(layer))[1:-1]


def sources_member(layers: Sequence[PublishedLayer]) -> bytes:
    """Return a ``sources`` member for an answer made from several layers."""
    return b'"sources":' + orjson.dumps([provenance(layer) for layer in layers])
