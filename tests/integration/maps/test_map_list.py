"""In which order the list beside the map names what is in view."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client, override_settings
from shapely import Point

from layers.query import counts
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

_PLAIN_STATIC_FILES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# Two have one name, and one has none: that is called by its id.
_NAMES = ["Plot 10", "plot 1", "Élan Way", "Zoo", "Plot 2", "Acre", None, "Elm Row", "Plot 2"]
_BY_NAME = ["6", "Acre", "Élan Way", "Elm Row", "plot 1", "Plot 2", "Plot 2", "Plot 10"]


@pytest.fixture
def client() -> Iterator[Client]:
    with override_settings(STORAGES={**settings.STORAGES, **_PLAIN_STATIC_FILES}):
        yield Client()


def _publish(names: list[str | None]) -> None:
    plots = make_layer("plots", fields=[make_field("name")])
    features = [
        # EPSG:27700, metres; a feature without a location is listed like any other.
        MadeFeature(str(place), Point(406_000 + place, 286_000) if place else None, {"name": name})
        for place, name in enumerate(names)
    ]
    publish_features(plots, features)


def _pages(client: Client) -> Iterator[list[str]]:
    """Yield the names of each page, by the links that lead on."""
    address = "/map/list?layer=plots"
    while address:
        page = client.get(address).text
        yield re.findall(r'<p class="map-list__name"><a [^>]*>([^<]*)</a>', page)
        further = re.search(r'href="\?([^"]*after\.plots=[^"]*)"', page)
        address = f"/map/list?{further[1].replace('&amp;', '&')}" if further else ""


def test_it_goes_by_name_and_two_comes_before_ten(client: Client) -> None:
    _publish(_NAMES)

    [listed] = _pages(client)

    assert listed == [*_BY_NAME, "Zoo"]
    page = client.get("/map?layer=plots").text
    assert "Each layer is listed A to Z, and 2 comes before 10." in page


def test_every_page_goes_on_where_the_last_one_ended(client: Client) -> None:
    # Three of each name, in an order that is nobody's.
    names: list[str | None] = [f"Plot {(7 * n) % 11}" for n in range(33)]
    _publish(names)

    pages = list(_pages(client))

    assert [len(page) for page in pages] == [10, 10, 10, 3]
    expected = sorted(int(str(name).removeprefix("Plot ")) for name in names)
    assert [name for page in pages for name in page] == [f"Plot {n}" for n in expected]


def test_a_page_after_a_feature_that_is_gone_begins_anew(client: Client) -> None:
    _publish(_NAMES)

    page = client.get("/map/list?layer=plots&after.plots=999999999").text

    assert ">Acre</a>" in page


def test_of_more_than_are_counted_the_source_has_the_order(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish(_NAMES)
    monkeypatch.setattr(counts, "MOST_COUNTED", 3)

    [listed] = _pages(client)

    assert listed == [name or "6" for name in _NAMES]
    assert "in the order of their source" in client.get("/map/list?layer=plots").text
