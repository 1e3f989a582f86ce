"""Which areas the addresses of a postcode lie in: one, several, none, or nobody can tell."""

from collections import Counter

import numpy as np
import pytest
import shapely
from django.db import connections
from django.test.utils import CaptureQueriesContext

from gazetteer.query import (
    Certainty,
    Place,
    PostcodeSpread,
    addresses_of_postcode,
    find_place,
    part_of_postcode,
    spread_of_postcode,
)
from layers.errors import NotFound
from layers.query.registry import find_layer, published_layers
from tests.factories import MadeFeature, make_field, make_layer, publish_features
from tests.integration.gazetteer.divided_postcode import (
    KINGS_HEATH,
    MIDDLES,
    MOSELEY,
    publish_addresses,
    publish_postcodes,
    publish_wards,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


def polygons() -> list:
    return [each for each in published_layers().values() if each.geometry_type == "Polygon"]


def spread_of(postcode: str) -> PostcodeSpread:
    return spread_of_postcode(find_place(postcode), polygons())


def shares(spread: PostcodeSpread, layer: str = "wards") -> dict[str, int]:
    return {share.fid: share.address_count for share in spread.of(find_layer(layer)).shares}


def test_a_postcode_in_two_wards_has_both_with_their_addresses():
    publish_wards(), publish_postcodes(), publish_addresses()

    spread = spread_of("B138AB")

    [wards] = spread.layers
    assert wards.certainty is Certainty.SEVERAL
    assert [(share.title, share.address_count) for share in wards.shares] == [
        ("Moseley", 9),
        ("King's Heath", 6),
    ]
    assert (spread.address_count, spread.outside_count, wards.elsewhere_count) == (15, 0, 0)
    assert spread.has_list


def test_a_postcode_in_one_ward_has_one_answer():
    publish_wards(), publish_postcodes(), publish_addresses()

    spread = spread_of("B138EF")

    assert spread.layers[0].certainty is Certainty.ONE
    assert shares(spread) == {"moseley": 2}


def test_addresses_beyond_the_council_are_counted():
    publish_wards(), publish_postcodes(), publish_addresses()

    divided, beyond = spread_of("B138CD"), spread_of("B138GH")

    assert divided.layers[0].certainty is Certainty.SEVERAL
    assert (shares(divided), divided.outside_count) == ({"kings-heath": 3}, 2)
    assert not divided.is_outside
    assert (shares(beyond), beyond.outside_count) == ({}, 1)
    assert beyond.is_outside


def test_without_addresses_the_middle_answers_and_says_how_far_the_edge_is():
    publish_wards(), publish_postcodes()

    near, far = spread_of("B138JK"), spread_of("B138LM")

    [wards] = near.layers
    assert wards.certainty is Certainty.CANNOT_TELL
    assert shares(near) == {"moseley": 0}
    assert wards.edge_m == pytest.approx(40, abs=0.001)
    assert [area.fid for area in wards.nearby] == ["kings-heath"]
    [wards] = far.layers
    assert (wards.certainty, wards.edge_m, wards.nearby) == (Certainty.CANNOT_TELL, None, ())


def test_a_postcode_without_addresses_of_its_own_cannot_tell_although_others_have_some():
    publish_wards(), publish_postcodes(), publish_addresses()

    spread = spread_of("B138JK")

    assert spread.layers[0].certainty is Certainty.CANNOT_TELL
    assert (spread.address_count, spread.source, spread.has_list) == (0, None, False)


def test_a_lookup_of_properties_counts_where_there_is_no_list_of_addresses():
    publish_wards(), publish_postcodes(), publish_addresses("property")

    spread = spread_of("B138AB")

    assert shares(spread) == {"moseley": 9, "kings-heath": 6}
    assert not spread.has_list
    assert addresses_of_postcode(spread.place) == ()


def test_addresses_without_postcodes_are_not_searched():
    publish_wards(), publish_postcodes()
    gazetteer = make_layer("addresses", role="address", fields=[make_field("street")])
    publish_features(gazetteer, [MadeFeature("1", shapely.Point(405500, 281000), {"street": "X"})])

    assert spread_of("B138AB").layers[0].certainty is Certainty.CANNOT_TELL


def test_areas_that_overlap_split_only_where_an_address_is_left_out():
    publish_wards(), publish_postcodes(), publish_addresses()
    whole = make_layer("catchments", "Polygon", role="school-catchment")
    both = shapely.union(MOSELEY, KINGS_HEATH)
    publish_features(whole, [MadeFeature(n, both, {"name": n}) for n in ("one", "two")])
    part = make_layer("conservation-areas", "Polygon", is_constraint=True)
    publish_features(part, [MadeFeature("1", shapely.box(405000, 280990, 405925, 281010))])
    nothing = make_layer("flood-zones", "Polygon", is_constraint=True)
    publish_features(nothing, [MadeFeature("1", shapely.box(405000, 280000, 405010, 280010))])

    spread = spread_of("B138AB")

    certainty = {each.layer.slug: each.certainty for each in spread.layers}
    assert certainty == {
        "wards": Certainty.SEVERAL,
        "catchments": Certainty.ONE,
        "conservation-areas": Certainty.SEVERAL,
        "flood-zones": Certainty.ONE,
    }
    assert shares(spread, "catchments") == {"one": 15, "two": 15}
    assert shares(spread, "conservation-areas") == {"1": 3}
    assert spread.of(find_layer("conservation-areas")).elsewhere_count == 12
    assert shares(spread, "flood-zones") == {}


def test_an_address_on_a_border_is_in_both_wards():
    publish_wards(), publish_postcodes()
    layer = make_layer("addresses", role="address", fields=[make_field("postcode")])
    at = [(406000, 281000), (406000, 281000), (405990, 281000)]
    publish_features(
        layer,
        [
            MadeFeature(str(n), shapely.Point(xy), {"postcode": "B13 8AB"})
            for n, xy in enumerate(at)
        ],
    )

    spread = spread_of("B138AB")

    assert spread.layers[0].certainty is Certainty.SEVERAL
    assert shares(spread) == {"moseley": 3, "kings-heath": 2}


def test_it_is_one_statement_whatever_the_number_of_layers():
    publish_wards(), publish_postcodes(), publish_addresses()
    for number in range(6):
        layer = make_layer(f"zones-{number}", "Polygon", is_constraint=True)
        publish_features(layer, [MadeFeature("1", MOSELEY)])
    place, layers = find_place("B138AB"), polygons()
    spread_of_postcode(place, layers)

    def statements(count: int) -> int:
        with CaptureQueriesContext(connections["read"]) as queries:
            spread_of_postcode(place, layers[:count])
        return len(queries)

    assert statements(7) == statements(1)


def test_no_layer_at_all_still_counts_the_addresses():
    publish_postcodes(), publish_addresses()

    spread = spread_of("B138AB")

    assert (spread.address_count, spread.layers) == (15, ())


@pytest.mark.parametrize("seed", range(3))
def test_it_counts_as_shapely_does(seed: int):
    """Wards with a hole and an island in it, and addresses anywhere, many on one spot."""
    random = np.random.default_rng(seed)
    hole = shapely.Point(405500, 281000).buffer(300)
    areas = {
        "west": MOSELEY - hole,
        "island": hole.buffer(-50),
        "east": shapely.Polygon([(406000, 280000), (407000, 280500), (406000, 282000)]),
    }
    eastings = random.integers(405000, 407000, 80)
    northings = random.integers(280000, 282000, 80)
    points = [shapely.Point(xy) for xy in zip(eastings, northings, strict=True)]
    points += points[:20]
    wards = make_layer("wards", "Polygon", role="ward", is_area=True)
    publish_features(wards, [MadeFeature(key, shape) for key, shape in areas.items()])
    addresses = make_layer("addresses", role="address", fields=[make_field("postcode")])
    publish_features(
        addresses,
        [MadeFeature(str(n), point, {"postcode": "B13 8AB"}) for n, point in enumerate(points)],
    )
    publish_postcodes()

    spread = spread_of("B138AB")

    expected = Counter(
        key for point in points for key, shape in areas.items() if shape.intersects(point)
    )
    nowhere = sum(not any(shape.intersects(point) for shape in areas.values()) for point in points)
    assert shares(spread) == dict(expected)
    assert spread.outside_count == nowhere
    assert spread.address_count == 100


@pytest.mark.parametrize("fid", ["moseley", "kings-heath"])
def test_a_part_of_a_postcode_has_the_addresses_of_that_part_alone(fid: str):
    publish_wards(), publish_postcodes(), publish_addresses()

    part = part_of_postcode(find_place("B138AB"), find_layer("wards"), fid)
    spread = spread_of_postcode(part, polygons())

    ward, name, count = {
        "moseley": (MOSELEY, "Moseley", 9),
        "kings-heath": (KINGS_HEATH, "King's Heath", 6),
    }[fid]
    assert ward.contains(shapely.Point(part.easting, part.northing))
    assert spread.layers[0].certainty is Certainty.ONE
    assert shares(spread) == {fid: count}
    assert part.label == f"B13 8AB, {name}"


def test_without_addresses_a_part_is_a_point_across_the_border():
    publish_wards(), publish_postcodes()

    part = part_of_postcode(find_place("B138JK"), find_layer("wards"), "kings-heath")
    spread = spread_of_postcode(part, polygons())

    point, middle = shapely.Point(part.easting, part.northing), shapely.Point(MIDDLES["B13 8JK"])
    assert KINGS_HEATH.contains(point)
    assert middle.distance(point) < 100
    assert spread.layers[0].certainty is Certainty.ONE
    assert shares(spread) == {"kings-heath": 0}


@pytest.mark.parametrize("fid", ["kings-heath", "nothing", "", "\0", "'"])
def test_a_part_where_no_address_can_be_is_not_found(fid: str):
    publish_wards(), publish_postcodes(), publish_addresses()
    place: Place = find_place("B138LM")

    with pytest.raises(NotFound):
        part_of_postcode(place, find_layer("wards"), fid)
