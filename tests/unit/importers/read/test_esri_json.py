"""Esri JSON becomes GeoJSON: rings by their direction, nothing where there is nothing.

Coordinates are metres of EPSG:27700.
"""

import pytest
import shapely

from importers.errors import SourceUnreadable
from importers.read.child.esri_json import esri_crs, esri_features


def square(x, size, *, clockwise):
    ring = [[x, 0], [x, size], [x + size, size], [x + size, 0], [x, 0]]
    return ring if clockwise else ring[::-1]


def geometry_of(geometry):
    (feature,) = esri_features({"features": [{"attributes": {"ref": 1}, "geometry": geometry}]})
    assert feature["properties"] == {"ref": 1}
    return feature["geometry"]


def test_holes_go_to_the_ring_around_them():
    hole = [[12, 2], [14, 2], [14, 4], [12, 4], [12, 2]]
    rings = [square(0, 5, clockwise=True), square(10, 9, clockwise=True), hole]

    shape = shapely.geometry.shape(geometry_of({"rings": rings}))

    assert shape.is_valid
    assert shape.area == 25 + 81 - 4
    assert len(shape.geoms[1].interiors) == 1


def test_a_ring_drawn_the_wrong_way_round_in_nothing_is_a_polygon():
    shape = shapely.geometry.shape(geometry_of({"rings": [square(0, 5, clockwise=False)]}))

    assert shape.area == 25


@pytest.mark.parametrize(
    ("geometry", "kind"),
    [
        ({"x": 1.0, "y": 2.0}, "Point"),
        ({"points": [[1, 2], [3, 4]]}, "MultiPoint"),
        ({"paths": [[[1, 2], [3, 4]]]}, "MultiLineString"),
    ],
)
def test_other_kinds_keep_their_coordinates(geometry, kind):
    assert geometry_of(geometry)["type"] == kind


@pytest.mark.parametrize("geometry", [None, {"x": "NaN", "y": "NaN"}, {"rings": []}, {"paths": []}])
def test_an_empty_geometry_is_none(geometry):
    assert geometry_of(geometry) is None


@pytest.mark.parametrize("geometry", [{"curveRings": []}, {"rings": [[["a", 1]]]}, [1]])
def test_what_cannot_be_read_is_not_taken_for_nothing(geometry):
    assert geometry_of(geometry)["type"] == "Curve"


def test_the_grid_is_by_its_latest_number():
    assert esri_crs({"spatialReference": {"wkid": 102100, "latestWkid": 3857}}) == "EPSG:3857"
    with pytest.raises(SourceUnreadable, match="coordinate system"):
        esri_crs({"spatialReference": {"wkt": "PROJCS[]"}})
