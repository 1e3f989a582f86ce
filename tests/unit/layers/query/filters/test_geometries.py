"""Geometries of filters: read in the order of their CRS's axes, and refused before the database."""

import pytest
import shapely

from layers.errors import FilterInvalid
from layers.query.filters.crs import CRS84, find_crs
from layers.query.filters.geometries import read_geometry
from layers.query.filters.limits import MOST_VERTICES

EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


def read(document, uri=CRS84):
    return read_geometry(document, find_crs(uri))


def test_latitude_comes_first_in_epsg_4326():
    assert read({"type": "Point", "coordinates": [52.5, -1.9]}, f"{EPSG}4326").coords[0] == (
        -1.9,
        52.5,
    )
    assert read({"bbox": [52, -2, 53, -1]}, f"{EPSG}4326").bounds == (-2, 52, -1, 53)


def test_web_mercator_becomes_degrees():
    # Birmingham's Council House: PROJ's own answer for -1.9036, 52.4800.
    point = read({"type": "Point", "coordinates": [-211907.7827, 6887385.3102]}, f"{EPSG}3857")

    assert point.coords[0] == pytest.approx((-1.9036, 52.48), abs=1e-5)


def test_a_box_of_six_numbers_gives_up_its_heights():
    assert read({"bbox": [-2, 52, -100, -1, 53, 100]}).bounds == (-2, 52, -1, 53)


def test_a_box_may_cross_the_antimeridian():
    box = read({"bbox": [170, -10, -170, 10]})

    assert box.intersects(shapely.Point(175, 0))
    assert box.intersects(shapely.Point(-175, 0))
    assert not box.intersects(shapely.Point(0, 0))


@pytest.mark.parametrize("uri", [f"{EPSG}27700", f"{EPSG}3857"])
def test_no_box_in_metres_crosses_it(uri):
    with pytest.raises(FilterInvalid, match="lowest values comes first"):
        read({"bbox": [5, 0, 4, 1]}, uri)


@pytest.mark.parametrize(
    ("box", "type_"),
    [([1, 2, 1, 2], "Point"), ([1, 2, 1, 3], "LineString"), ([1, 2, 2, 2], "LineString")],
)
def test_a_flat_box_is_what_it_is(box, type_):
    assert read({"bbox": box}).geom_type == type_


def test_heights_are_left_out():
    assert not read({"type": "Point", "coordinates": [1, 2, 3]}).has_z


@pytest.mark.parametrize("extra", [0, 1])
def test_only_so_many_positions_are_read(extra):
    document = {"type": "MultiPoint", "coordinates": [[1, 2]] * (MOST_VERTICES + extra)}
    if extra:
        with pytest.raises(FilterInvalid, match="4,000 positions"):
            read(document)
    else:
        assert len(read(document).geoms) == MOST_VERTICES
