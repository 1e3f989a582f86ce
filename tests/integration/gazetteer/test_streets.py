"""Streets come and go with the editions of the address layer."""

import pytest

from gazetteer.models import NamedPlace
from gazetteer.query import search_places
from layers.publish import discard_edition, roll_back
from tests.factories import MadeFeature, make_layer, publish_features, stage_features
from tests.integration.gazetteer.neighbourhood import publish_neighbourhood

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


def test_without_any_layer_nothing_is_found():
    for text in ("B13 9AA", "100070000001", "12 Oak Road"):
        assert search_places(text) == []


def test_a_staged_edition_is_not_searched_before_it_is_published():
    layers = publish_neighbourhood()

    stage_features(layers["addresses"], [])

    assert len(search_places("12 Oak Road")) == 2


def test_a_search_follows_the_published_edition_there_and_back():
    addresses = publish_neighbourhood()["addresses"]
    publish_features(addresses, [])
    assert search_places("12 Oak Road") == []

    roll_back(addresses)

    assert len(search_places("12 Oak Road")) == 2


def test_streets_are_dropped_with_their_edition():
    addresses = publish_neighbourhood()["addresses"]
    old = addresses.published_edition_id
    publish_features(addresses, [])

    discard_edition(old)

    assert not NamedPlace.objects.filter(edition_id=old).exists()


def test_an_address_without_a_location_is_not_found():
    layer = make_layer("addresses", role="address", is_public=False)

    publish_features(layer, [MadeFeature("1", None, {"street": "OAK ROAD"})])

    assert search_places("Oak Road") == []
    assert search_places("1") == []


def test_without_wards_the_councils_extent_decides_what_is_inside():
    layers = publish_neighbourhood()
    layers["wards"].published_edition = None
    layers["wards"].save()

    [place] = search_places("B90 1AA")

    assert place.is_inside_council
