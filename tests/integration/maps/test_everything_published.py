"""Pages of a council that publishes everything: each part has its say, and says it once."""

from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from gazetteer.query import find_place
from maps.my_area.page import describe_area
from maps.opening_hours.state import LONDON
from tests.factories import drop_everything
from tests.factories.whole_council import (
    ADDRESS,
    OTHER_POSTCODE,
    POSTCODE,
    TODAY,
    publish_whole_council,
)

pytestmark = pytest.mark.django_db(databases=["default", "read"])

PLAIN_STATIC_FILES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=LONDON)


class _Items(HTMLParser):
    """Reads what the map's script reads: number, shape, place and name of every item, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[dict[str, str]] = []
        self._reading = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attributes}
        if "data-map-item" in named:
            at = f"{named['data-longitude']} {named['data-latitude']}"
            self.items.append({"at": at, "number": "", "name": "", "shape": ""})
        elif self.items and "data-map-name" in named:
            self._reading = "name"
        elif self.items and "symbol" in named.get("class", "").split() and tag == "span":
            self.items[-1]["shape"] = self.items[-1]["shape"] or named["class"]
            self._reading = "" if self.items[-1]["number"] else "number"

    def handle_endtag(self, tag: str) -> None:
        self._reading = ""

    def handle_data(self, data: str) -> None:
        if self._reading:
            self.items[-1][self._reading] += data.strip()


@pytest.fixture(scope="module", autouse=True)
def council(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        try:
            yield publish_whole_council()
        finally:
            drop_everything()


@pytest.fixture
def client() -> Iterator[Client]:
    with (
        override_settings(STORAGES={**settings.STORAGES, **PLAIN_STATIC_FILES}),
        patch("django.utils.timezone.localtime", return_value=NOON),
        patch("django.utils.timezone.localdate", return_value=TODAY),
    ):
        yield Client()


def _items_of(page: str) -> list[dict[str, str]]:
    reader = _Items()
    reader.feed(page)
    return reader.items


@pytest.mark.parametrize("slug", [ADDRESS, POSTCODE])
def test_what_is_on_the_map_is_in_the_lists_under_the_same_number_and_in_order(
    client: Client, slug: str
) -> None:
    area = describe_area(find_place(slug), NOON)
    listed = [
        {
            "at": f"{item.longitude:.6f} {item.latitude:.6f}",
            "number": str(item.number),
            "name": item.title,
            "shape": f"symbol symbol--{each.symbol}",
        }
        for section in area.after_map
        for each in section.lists
        for item in each.items
    ]

    mapped = _items_of(client.get(f"/my-area/{slug}").text)

    assert mapped == listed
    assert [item["number"] for item in mapped] == [str(n + 1) for n in range(len(mapped))]
    names = {item["name"] for item in mapped}
    # Of each sort of list: services, an area as a service, schools, planning.
    assert {"Library 120", "Here Park", "Bank 1", "Hill Secondary", "Works 3"} < names
    of_shape = {(item["shape"], name) for item, (name, _) in zip(mapped, _lists(area), strict=True)}
    assert len(of_shape) == len({name for name, _ in _lists(area)})


def _lists(area) -> list[tuple[str, int]]:
    """Return the layer of each item, in the order of the page."""
    return [
        (each.layer.slug, item.number)
        for section in area.after_map
        for each in section.lists
        for item in each.items
    ]


def test_an_address_is_told_everything_and_each_thing_once(client: Client) -> None:
    page = client.get(f"/my-area/{ADDRESS}").text

    for words in (
        "Your household waste goes on Tuesday 1 December instead of Monday 30 November.",
        "This address is in Ladywood ward.",
        "3 planning applications were received within",
        "Planning limits here: Conservation areas.",
        "Gates locked",
        ">Cllr Vale</span>",
        "<li>Tips</li>",
        "This place is in its catchment area.",
    ):
        assert page.count(words) == 1, words
    anchors = ["bins", "ward", "near-waste", "near-leisure", "schools", "planning", "areas"]
    places = [page.index(f'id="{anchor}"') for anchor in [*anchors, "not-known"]]
    assert places == sorted(places)
    assert "Cllr Hill" not in page
    assert "The answers differ" not in page


def test_a_postcode_is_told_where_its_addresses_differ_and_nothing_for_its_middle(
    client: Client,
) -> None:
    page = client.get(f"/my-area/{POSTCODE}").text

    for words in (
        "B1 1BB is in 2 wards",
        "Wards: of 5 addresses, 3 are in Ladywood and 2 are in Moseley.",
        "Conservation areas: of 5 addresses, 3 are in Old Town and 2 are in none.",
        "Flood zones: of 5 addresses, 2 are in River Rea and 3 are in none.",
        "Choose your address to see its bin days",
        "Cllr Vale",
        "Cllr Hill",
    ):
        assert words in page, words
    assert "Your household waste" not in page


def test_a_postcode_on_one_side_is_answered_as_its_addresses_are(client: Client) -> None:
    page = client.get(f"/my-area/{OTHER_POSTCODE}").text

    assert "B1 2BB is in Ladywood ward." in page
    assert "Your household waste goes on Tuesday 1 December" in page
    assert "are in none" not in page


@pytest.mark.parametrize(
    ("slug", "label"),
    [
        ("uprn-99", "UPRN 99 in B1 1BB"),
        ("street-oak-road_birmingham", "Oak Road, Birmingham"),
        ("place-osgb4000000000000001", "Digbeth, Birmingham"),
        ("ward-E1", "Ladywood"),
        ("grid-SP059860", "SP 059 860"),
        ("B1", "B1"),
        ("B1-1", "B1 1"),
    ],
)
@pytest.mark.parametrize("words", ["", "?words=easy"])
def test_every_kind_of_place_has_the_whole_page(
    client: Client, slug: str, label: str, words: str
) -> None:
    answer = client.get(f"/my-area/{slug}{words}")

    assert answer.status_code == 200
    assert f">{label}</h1>" in answer.text
    ward = "Moseley" if slug in ("B1", "street-oak-road_birmingham") else "Ladywood"
    # Of a ward nobody needs to be told that it is in itself.
    assert (f"is in {ward} ward." in answer.text) == (not slug.startswith("ward-"))
    for said in (
        "Library 333",
        "Hill Secondary",
        "What is being built near here",
        "Conservation area",
    ):
        assert said in answer.text, said


def test_the_easy_version_and_the_frame_have_the_sections_of_the_page(client: Client) -> None:
    area = describe_area(find_place(ADDRESS), NOON)
    easy = client.get(f"/my-area/{ADDRESS}?words=easy").text
    framed = client.get(f"/embed/my-area/{ADDRESS}").text

    for section in area.sections:
        assert f'id="{section.anchor}">{section.title}</h2>' in easy
        for line in section.easy:
            assert line.replace("'", "&#x27;") in easy
    for sentence in area.summary:
        assert sentence in framed
