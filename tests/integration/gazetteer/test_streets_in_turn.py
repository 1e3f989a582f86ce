"""Streets of many houses hide no others that a text may mean as well."""

from collections.abc import Iterator
from typing import Any

import pytest
import shapely

from gazetteer.query import search_places, suggest_places
from tests.factories import MadeFeature, drop_everything, make_field, make_layer, publish_features

pytestmark = [
    pytest.mark.django_db(databases=["default", "read"]),
    pytest.mark.usefixtures("addresses"),
]

# Street, house number, how many flats.
_HOUSES = [
    ("MILL LANE", "2", 12),
    ("MILL ROAD", "2", 1),
    ("MILL WAY", "2", 1),
    ("KNOWLES HILL", "1", 2),
    ("KNOWLES HILL ROAD", "1", 1),
    ("KNOWLES HILL ROAD", "34", 1),
]


@pytest.fixture(scope="module")
def addresses(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        try:
            layer = make_layer(
                "addresses",
                role="address",
                fields=[make_field("street", is_queryable=True)],
                title_field="street",
            )
            publish_features(layer, list(_features()))
            yield
        finally:
            drop_everything()


def _features() -> Iterator[MadeFeature]:
    for place, (street, number, flats) in enumerate(_HOUSES):
        for flat in range(flats):
            parts = {"street": street, "pao_start_number": number, "town": "BIRMINGHAM"}
            if flats > 1:
                parts["sao_start_number"] = str(flat + 1)
            point = shapely.Point(407000 + place, 283000 + flat)
            yield MadeFeature(f"{place * 100 + flat}", point, parts)


def houses(text: str, limit: int = 10) -> list[str]:
    labels = [one.label for one in suggest_places(text, limit, kinds=["address"])]
    return [label.removesuffix(", Birmingham").rpartition(", ")[2] for label in labels]


def test_each_of_several_streets_has_its_turn():
    found = houses("2 mlil")

    assert sorted(found[:3]) == ["2 Mill Lane", "2 Mill Road", "2 Mill Way"]
    assert set(found[3:]) == {"2 Mill Lane"}


def test_the_very_name_comes_before_all_others():
    assert houses("1 knowles hill") == ["1 Knowles Hill"] * 2 + ["1 Knowles Hill Road"]


def test_a_number_that_the_very_name_has_not_is_looked_for_in_longer_names():
    assert houses("34 knowles hill") == ["34 Knowles Hill Road"]


def test_a_search_lists_street_by_street():
    labels = [one.label for one in search_places("2 mlil")]
    streets = [label.removesuffix(", Birmingham").rpartition(", ")[2] for label in labels]

    assert streets[:12] == ["2 Mill Lane"] * 12
    assert sorted(streets[12:]) == ["2 Mill Road", "2 Mill Way"]
