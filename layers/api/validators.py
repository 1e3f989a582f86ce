"""What an answer was made from, as an ETag that says so itself, and whether that still stands.

An ETag of ours is ``W/"<request>.<state>"``. The first part is a keyed digest of all in the
request that changes the bytes, and of the software that made them; the second names the layer and
when it changed. So a request that brings its ETag back is answered from one row of
`layers_layer`, with no view, no memory of this process and no feature.

Weak, because the same data may come compressed, and a page says when it was made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import blake2b
from typing import Any, overload

from django.conf import settings
from django.http import HttpResponse

from layers.api.build import build_digest
from layers.query.registry import PublishedLayer
from layers.query.state import everything_state, layer_state

# A page may be kept, but is asked after. Browsers and caches may show it once more while they ask,
# and for a day when nobody answers.
ASKED_AFTER = "public, max-age=0, stale-while-revalidate=10, stale-if-error=86400"
IMMUTABLE = "public, max-age=31536000, immutable"
# To nginx alone, which takes it out: keep a copy that was old from the beginning (1970), to ask
# after every time and to show when nobody answers. max-age=0 would have it keep none.
KEPT_BUT_OLD = "@1"

_WHAT_CHANGES_BYTES = (
    "wsgi.url_scheme",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_HOST",
    "SERVER_NAME",
    "SERVER_PORT",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_ACCEPT",
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ALL, _LAYER, _FRESHNESS, _EDITION = "a", "l", "f", "e"


@dataclass(frozen=True, slots=True)
class State:
    """What an answer was made from.

    ``text`` begins with the kind of thing it is: all layers, a layer, a layer with how fresh it
    is, or an edition that the request names. ``changed_us`` is when it last changed, in
    microseconds since 1970.
    """

    text: str
    changed_us: int | None

    @property
    def cache_control(self) -> str:
        return IMMUTABLE if self.text.startswith(_EDITION) else ASKED_AFTER


def made_from_layer(
    response: HttpResponse, layer: PublishedLayer, *, names_edition: bool = False
) -> HttpResponse:
    """Return the answer marked as made from what is published of ``layer`` and nothing else.

    Parameters
    ----------
    names_edition
        The request names the edition that it wants, so that the answer can never be another.
    """
    kind = _EDITION if names_edition else _LAYER
    changed_us = _microseconds(layer.changed_at)
    return _marked(response, State(_words(kind, layer.id, changed_us), changed_us))


def made_from_fresh_layer(response: HttpResponse, layer: PublishedLayer) -> HttpResponse:
    """Return the answer marked as made from ``layer``, just read, and from how fresh it is."""
    times = (layer.changed_at, layer.checked_at, layer.failing_since)
    return _marked(response, _freshness(layer.id, [_microseconds(time) for time in times]))


def made_from_everything(response: HttpResponse, state: State) -> HttpResponse:
    """Return the answer marked as made from all layers.

    Parameters
    ----------
    state
        `state_of_everything`, asked for *before* the layers were read: should one change in
        between, the answer is only made once more than it had to be.
    """
    return _marked(response, state)


def state_of_everything() -> State:
    """Return where all layers stand together."""
    digest, changed_us = everything_state()
    return State(f"{_ALL}{digest}", changed_us)


def still_stands(text: str) -> State | None:
    """Return the state that an ETag of ours names, if things still are so."""
    if text.startswith(_ALL):
        now: State | None = state_of_everything()
    else:
        now = _state_of_layer(text)
    return now if now is not None and now.text == text else None


def request_digest(environ: Mapping[str, Any]) -> str:
    """Return what of a WSGI request changes the bytes of its answer, as 24 letters.

    All of it as it was written: a page links to itself, and what Accept comes to is decided
    further in. Nobody without the service's secret can make one up, so that whoever has one was
    once answered with 200, at a host and by a scheme that were found good.
    """
    words = "".join([f"{environ.get(name, '')}\n" for name in _WHAT_CHANGES_BYTES])
    digest = blake2b(words.encode(errors="surrogateescape"), digest_size=12, key=_key())
    return digest.hexdigest()


@cache
def _key() -> bytes:
    return blake2b(settings.SECRET_KEY.encode() + build_digest()).digest()


def _marked(response: HttpResponse, state: State) -> HttpResponse:
    response.made_from = state  # type: ignore[attr-defined]  # for ConditionalAnswersMiddleware
    return response


def _state_of_layer(text: str) -> State | None:
    kind, number = text[:1], text[1:].partition("-")[0]
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    found = layer_state(int(number))
    if found is None:
        return None
    if kind == _FRESHNESS:
        return _freshness(int(number), found)
    return State(_words(kind, int(number), found[0]), found[0])


def _freshness(layer_id: int, times_us: Sequence[int | None]) -> State:
    return State(_words(_FRESHNESS, layer_id, *times_us), max(filter(None, times_us)))


def _words(kind: str, layer_id: int, *times_us: int | None) -> str:
    times = "-".join(f"{time_us:x}" if time_us else "" for time_us in times_us)
    return f"{kind}{layer_id}-{times}"


@overload
def _microseconds(time: datetime) -> int: ...
@overload
def _microseconds(time: datetime | None) -> int | None: ...
def _microseconds(time: datetime | None) -> int | None:
    return None if time is None else (time - _EPOCH) // _MICROSECOND
