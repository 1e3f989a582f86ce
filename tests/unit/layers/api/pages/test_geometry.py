"""Geometries in words."""

from layers.api.pages.geometry import describe_geometry, middle_of

SQUARE = [[0.0, 50.0], [2.0, 50.0], [2.0, 52.0], [0.0, 52.0], [0.0, 50.0]]
HOLE = [[0.5, 50.5], [1.0, 50.5], [1.0, 51.0], [0.5, 50.5]]


def test_a_polygon_with_a_hole_says_how_many_positions_it_has_and_where_it_lies():
    words = describe_geometry({"type": "Polygon", "coordinates": [SQUARE, HOLE]})

    assert words is not None
    assert (words.type, words.position_count) == ("Polygon", 9)
    assert (words.low, words.high) == ((0.0, 50.0), (2.0, 52.0))
    assert middle_of({"type": "Polygon", "coordinates": [SQUARE]}) == (1.0, 51.0)


def test_a_point_is_written_out():
    words = describe_geometry({"type": "Point", "coordinates": [-1.9, 52.48]})

    assert words is not None
    assert words.text == "[-1.9,52.48]"


def test_a_long_one_is_not():
    line = {"type": "LineString", "coordinates": [[n / 7, n / 9] for n in range(1000)]}

    words = describe_geometry(line)

    assert words is not None
    assert words.text == ""
    assert words.position_count == 1000


def test_a_collection_counts_those_of_its_members():
    point = {"type": "Point", "coordinates": [1.0, 2.0]}
    words = describe_geometry({"type": "GeometryCollection", "geometries": [point, point]})

    assert words is not None
    assert words.position_count == 2


def test_an_empty_one_lies_nowhere():
    assert middle_of({"type": "MultiPoint", "coordinates": []}) is None
    assert describe_geometry(None) is None
