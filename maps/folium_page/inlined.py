"""What stands inside an exported page: scripts, styles and data that cannot end their element."""

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

_END_OF_SCRIPT = re.compile(r"</(?=script)", re.IGNORECASE)
_URL = re.compile(r"url\((?!['\"]?data:)", re.IGNORECASE)
# As text of JSON these mean the same, and to HTML nothing.
_ESCAPES = {
    character.encode(): f"\\u{ord(character):04x}".encode() for character in "<>&\u2028\u2029"
}


@dataclass(frozen=True, slots=True)
class Inlined:
    """A script or style sheet inside a page, and how its policy names it."""

    text: SafeString

    @property
    def source(self) -> str:
        """Its hash, as a Content-Security-Policy has it."""
        digest = hashlib.sha256(self.text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"


def inlined_script(text: str) -> Inlined:
    """Return a script of ours that can stand in a page."""
    return Inlined(mark_safe(_END_OF_SCRIPT.sub(r"<\\/", text)))  # it ends nothing any more


def inlined_style(text: str) -> Inlined:
    """Return a style sheet of ours without the pictures and typefaces that it would fetch."""
    without = re.sub(r"[^{};]*" + _URL.pattern + r"[^)]*\)[^;}]*", "", text, flags=re.IGNORECASE)
    return Inlined(mark_safe(without.replace("</", r"<\/")))  # it ends nothing any more


def built_file(name: str) -> str:
    """Return the text of a file that the front-end build has made.

    Raises
    ------
    FileNotFoundError
        The front end has not been built.
    """
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(f"{name} is not there: build the front end first (make run does).")
    return Path(path).read_text(encoding="utf-8")


def data_as_json(features: bytes) -> SafeString:
    """Return features as a GeoJSON collection that can stand in a ``script`` element."""
    text = b'{"type":"FeatureCollection","features":[' + features + b"]}"
    return mark_safe(_escape(text).decode())  # escaped in the line itself


def _escape(text: bytes) -> bytes:
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text
