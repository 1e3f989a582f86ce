"""Pages of a layer's table, forwards and backwards, and one feature alone."""

import pytest

from layers.errors import NotFound
from layers.query.registry import find_layer, published_layers
from layers.query.rows import feature_page, find_feature

pytestmark = pytest.mark.django_db(databases=["default", "read"])


def test_pages_forwards_show_every_feature_once_in_the_order_of_the_file(city):
    layer = find_layer("schools")
    seen, after = [], 0

    while after is not None:
        page = feature_page(layer, after=after, limit=37)
        seen += [row.fid for row in page.rows]
        after = page.next_after

    assert seen == [feature.key for feature in city.features["schools"]]


def test_pages_backwards_show_the_same(city):
    layer = find_layer("schools")
    page = feature_page(layer, before=10**9, limit=37)
    seen = [row.fid for row in page.rows]

    while page.previous_before is not None:
        page = feature_page(layer, before=page.previous_before, limit=37)
        seen = [row.fid for row in page.rows] + seen

    assert seen == [feature.key for feature in city.features["schools"]]


def test_the_first_page_has_none_before_it_and_the_last_none_after(city):
    layer = find_layer("areas")

    page = feature_page(layer, limit=2)

    assert (page.previous_before, page.next_after) == (None, None)


def test_a_page_beyond_the_end_is_empty(city):
    page = feature_page(find_layer("areas"), after=1000)

    assert page.rows == ()
    assert page.next_after is None


def test_a_row_without_location_says_so(city):
    [row, *_] = feature_page(find_layer("licences")).rows

    assert (row.longitude, row.latitude) == (None, None)


def test_one_feature_is_found_by_its_id(city):
    row = find_feature(find_layer("areas"), "east")

    assert (row.title, row.properties) == ("East", {"name": "East"})


@pytest.mark.parametrize("fid", ["nobody", "", "' OR '1'='1", "e" * 10_000, "😀"])
def test_a_feature_that_is_not_there_is_not_found(city, fid):
    with pytest.raises(NotFound, match="has no feature"):
        find_feature(find_layer("areas"), fid)


def test_layers_that_are_not_public_are_not_found_by_name(city):
    assert "addresses" not in published_layers()
    with pytest.raises(NotFound):
        find_layer("addresses")


def test_a_layers_fields_are_its_public_ones_in_order(city):
    fields = find_layer("schools").fields

    assert [field.name for field in fields] == ["name", "opened_on", "pupils"]
