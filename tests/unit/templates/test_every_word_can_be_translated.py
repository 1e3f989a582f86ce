"""No word of a template stands outside gettext: Welsh needs a catalogue and nothing else."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import DebugLexer, Token, TokenType

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
_SPOKEN = {"alt", "aria-label", "aria-roledescription", "placeholder", "title"}
# Code to copy, and what browsers do not show.
_NOT_WORDS = {"code", "script", "style"}
_WORD = re.compile(r"[^\W\d_]{2,}")
# Names of standards, formats and of the project are the same in every language.
_SAME_EVERYWHERE = {
    "API", "CSV", "GeoJSON", "JSON", "CRS", "EPSG", "SHA", "URL", "HTML", "OpenAPI", "GOV", "UK",
    "QGIS", "Python", "curl", "JavaScript", "Leaflet", "geopandas", "GeoPackage", "WGS", "MVT",
    "CQL", "TileJSON", "manage", "py", "kB", "MB", "km", "PDF", "UPRN",
}  # fmt: skip


class _Words(HTMLParser):
    """Collects the words that people see or hear."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _NOT_WORDS:
            self._hidden.append(tag)
        for name, value in attributes:
            if name in _SPOKEN and value:
                self.handle_data(value)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            found = (word for word in _WORD.findall(data) if word not in _SAME_EVERYWHERE)
            self.words += found


def words_outside_gettext(source: str) -> list[str]:
    parser = _Words()
    markup = "".join(_markup(DebugLexer(source).tokenize()))
    # A template of attributes alone is included within a tag.
    parser.feed(f"<i {markup}>" if "=" in markup and "<" not in markup else markup)
    parser.close()
    return parser.words


def _markup(tokens: list[Token]) -> Iterator[str]:
    """Yield the markup alone: what Django's tags and variables make is none of the template's."""
    until = ""
    for token in tokens:
        tag = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        if until:
            until = "" if tag == until else until
        elif tag in ("blocktranslate", "comment", "verbatim"):
            until = f"end{tag}"
        elif token.token_type == TokenType.TEXT:
            yield token.contents


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_every_word_of_a_template_goes_through_gettext(path: Path) -> None:
    assert words_outside_gettext(path.read_text(encoding="utf-8")) == []


def test_words_are_found_in_text_and_in_what_is_read_out() -> None:
    source = '<p title="Hello">{% translate "Fine" %} bare {{ name }}</p>'

    assert words_outside_gettext(source) == ["Hello", "bare"]
