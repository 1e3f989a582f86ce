"""The sample city's bins through the real importers, and what its people are told."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from gazetteer.query import Place
from importers.catalogue.load import load_catalogue
from importers.pipeline import import_layer
from importers.request import ImportRequest
from sample_city.addresses import Address
from sample_city.city import WRITERS
from sample_city.ground import Ground, lay_ground
from tests.factories import drop_everything
from tests.factories.processes import ROOT
from waste.collection import NotKnown, State
from waste.query import collections_at

pytestmark = pytest.mark.django_db(databases=["default", "read"])

BINS = [layer for layer in WRITERS if layer.startswith("collection-")]


@pytest.fixture(scope="module")
def ground() -> Ground:
    return lay_ground(2026)


@pytest.fixture(scope="module", autouse=True)
def outcomes(
    ground: Ground, tmp_path_factory: pytest.TempPathFactory, django_db_setup, django_db_blocker
) -> Iterator[dict[str, tuple[str, int]]]:
    folder = tmp_path_factory.mktemp("bins")
    catalogue = load_catalogue(ROOT / "catalogue/birmingham")
    with django_db_blocker.unblock():
        try:
            yield {
                layer: _import(catalogue, layer, WRITERS[layer](ground, folder)) for layer in BINS
            }
        finally:
            drop_everything()


def _import(catalogue, layer: str, file: Path) -> tuple[str, int]:
    request = ImportRequest(str(file), is_sample=True)
    report = import_layer(catalogue.layers[layer], catalogue.council, request)
    return report.reason or report.outcome, report.quarantined


def place_of(address: Address) -> Place:
    easting, northing = address.easting, address.northing
    return Place("address", "", f"uprn-{address.uprn}", easting, northing, 0, 0, True)


def test_every_file_is_published_and_what_is_wrong_in_it_is_kept_out(outcomes) -> None:
    assert outcomes == {
        "collection-rounds": ("published", 0),
        "collection-premises": ("published", 2),
        "collection-dates": ("published", 0),
        "collection-changes": ("published", 0),
        "collection-notices": ("published", 0),
    }


def test_every_house_has_a_bin_in_each_fortnight_however_late_the_demo_is_run(ground) -> None:
    houses = [one for one in ground.addresses if not one.flat and not one.parent_uprn]
    first = date(2031, 5, 5)

    for house in houses[::997]:
        answer = collections_at(place_of(house), first, first + timedelta(days=13))

        if answer.not_known is NotKnown.SEVERAL_ROUNDS:
            continue  # on the edge of a ward
        counts = {one.service.name: len(one.collections) for one in answer.services}
        assert counts.pop("Household waste") in (0, 1)  # 0: a calendar of its own, long over
        assert counts == {"Recycling": 1, "Food waste": 2, "Garden waste": 1}


def test_a_flat_has_the_communal_bins_alone(ground) -> None:
    flat = next(one for one in ground.addresses if one.flat)

    answer = collections_at(place_of(flat), date(2026, 9, 7), date(2026, 9, 13))

    [service] = answer.services
    assert service.service.container == "communal bins"
    assert len(service.collections) == 1


def test_christmas_day_is_moved_and_says_why(ground) -> None:
    flats = [one for one in ground.addresses if one.flat][::7]
    answers = [
        collections_at(place_of(one), date(2026, 12, 25), date(2026, 12, 27)) for one in flats
    ]

    moved = {
        (collection.planned_on, collection.on, collection.reason)
        for answer in answers
        for service in answer.services
        for collection in service.collections
        if collection.state is State.MOVED
    }

    assert moved == {(date(2026, 12, 25), date(2026, 12, 27), "Christmas")}


def test_a_ward_with_roadworks_has_its_notice(ground) -> None:
    days = date(2026, 12, 1), date(2026, 12, 2)
    titles = {
        ward: [notice.title for notice in collections_at(place_of(address), *days).notices]
        for ward, address in {
            one.street.ward.code: one for one in ground.addresses if not one.flat
        }.items()
    }

    assert all(found[0] == "Put bins out by 6am" for found in titles.values())
    assert 1 <= sum("Roadworks" in found for found in titles.values()) <= 3
