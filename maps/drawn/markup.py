"""SVG as text: every value and every word is escaped here, and nowhere else.

How things look is said by attributes of their own, never by `style`: our pages allow no inline
style, and programs that draw SVG read both.
"""

import re

from django.utils.html import escape

Value = str | float | None

# XML has no place for these, escaped or not.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, content: str = "", /, **attributes: Value) -> str:
    """Return an element. ``content`` is markup already; attributes that are None are left out.

    ``stroke_width`` is written ``stroke-width``, and ``class_`` ``class``.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def words(text: str) -> str:
    """Return a text as it may stand in an element."""
    return str(escape(_IMPOSSIBLE.sub("", text)))


def number(value: float) -> str:
    """Return a measure in millimetres: 0.01 mm is what printers can do."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _value(value: Value) -> str:
    return words(value) if isinstance(value, str) else number(value or 0)
