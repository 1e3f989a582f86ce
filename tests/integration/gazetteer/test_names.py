"""Names come and go with the editions of their layers."""

import pytest
import shapely
from django.utils import timezone

from gazetteer.models import NamedPlace, NameWord, WordVariant
from gazetteer.names import build_missing_names, drop_names
from gazetteer.query import search_places, suggest_places
from layers.publish import discard_edition, roll_back
from tests.factories import (
    MadeFeature,
    make_field,
    make_layer,
    publish_features,
    stage_features,
)
from tests.integration.gazetteer.neighbourhood import publish_neighbourhood

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


def test_without_any_layer_nothing_is_found():
    for text in ("B13 9AA", "100070000001", "12 Oak Road", "B13", "moseley"):
        assert search_places(text) == []
        assert suggest_places(text) == []
    assert [place.label for place in suggest_places("SP 066 868")] == ["SP 066 868"]


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


def test_words_are_dropped_with_their_edition():
    addresses = publish_neighbourhood()["addresses"]
    old = addresses.published_edition_id
    assert NameWord.objects.filter(edition_id=old).exists()
    assert WordVariant.objects.filter(edition_id=old).exists()
    publish_features(addresses, [])

    discard_edition(old)

    assert not NameWord.objects.filter(edition_id=old).exists()
    assert not WordVariant.objects.filter(edition_id=old).exists()


def test_editions_from_before_there_were_names_get_theirs():
    for layer in publish_neighbourhood().values():
        drop_names(layer.published_edition_id)
    assert search_places("12 Oak Road") == []

    build_missing_names()

    assert len(search_places("12 Oak Road")) == 2
    assert suggest_places("moseley")


def test_without_addresses_streets_come_from_the_layer_of_places():
    layers = publish_neighbourhood()
    layers["addresses"].published_edition = None
    layers["addresses"].save()

    [street] = suggest_places("sand lane")

    assert (street.kind, street.slug) == ("street", "place-osgb4000000000000004")
    assert street.detail == "Named Road"


def test_addresses_that_are_open_are_told_to_everybody():
    addresses = publish_neighbourhood()["addresses"]
    addresses.is_public = True
    addresses.changed_at = timezone.now()
    addresses.save()

    found = suggest_places("12a oak road", for_everybody=True)

    assert found[0].label == "12A Oak Road, Moseley, Birmingham, B13 9AA"


def test_a_layer_of_places_may_have_other_fields_than_open_names():
    layer = make_layer("places", role="place", title_field="called", fields=[make_field("called")])

    publish_features(
        layer, [MadeFeature("1", shapely.Point(407000, 283000), {"called": "The Green"})]
    )

    [place] = suggest_places("the green")
    assert (place.kind, place.label, place.slug) == ("place", "The Green", "place-1")


def test_a_name_of_any_length_can_be_staged():
    layer = make_layer("addresses", role="address", is_public=False)
    long = "VERY " * 2_000 + "LONG\tROAD\\N\n"

    publish_features(
        layer, [MadeFeature("1", shapely.Point(407000, 283000), {"street": long, "town": "A\tB"})]
    )

    assert NamedPlace.objects.get().name == long


def test_the_largest_are_kept_of_more_names_than_a_council_has(monkeypatch):
    monkeypatch.setattr("gazetteer.names.MOST_NAMES", 2)

    edition_id = publish_neighbourhood()["addresses"].published_edition_id

    kept = NamedPlace.objects.filter(edition_id=edition_id).values_list("name", flat=True)
    assert sorted(kept) == ["ELM GROVE", "OAK ROAD"]
