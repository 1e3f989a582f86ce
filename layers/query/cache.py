"""Published layers remembered between requests, and believed only while the database agrees.

An answer must never come from an edition that is no longer published, however
many processes serve. So a hot read does not ask first: its one statement reads
from the remembered edition *and* returns the layer's `changed_at`; when that has
moved, the memory is thrown away and the statement runs once more.
"""

from collections.abc import Callable
from typing import TypeVar

from layers.errors import NotFound
from layers.query.registry import PublishedLayer, find_layer, published_layers

Answer = TypeVar("Answer")

_remembered: dict[str, PublishedLayer] = {}


class LayerMoved(Exception):
    """A remembered layer has changed since; the answer made from it is worthless."""


def read_through(slug: str, answer: Callable[[PublishedLayer], Answer]) -> Answer:
    """Return ``answer(layer)``, made anew when it raises `LayerMoved`.

    Raises
    ------
    NotFound
        There is no such public layer with a published edition.
    """
    layer = _remembered.get(slug)
    if layer is not None:
        try:
            return answer(layer)
        except LayerMoved:
            _remembered.pop(slug, None)
    layer = find_layer(slug)
    _remembered[slug] = layer
    try:
        return answer(layer)
    except LayerMoved:
        # Published twice within these milliseconds: read what is there now.
        return answer(find_layer(slug))


def read_through_many(
    slugs: tuple[str, ...], answer: Callable[[list[PublishedLayer]], Answer]
) -> Answer:
    """Return ``answer(layers)`` for several layers, made anew when it raises `LayerMoved`.

    Raises
    ------
    NotFound
        One of the layers is not public or has no published edition.
    """
    if all(slug in _remembered for slug in slugs):
        try:
            return answer([_remembered[slug] for slug in slugs])
        except LayerMoved:
            _remembered.clear()
    fresh = published_layers()
    _remembered.update(fresh)
    missing = [slug for slug in slugs if slug not in fresh]
    if missing:
        raise NotFound(f"There is no layer called “{missing[0][:100]}”.")
    return answer([fresh[slug] for slug in slugs])


def forget_layers() -> None:
    """Forget every remembered layer."""
    _remembered.clear()
