"""No word of a public page comes from the code without gettext: all are seen as if translated.

The texts of gettext and those that a council chooses stand in ⟦brackets⟧; what stands outside them,
and is no code, address or name of a format, would be English on a Welsh page.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

from layers.query import registry
from maps.opening_hours.state import LONDON
from reports import submit
from tests.factories import drop_everything
from tests.factories.whole_council import ADDRESS, POSTCODE, TODAY, publish_whole_council

pytestmark = pytest.mark.django_db(databases=["default", "read"])

PLAIN_STATIC_FILES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=LONDON)

_SPOKEN = {
    "alt", "aria-label", "aria-roledescription", "placeholder", "title", "abbr", "data-label",
    # Said by the scripts of suggestions and of the browser's position.
    "data-assist", "data-too-short", "data-none", "data-found", "data-locating",
    "data-denied", "data-unavailable", "data-timeout", "data-outside", "data-coarse",
    "data-busy-words",
}  # fmt: skip
_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_NOT_READ = {"code", "pre", "script", "style", "textarea"}
_WORD = re.compile(r"[^\W\d_]{2,}")
# The same in every language: addresses of all sorts, postcodes, grid references, references.
_NO_WORDS = re.compile(
    r"(https?|webcal)://\S+|\S+@\S+|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2} \d+ \d+\b"
    r"|/\w[\w./{}<>-]*|\S+\.(geojson|ics)"
)
_SAME_EVERYWHERE = {
    "API", "CSV", "GeoJSON", "JSON", "OpenAPI", "GeoPackage", "FlatGeobuf", "GeoParquet", "KML",
    "QGIS", "Python", "JavaScript", "Leaflet", "geopandas", "CRS", "EPSG", "kB", "MB", "km", "mi",
    "GOV", "UK", "OGC", "UPRN",
    # As the source has them: what a page says of an application are words of gettext.
    "live", "withdrawn",
}  # fmt: skip


class _Texts(HTMLParser):
    """Collects what people see and what is read out to them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._open: list[str] = []
        self._settings = ""
        self._block: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attributes}
        self.texts += [
            value for name, value in named.items() if name in _SPOKEN or name.endswith("-text")
        ]
        if tag not in _VOID:
            self._open.append(tag)
        self._settings = "" if named.get("type") != "application/json" else tag

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        self._settings = ""

    def handle_data(self, data: str) -> None:
        if self._settings:
            self.texts += _told_to_scripts(json.loads(data))
        elif not _NOT_READ.intersection(self._open):
            self.texts.append(data)


def _told_to_scripts(told: dict[str, Any]) -> Iterator[str]:
    yield told.get("label", "")
    yield from told.get("texts", {}).values()


def words_outside(page: str) -> list[str]:
    """Return the words of a page that stand in no brackets; brackets may hold brackets."""
    reader = _Texts()
    reader.feed(page)
    reader.close()
    depth, outside = 0, []
    # A translated text may have tags within it, so its brackets may be texts apart.
    for piece in re.split(r"([⟦⟧])", "\n".join(reader.texts)):
        if piece in ("⟦", "⟧"):
            depth += 1 if piece == "⟦" else -1
            assert depth >= 0, "brackets are closed that were not opened"
        elif not depth:
            outside += [
                word
                for word in _WORD.findall(_NO_WORDS.sub(" ", piece))
                if word not in _SAME_EVERYWHERE
            ]
    assert depth == 0, "brackets are opened and not closed"
    return outside


def marked(text: str) -> str:
    return f"⟦{text}⟧"


@pytest.fixture(scope="module", autouse=True)
def council(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        try:
            yield publish_whole_council(marked)
        finally:
            drop_everything()


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Return a client of a service that speaks a language of brackets."""
    monkeypatch.setattr(translation._trans, "gettext", marked)
    monkeypatch.setattr(translation._trans, "pgettext", lambda context, text: marked(text))
    monkeypatch.setattr(
        translation._trans, "ngettext", lambda one, many, count: marked(one if count == 1 else many)
    )
    monkeypatch.setattr(
        translation._trans,
        "npgettext",
        lambda context, one, many, count: marked(one if count == 1 else many),
    )
    # What is remembered of layers has the name of their subject in it.
    monkeypatch.setattr(registry, "_remembered", None)
    with (
        override_settings(STORAGES={**settings.STORAGES, **PLAIN_STATIC_FILES}),
        patch("django.utils.timezone.localtime", return_value=NOON),
        patch("django.utils.timezone.localdate", return_value=TODAY),
    ):
        yield Client()


PAGES = [
    "/",
    "/my-area/",
    f"/my-area/{ADDRESS}",
    f"/my-area/{ADDRESS}?words=easy",
    f"/my-area/{POSTCODE}",
    f"/my-area/{POSTCODE}?words=easy",
    "/my-area/B13BB",
    "/my-area/B901AA",
    "/my-area/B901AA?words=easy",
    "/my-area/B1",
    "/my-area/ward-E1",
    "/my-area/place-osgb4000000000000001",
    "/my-area/street-oak-road_birmingham",
    "/my-area/grid-SP059860",
    "/my-area/uprn-99",
    f"/my-area/{POSTCODE}/addresses",
    "/my-area/B12BB/addresses",
    f"/my-area/{POSTCODE}/in/wards/E1",
    f"/my-area/{ADDRESS}/planning",
    f"/my-area/{ADDRESS}/planning?within=250&months=36",
    "/my-area/B901AA/planning",
    "/bins/1",
    "/bins/8",
    "/bins/99",
    "/bins/1/calendar",
    "/nearest/libraries/",
    f"/nearest/libraries/{ADDRESS}",
    f"/nearest/libraries/{ADDRESS}?open=now",
    f"/nearest/parks/{ADDRESS}",
    "/planning/check",
    "/layers/",
    "/layers/libraries",
    "/layers/wards",
    "/layers/planning-applications",
    "/layers/libraries/L120",
    "/layers/planning-applications/20260002",
    "/reports/new/libraries",
    "/reports/new/libraries/L120",
    "/reports/sent/libraries",
    "/reports/sent/libraries/L120",
    "/embed/my-area/",
    f"/embed/my-area/{ADDRESS}",
    "/embed/libraries",
    "/data",
    "/privacy",
    "/accessibility",
    "/status",
]
NOT_FOUND = [
    "/my-area/nothing",
    "/bins/98",
    "/nearest/wards/",
    "/nearest/tips/",
    "/nearest/nothing/",
    "/layers/nothing",
    "/layers/libraries/nothing",
    "/embed/my-area/nothing",
    f"/nearest/libraries/{ADDRESS}?show=7",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_word_of_a_page_goes_through_gettext(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert words_outside(answer.text) == []


@pytest.mark.parametrize("path", NOT_FOUND)
def test_every_word_of_a_page_that_says_no_goes_through_gettext(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code in (400, 404)
    assert words_outside(answer.text) == []


@pytest.mark.parametrize(
    "typed",
    ["", "oak", "oak road", "99 oak road", "10 oak road", "ladywod", "B1", "B9", "IM1 1AA",
     "BT1 1AA", "SP 05 86", "xyzzy", "2026/01234/PA"],
)  # fmt: skip
@pytest.mark.parametrize("page", ["/my-area/", "/embed/my-area/", "/nearest/libraries/"])
def test_every_word_of_what_a_search_finds_goes_through_gettext(
    client: Client, page: str, typed: str
) -> None:
    answer = client.post(page, {"place": typed}, follow=True)

    assert words_outside(answer.text.replace(f"“{typed}”", "").replace(f'"{typed}"', "")) == []


@pytest.mark.parametrize(
    "position",
    [
        {"lon": "-1.9138", "lat": "52.4718", "accuracy": "30"},
        {"lon": "-1.80", "lat": "52.4718", "accuracy": "30"},
        {"lon": "10", "lat": "52.4718", "accuracy": "30"},
        {"lon": "-1.9138", "lat": "52.4718", "accuracy": "90000"},
        {},
    ],
)
def test_every_word_about_a_position_goes_through_gettext(
    client: Client, position: dict[str, str]
) -> None:
    assert words_outside(client.post("/my-area/near", position).text) == []


def test_every_word_to_somebody_who_reports_too_much_goes_through_gettext(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A count of its own: other tests report as well, within the same minute.
    monkeypatch.setattr(submit, "_counter", submit.Counter())
    monkeypatch.setattr(submit, "this_minute", lambda: 1)
    report = {"kind": "place", "text": "⟦wrong⟧"}
    for _ in range(submit.MOST_A_MINUTE):
        client.post("/reports/new/libraries", report)

    answer = client.post("/reports/new/libraries", report)

    assert answer.status_code == 429
    assert words_outside(answer.text) == []


@pytest.mark.parametrize("report", [{}, {"kind": "place", "text": "x" * 3000, "email": "nobody"}])
def test_every_word_about_a_form_goes_through_gettext(
    client: Client, report: dict[str, str]
) -> None:
    answer = client.post("/reports/new/libraries/L120", report)

    assert answer.status_code == 400
    assert words_outside(answer.text) == []


def test_words_outside_brackets_are_found_wherever_people_meet_them() -> None:
    page = (
        '<p title="Hello">⟦fine ⟦twice⟧ <b>inside</b>⟧ bare <code>code</code></p>'
        '<script type="application/json">{"label": "⟦a map⟧", "texts": {"a": "told"}}</script>'
    )

    assert words_outside(page) == ["Hello", "bare", "told"]
