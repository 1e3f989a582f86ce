"""CQL2 1.0.0, the three classes of spatial functions: a test for each abstract test."""

import numpy as np
import pytest
import shapely

from layers import crs
from tests.conformance.filtered import CRS, CRS84, GRID, check_logical
from tests.conformance.predicates import BASIC
from tests.conformance.spatial_predicates import (
    FUNCTIONS,
    SHAPES,
    spatial_table,
    square,
    turned_table,
)

pytestmark = pytest.mark.django_db(databases=["default", "read"])

SLUGS = ("places", "fields", "becks")
WORLD = "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))"


@pytest.fixture
def on_grid(found):
    """Return what finds features by literals in EPSG:27700."""
    return lambda slug, text: found(slug, text, **{"filter-crs": GRID})


@pytest.mark.parametrize("slug", SLUGS)
def test_conf_basic_spatial_functions_s_intersects(filter_site, found, slug):
    """/conf/basic-spatial-functions/s_intersects"""
    located = {one.key for one in filter_site.features(slug) if one.shape_27700 is not None}
    assert found(slug, "S_INTERSECTS(geometry,BBOX(-180,-90,180,90))") == located
    assert found(slug, "S_INTERSECTS(geometry,POINT(7.02 49.92))") == set()
    west, east = (f"S_INTERSECTS(geometry,BBOX({x},-90,{x + 90},90))" for x in (-180, 90))
    assert found(slug, f"{west} AND {east}") == set()
    assert filter_site.filtered(slug, "S_INTERSECTS(geometry,POINT(90 180))").status == 400


@pytest.mark.parametrize("slug", SLUGS)
def test_conf_basic_spatial_functions_test_data(filter_site, found, slug):
    """/conf/basic-spatial-functions/test-data: points and boxes, also across the antimeridian."""
    for x, y, size in ((0, 0, 1500), (-300, 400, 800), (2100, 2100, 700)):
        box = square(x + 0.5, y + 0.5, size)
        for uri in (GRID, CRS84):
            low, high = corners(box, uri)
            text = f"S_INTERSECTS(geometry,BBOX({low[0]},{low[1]},{high[0]},{high[1]}))"
            if slug == "places" or uri == GRID:  # the sides of a box lean, on the other grid
                assert found(slug, text, **{"filter-crs": uri}) == filter_site.expected(
                    slug, lambda _, shape, box=box: shape is not None and shape.intersects(box)
                )
    located = found(slug, "S_INTERSECTS(geometry,BBOX(-180,-90,180,90))")
    assert found(slug, "S_INTERSECTS(geometry,BBOX(170,50,0,55))") == located
    assert found(slug, "S_INTERSECTS(geometry,BBOX(0,50,-170,55))") == set()


@pytest.mark.parametrize("slug", SLUGS)
def test_conf_basic_spatial_functions_logical(filter_site, on_grid, slug):
    """/conf/basic-spatial-functions/logical"""
    check_logical(on_grid, filter_site, slug, BASIC | spatial_table("S_INTERSECTS"))


@pytest.mark.parametrize("slug", SLUGS)
def test_conf_basic_spatial_functions_plus_s_intersects(filter_site, found, slug):
    """/conf/basic-spatial-functions-plus/s_intersects: every type of literal, none with a place
    that does not exist"""
    refused = "S_INTERSECTS(geometry,MULTIPOINT(7.02 49.92, 90 180))"
    assert filter_site.filtered(slug, refused).status == 400
    for literal in (
        "LINESTRING(-180 -45, 0 -45)",
        "MULTILINESTRING((-180 -45, 0 -45), (0 45, 180 45))",
        "POLYGON((-180 -90, -90 -90, -90 90, -180 90, -180 -90), (-120 -50, -100 -50, -100 -40, "
        "-120 -40, -120 -50))",
        "MULTIPOLYGON(((-180 -90, -90 -90, -90 90, -180 90, -180 -90)),((0 0, 10 0, 10 10, 0 10, "
        "0 0)))",
        "GEOMETRYCOLLECTION(POINT(7.02 49.92), POLYGON((0 0, 10 0, 10 10, 0 10, 0 0)))",
    ):
        assert found(slug, f"S_INTERSECTS(geometry,{literal})") == set()


@pytest.mark.parametrize("slug", SLUGS)
def test_conf_basic_spatial_functions_plus_test_data(filter_site, on_grid, slug):
    """/conf/basic-spatial-functions-plus/test-data"""
    for text, predicate in spatial_table("S_INTERSECTS").items():
        assert on_grid(slug, text) == filter_site.expected(slug, predicate), text
    parts = [SHAPES["corner"], SHAPES["within one"], SHAPES["lines"].geoms[0]]
    collection = shapely.to_wkt(shapely.GeometryCollection(parts), rounding_precision=-1)
    for name, is_far in (("S_INTERSECTS", False), ("S_DISJOINT", True)):
        assert on_grid(slug, f"{name}(geometry,{collection})") == filter_site.expected(
            slug,
            lambda _, shape, is_far=is_far: (
                None if shape is None else any(map(shape.intersects, parts)) != is_far
            ),
        )


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_conf_spatial_functions(filter_site, found, slug, name):
    """/conf/spatial-functions/s_intersects … s_overlaps: each function with each kind of literal"""
    box = found(slug, f"{name}(geometry,BBOX(-180,-90,180,90))")
    assert box == found(slug, f"{name}(geometry,{WORLD})")
    line = found(slug, f"{name}(geometry,LINESTRING(7 50, 10 51))")
    point = found(slug, f"{name}(geometry,POINT(7.02 49.92))")
    several = found(slug, f"{name}(geometry,MULTIPOINT(7 50,10 51))")
    located = {one.key for one in filter_site.features(slug) if one.shape_27700 is not None}
    is_far, is_inside = name == "S_DISJOINT", name in ("S_INTERSECTS", "S_WITHIN")
    assert box == (located if is_inside else set())
    assert line == point == several == (located if is_far else set())
    assert filter_site.filtered(slug, f"{name}(geometry,POINT(90 180))").status == 400


@pytest.mark.parametrize("slug", SLUGS)
def test_conf_spatial_functions_test_data(filter_site, on_grid, slug):
    """/conf/spatial-functions/test-data: each function finds what GEOS finds here"""
    for text, predicate in (spatial_table() | turned_table()).items():
        assert on_grid(slug, text) == filter_site.expected(slug, predicate), text


def test_the_shapes_tell_every_function_from_nothing(filter_site):
    """Every function is true of some feature, so that a wrong one would be seen."""
    for name in FUNCTIONS:
        assert any(
            filter_site.expected(slug, predicate)
            for slug in SLUGS
            for predicate in spatial_table(name).values()
        ), name


@pytest.mark.parametrize("slug", SLUGS)
def test_conf_spatial_functions_logical(filter_site, on_grid, slug):
    """/conf/spatial-functions/logical"""
    check_logical(on_grid, filter_site, slug, BASIC | spatial_table())


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("uri", [CRS84, f"{CRS}EPSG/0/4326", GRID, f"{CRS}EPSG/0/3857"])
def test_a_polygon_finds_the_same_in_whatever_crs_it_is_written(filter_site, found, slug, uri):
    shape = shapely.Point(square(1300, 1300, 0.01).centroid).buffer(777)
    wkt = shapely.to_wkt(in_crs(shape, uri), rounding_precision=-1)

    keys = found(slug, f"S_INTERSECTS(geometry,{wkt})", **{"filter-crs": uri})

    assert keys == filter_site.expected(
        slug, lambda _, one: one is not None and one.intersects(shape)
    )


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("place", [0, 4, 11])
def test_a_geometry_copied_from_an_answer_is_equal_to_itself(filter_site, found, slug, place):
    features = filter_site.read(f"collections/{slug}/items", limit=1000).json["features"]
    feature = features[place % len(features)]
    wkt = shapely.to_wkt(shapely.geometry.shape(feature["geometry"]), rounding_precision=-1)

    assert found(slug, f"S_EQUALS(geometry,{wkt})") == {feature["id"]}


def corners(box: shapely.Polygon, uri: str) -> tuple[tuple[float, float], tuple[float, float]]:
    west, south, east, north = in_crs(box, uri).bounds
    return (west, south), (east, north)


def in_crs(shape: shapely.Geometry, uri: str) -> shapely.Geometry:
    """Return a shape in EPSG:27700 in another CRS, in the order of that CRS's axes."""

    def change(coordinates: np.ndarray) -> np.ndarray:
        if uri == GRID:
            return coordinates
        x, y = crs.lonlat_from_national_grid(*coordinates.T.copy())
        if uri.endswith("3857"):
            radius = 6378137.0
            x, y = np.radians(x) * radius, np.log(np.tan(np.pi / 4 + np.radians(y) / 2)) * radius
        return np.column_stack([y, x] if uri.endswith("4326") else [x, y])

    return shapely.transform(shape, change)
