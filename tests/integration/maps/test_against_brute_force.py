"""Seeded addresses, each found by its UPRN: what is there, by us and by going through it all."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import shapely
from pytest_django import DjangoDbBlocker

from gazetteer.query import Place, find_place, spread_of_postcode
from layers.query.containing import features_at
from layers.query.nearest import nearest_features
from layers.query.registry import PublishedLayer, published_layers
from maps.my_area.asked import NEAREST_SHOWN
from maps.my_area.page import MyArea, describe_area
from maps.my_area.section import Section
from maps.nearest import describe_nearest
from maps.opening_hours.state import LONDON
from tests.factories import drop_everything
from tests.factories.edition import MadeFeature
from tests.factories.random_city import WEEKDAYS, Near, RandomCity
from waste.query import collections_at

pytestmark = pytest.mark.django_db(databases=["default", "read"])

SEED = 20261127
NEAREST = 10
TOLERANCE_M = 0.1
# A page asks everything: of so many addresses one.
PAGE_EVERY = 10
NOON = datetime(2026, 11, 27, 12, tzinfo=LONDON)
A_WEEK = timedelta(days=6)


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[RandomCity]:
    city = RandomCity(SEED)
    with django_db_blocker.unblock():
        try:
            city.publish()
            yield city
        finally:
            drop_everything()


def _places(city: RandomCity) -> Iterator[tuple[str, shapely.Point, Place]]:
    for address in city.features["addresses"]:
        assert isinstance(address.shape_27700, shapely.Point)
        yield address.key, address.shape_27700, find_place(f"uprn-{address.key}")


def _postcodes(city: RandomCity) -> Iterator[tuple[str, Place]]:
    for postcode in city.features["postcodes"]:
        yield postcode.properties["postcode"], find_place(postcode.key)


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


def test_every_address_is_on_the_rounds_that_the_council_names_or_whose_area_holds_it(
    city: RandomCity,
) -> None:
    wrong, ways = {}, set()

    for uprn, point, place in _places(city):
        found = collections_at(place, NOON.date(), NOON.date() + A_WEEK)
        ours = {each.service.name: each.round for each in found.services}
        theirs = {
            service: row.properties["round"] for service, row in city.rounds(uprn, point).items()
        }
        ways.add(tuple(sorted(name.split()[0] for name in theirs.values())))
        if ours != theirs or bool(theirs) == bool(found.not_known):
            wrong[uprn] = ours, theirs

    assert wrong == {}
    # By area, by name, one of either, and by nothing.
    assert {("recycling", "refuse"), ("Flats", "Flats"), ("Flats", "refuse"), ()} < ways


def test_the_nearest_of_every_service_are_the_nearest(city: RandomCity) -> None:
    services = _services(city)
    wrong = {}

    for uprn, point, place in _places(city):
        found = nearest_features(services, place.easting, place.northing, limit=NEAREST)
        for slug, features in found.items():
            ours = [(feature.fid, feature.distance_m) for feature in features]
            if not _is_same(ours, city.nearest(slug, point), NEAREST):
                wrong[uprn, slug] = ours

    assert wrong == {}


def test_a_page_lists_the_nearest_in_their_order(city: RandomCity) -> None:
    services = _services(city)
    wrong = {}

    for uprn, point, place in list(_places(city))[::PAGE_EVERY]:
        for layer in services:
            page = describe_nearest(place, layer, shown=NEAREST, is_open_only=False, moment=NOON)
            ours = [(item.fid, item.distance_m) for item in page.items]
            if not _is_same(ours, city.nearest(layer.slug, point), NEAREST):
                wrong[uprn, layer.slug] = ours

    assert wrong == {}


def test_the_page_of_a_place_says_what_is_there(city: RandomCity) -> None:
    for uprn, point, place in list(_places(city))[::PAGE_EVERY]:
        area = describe_area(place, NOON)

        assert {ward.fid for ward in _section(area, "ward").content.wards} == city.containing(
            "wards", point
        )
        assert _zones(area) == _titles_of(city.containing("flood-zones", point))
        assert _bin_days(area) == {
            (service, _next_day(row)) for service, row in city.rounds(uprn, point).items()
        }
        listed = {
            each.layer.slug: [(item.fid, item.distance_m) for item in each.items]
            for section in area.sections
            for each in section.lists
        }
        assert set(listed) == set(city.services)
        for slug, ours in listed.items():
            assert _is_same(ours, city.nearest(slug, point), NEAREST_SHOWN), (uprn, slug)


def test_every_postcode_counts_its_addresses_area_by_area(city: RandomCity) -> None:
    layers = published_layers()
    areas = [layers[slug] for slug in ("wards", "flood-zones", "rounds", "parks")]
    wrong, split = {}, 0

    for code, place in _postcodes(city):
        spread = spread_of_postcode(place, areas)
        homes = city.homes_of(code)
        for each in spread.layers:
            slug = each.layer.slug
            ours = {share.fid: share.address_count for share in each.shares}, each.elsewhere_count
            elsewhere = sum(not city.containing(slug, home) for home in homes)
            if ours != (city.counts(slug, code), elsewhere):
                wrong[code, slug] = ours
        split += len(city.counts("wards", code)) > 1
        assert spread.address_count == len(homes)

    assert wrong == {}
    assert split > len(city.features["postcodes"]) / 2


def test_the_page_of_every_postcode_says_how_many_of_its_addresses_are_in_each_ward(
    city: RandomCity,
) -> None:
    for code, place in _postcodes(city):
        counts = city.counts("wards", code)

        ward = _section(describe_area(place, NOON), "ward")

        said = {each.fid: each.addresses for each in ward.content.wards}
        if len(counts) == 1:
            assert said == dict.fromkeys(counts, "")
        else:
            assert said == {
                fid: f"{count} of {counts.total()} addresses" for fid, count in counts.items()
            }


def _section(area: MyArea, anchor: str) -> Section:
    return next(section for section in area.sections if section.anchor == anchor)


def _zones(area: MyArea) -> set[str]:
    [answer] = _section(area, "areas").content
    return set(answer.titles)


def _titles_of(fids: set[str]) -> set[str]:
    return {f"Nº {fid.removeprefix('n')}" for fid in fids}


def _bin_days(area: MyArea) -> set[tuple[str, date]]:
    return {(day.service, day.on) for day in _section(area, "bins").content.days}


def _next_day(round_: MadeFeature) -> date:
    """Return the next of a round's days, which come every week."""
    today = NOON.date()
    ahead = (WEEKDAYS.index(round_.properties["weekday"]) - today.weekday()) % 7
    return today + timedelta(days=ahead)


def _is_same(ours: Near, all_of_them: Near, most: int) -> bool:
    """Return whether ours are the nearest of all; equally far ones may come in any order."""
    theirs = all_of_them[:most]
    distances = dict(all_of_them)
    return (
        len(ours) == len(theirs) == len({fid for fid, _ in ours})
        and all(
            abs(mine[1] - other[1]) <= TOLERANCE_M for mine, other in zip(ours, theirs, strict=True)
        )
        and all(abs(distance - distances[fid]) <= TOLERANCE_M for fid, distance in ours)
    )
