"""Seeded addresses, each found by its UPRN: what is near, by us and by going through it all."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import shapely

from gazetteer.query import Place, find_place
from layers.query.containing import features_at
from layers.query.nearest import nearest_features
from layers.query.registry import PublishedLayer, published_layers
from maps.nearest import describe_nearest
from maps.opening_hours.state import LONDON
from tests.factories.random_city import RandomCity

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

SEED = 20261127
NEAREST = 10
TOLERANCE_M = 0.1
NOON = datetime(2026, 11, 27, 12, tzinfo=LONDON)


@pytest.fixture
def city() -> RandomCity:
    city = RandomCity(SEED)
    city.publish()
    return city


def _places(city: RandomCity) -> Iterator[tuple[str, shapely.Point, Place]]:
    for address in city.features["addresses"]:
        assert isinstance(address.shape_27700, shapely.Point)
        yield address.key, address.shape_27700, find_place(f"uprn-{address.key}")


def _services(city: RandomCity) -> list[PublishedLayer]:
    layers = published_layers()
    return [layers[slug] for slug in city.services]


def test_every_address_is_in_the_ward_that_holds_it(city: RandomCity) -> None:
    wards = published_layers()["wards"]
    wrong = {}

    for uprn, point, place in _places(city):
        found = features_at([wards], place.easting, place.northing)["wards"]
        if {feature.fid for feature in found} != city.containing("wards", point):
            wrong[uprn] = [feature.title for feature in found]

    assert wrong == {}


def test_the_nearest_of_every_service_are_the_nearest(city: RandomCity) -> None:
    services = _services(city)
    wrong = {}

    for uprn, point, place in _places(city):
        found = nearest_features(services, place.easting, place.northing, limit=NEAREST)
        for slug, features in found.items():
            ours = [(feature.fid, feature.distance_m) for feature in features]
            if not _is_same(ours, city.nearest(slug, point)):
                wrong[uprn, slug] = ours

    assert wrong == {}


def test_a_page_lists_the_nearest_in_their_order(city: RandomCity) -> None:
    services = _services(city)
    wrong = {}

    for uprn, point, place in list(_places(city))[::50]:
        for layer in services:
            page = describe_nearest(place, layer, shown=NEAREST, is_open_only=False, moment=NOON)
            ours = [(item.fid, item.distance_m) for item in page.items]
            if not _is_same(ours, city.nearest(layer.slug, point)):
                wrong[uprn, layer.slug] = ours

    assert wrong == {}


def _is_same(ours: list[tuple[str, float]], all_of_them: list[tuple[str, float]]) -> bool:
    """Return whether ours are the nearest of all; equally far ones may come in any order."""
    theirs = all_of_them[:NEAREST]
    distances = dict(all_of_them)
    return (
        len(ours) == len(theirs) == len({fid for fid, _ in ours})
        and all(
            abs(mine[1] - other[1]) <= TOLERANCE_M for mine, other in zip(ours, theirs, strict=True)
        )
        and all(abs(distance - distances[fid]) <= TOLERANCE_M for fid, distance in ours)
    )
