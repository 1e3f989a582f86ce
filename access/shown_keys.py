"""The key that a request shows, looked up once in half a minute and not for every request."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db import Error as DatabaseError
from django.utils import timezone

from access.keys import find_key
from access.models import ApiKey
from layers.errors import KeyRefused

_BELIEVED_S = 30.0
_MOST_REMEMBERED = 10_000
_WHAT_TO_DO = (
    "Send a good key in the header X-API-Key, or leave it out: everything here can be read "
    "without one, at the usual rate."
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a look at a key found: its number, or why it is refused."""

    key_id: int
    refusal: str
    until_s: float


_looked: dict[bytes, _Looked] = {}


def read_shown_key(environ: Mapping[str, Any]) -> int | None:
    """Return the number of the key that a WSGI request shows, or None if it shows none.

    Raises
    ------
    KeyRefused
        The key is not one of ours, has expired or was revoked. It is never taken for none.
    """
    text = _shown_text(environ)
    if text is None:
        return None
    # Not the key itself: what is remembered may be looked at in a core dump.
    digest = blake2b(text.encode(errors="surrogateescape"), digest_size=16).digest()
    looked = _looked.get(digest)
    if looked is None or looked.until_s < time.monotonic():
        try:
            looked = _look(text)
        except DatabaseError:
            logger.warning("Keys cannot be looked up; callers with one are served without it.")
            return None
        if len(_looked) >= _MOST_REMEMBERED:
            _looked.clear()
        _looked[digest] = looked
    if looked.refusal:
        raise KeyRefused(looked.refusal)
    return looked.key_id


def forget_keys() -> None:
    """Forget every key that was looked up."""
    _looked.clear()


def _shown_text(environ: Mapping[str, Any]) -> str | None:
    if "HTTP_X_API_KEY" in environ:
        return str(environ["HTTP_X_API_KEY"]).strip()
    scheme, _, credentials = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    # Another scheme is for a proxy in front that asks for a password of its own.
    return credentials.strip() if scheme.lower() == "bearer" else None


def _look(text: str) -> _Looked:
    until_s = time.monotonic() + _BELIEVED_S
    key = find_key(text)
    if key is None:
        return _Looked(0, f"The key is not one of ours. {_WHAT_TO_DO}", until_s)
    if key.state != "good":
        return _Looked(0, f"The key {key.prefix} is {key.state}. {_WHAT_TO_DO}", until_s)
    _note_use(key)
    return _Looked(key.pk, "", until_s)


def _note_use(key: ApiKey) -> None:
    """Note the day of use, once a day: enough to find keys that nobody uses."""
    today = timezone.now().date()
    if key.last_used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)
