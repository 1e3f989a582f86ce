from maps.backdrop import box_around, describe_backdrop, find_backdrop, find_ground
from tests.unit.maps.published import make_published_layer

WARDS = make_published_layer("wards", geometry_type="Polygon", is_area=True)
PARKS = make_published_layer("parks", geometry_type="MultiPolygon", is_service=True)
SCHOOLS = make_published_layer("schools", is_service=True)
LAYERS = {layer.slug: layer for layer in (SCHOOLS, WARDS, PARKS)}


def test_the_backdrop_is_the_first_layer_of_areas() -> None:
    assert find_backdrop(LAYERS) is WARDS


def test_the_ground_is_the_first_service_with_a_shape() -> None:
    assert find_ground(LAYERS) is PARKS


def test_a_council_without_areas_has_no_backdrop() -> None:
    assert describe_backdrop(find_backdrop({"schools": SCHOOLS})) == {}


def test_a_box_holds_all_extents_that_are_known() -> None:
    assert box_around((-2.0, 52.4, -1.9, 52.5), None, (-1.95, 52.3, -1.7, 52.45)) == (
        -2.0,
        52.3,
        -1.7,
        52.5,
    )


def test_there_is_no_box_around_nothing() -> None:
    assert box_around(None, None) is None
