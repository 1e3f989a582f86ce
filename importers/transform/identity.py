"""A feature's key, and the URL segment made from it."""

import re
from collections.abc import Sequence
from hashlib import sha256

_PLAIN = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,99}", re.ASCII)
_OTHER = re.compile(r"[^A-Za-z0-9._~-]+", re.ASCII)


def feature_id(key: str) -> str:
    """Return a URL segment for a source's key: the same key gives the same segment for ever.

    A key that is already plain stays as it is. Another has its odd characters
    replaced and a few digits of its hash added, so that two keys never meet:
    ``2026/01234/PA`` becomes ``2026-01234-PA.c12a5534``.
    """
    if _PLAIN.fullmatch(key) and "." not in key:
        return key
    readable = _OTHER.sub("-", key).strip("-.")[:80]
    return f"{readable}.{sha256(key.encode()).hexdigest()[:8]}"


def feature_ids(keys: Sequence[str]) -> list[str]:
    """Return the URL segment of each key."""
    return [
        key if key.isalnum() and key.isascii() and len(key) <= 100 else feature_id(key)
        for key in keys
    ]
