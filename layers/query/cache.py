"""Published layers remembered between requests, and believed only while the database agrees.

An answer must never come from an edition that is no longer published, however
many processes serve. So a hot read does not ask first: its one statement reads
from the remembered edition *and* returns the layer's `changed_at`; when that has
moved, the memory is thrown away and the statement runs once more.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from layers.errors import NotFound, RequestInvalid
from layers.query.registry import PublishedLayer, find_layer, published_layers

Answer = TypeVar("Answer")

_remembered: dict[str, PublishedLayer] = {}
# While many layers are refreshed one after another, several may move under one answer.
_MOST_MOVES = 5


class LayerMoved(Exception):
    """A remembered layer has changed since; the answer made from it is worthless."""


def read_through(slug: str, answer: Callable[[PublishedLayer], Answer]) -> Answer:
    """Return ``answer(layer)``, made anew when it raises `LayerMoved`.

    Raises
    ------
    NotFound
        There is no such public layer with a published edition.
    """
    layer = _remembered.get(slug) or _look_up(slug)
    for _ in range(_MOST_MOVES):
        try:
            return answer(layer)
        except LayerMoved:
            layer = _look_up(slug)
    return answer(layer)


def read_through_many(
    slugs: tuple[str, ...], answer: Callable[[list[PublishedLayer]], Answer]
) -> Answer:
    """Return ``answer(layers)`` for several layers, made anew when it raises `LayerMoved`.

    Raises
    ------
    NotFound
        One of the layers is not public or has no published edition.
    """
    # Another thread may forget a layer at any moment, so each is asked for once.
    layers = [layer for slug in slugs if (layer := _remembered.get(slug))]
    if len(layers) < len(slugs):
        layers = _look_up_many(slugs)
    for _ in range(_MOST_MOVES):
        try:
            return answer(layers)
        except LayerMoved:
            layers = _look_up_many(slugs)
    return answer(layers)


@contextmanager
def confirmed(layer: PublishedLayer) -> Iterator[None]:
    """Refuse a request only by what the layer is now: what is remembered may be old.

    Raises
    ------
    LayerMoved
        The request was refused, or names what is not there, but ``layer`` is no longer as
        it was remembered.
    """
    try:
        yield
    except (RequestInvalid, NotFound):
        if find_layer(layer.slug).changed_at != layer.changed_at:
            raise LayerMoved from None
        raise


def _look_up(slug: str) -> PublishedLayer:
    _remembered.pop(slug, None)
    layer = _remembered[slug] = find_layer(slug)
    return layer


def _look_up_many(slugs: tuple[str, ...]) -> list[PublishedLayer]:
    fresh = published_layers()
    _remembered.clear()
    _remembered.update(fresh)
    missing = [slug for slug in slugs if slug not in fresh]
    if missing:
        raise NotFound(f"There is no layer called “{missing[0][:100]}”.")
    return [fresh[slug] for slug in slugs]


def forget_layers() -> None:
    """Forget every remembered layer."""
    _remembered.clear()
