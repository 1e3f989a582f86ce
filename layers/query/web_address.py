"""Whether an address that a source gives is safe to follow."""

from typing import Any
from urllib.parse import urlsplit

_FOLLOWED = ("http", "https")


def web_address(value: Any) -> str:
    """Return the value if it is the address of a web page, else nothing.

    A source may say any scheme, and ``javascript:`` is one; and what begins like an address
    may still be none, as ``http://[``.
    """
    if not isinstance(value, str):
        return ""
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    return value if parts.scheme in _FOLLOWED and parts.netloc else ""
