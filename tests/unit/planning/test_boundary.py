"""What people type as a boundary, in metres, grid references, degrees, WKT and GeoJSON."""

import json
import time

import pytest
import shapely

from layers import crs
from planning.boundary import MOST_CORNERS, SiteUnusable, read_boundary

# Birmingham in EPSG:27700 metres: west, south, east, north.
EXTENT = (397000.0, 276000.0, 415000.0, 301000.0)
SQUARE = shapely.box(406600, 286800, 406700, 286900)


def faults_of(text: str) -> list[str]:
    with pytest.raises(SiteUnusable) as caught:
        read_boundary(text, EXTENT)
    return list(caught.value.faults)


def _in_degrees(shape: shapely.Geometry) -> list[tuple[float, float]]:
    return [crs.point_4326(x, y) for x, y in shapely.get_coordinates(shape)]


@pytest.mark.parametrize(
    "text",
    [
        "406600 286800\n406700 286800\n406700 286900\n406600 286900",
        "Easting,Northing\n406600, 286800\n406700, 286800\n406700, 286900\n406600, 286900\n",
        "406600;286800\r\n406700;286800\r\n406700;286900\r\n406600;286900\r\n406600;286800",
        "SP 06600 86800\nSP 06700 86800\nSP0670086900\nsp 0660 8690",
        "406600E 286800N\n(406700, 286800)\n406700\t286900\n406600mE 286900mN",
        "406,600 286,800\n406,700, 286,800\nE 406700 N 286900\nE406600, N286900",
        "N 286800 E 406600\nEasting: 406700 Northing: 286800\n406,700.0 286,900.0\n406600 286,900",
        "POLYGON((406600 286800,406700 286800,406700 286900,406600 286900,406600 286800))",
        "SRID=27700;MULTIPOLYGON Z(((406600 286800 9,406700 286800 9,406700 286900 9,"
        "406600 286900 9,406600 286800 9)))",
        "LINESTRING(406600 286800,406700 286800,406700 286900,406600 286900,406600 286800)",
        "MULTILINESTRING((406600 286800,406700 286800,406700 286900,406600 286900,406600 286800))",
        "GEOMETRYCOLLECTION(POINT(406650 286850), POLYGON((406600 286800,406700 286800,"
        "406700 286900,406600 286900,406600 286800)))",
    ],
)
def test_every_way_of_writing_it_gives_the_same_square(text: str) -> None:
    site = read_boundary(text, EXTENT)

    assert site.equals(SQUARE)


@pytest.mark.parametrize("swapped", [False, True])
def test_degrees_are_shifted_by_ostn15_whichever_comes_first(swapped: bool) -> None:
    corners = _in_degrees(SQUARE)
    lines = [
        f"{lon:.9f}, {lat:.9f}" if swapped else f"{lat:.9f}, {lon:.9f}" for lon, lat in corners
    ]

    site = read_boundary("\n".join(lines), EXTENT)

    assert site.symmetric_difference(SQUARE).area < 0.01  # m²


def test_geojson_may_be_a_geometry_a_feature_or_a_collection() -> None:
    geometry = {"type": "Polygon", "coordinates": [_in_degrees(SQUARE)]}
    feature = {"type": "Feature", "properties": None, "geometry": geometry}
    collection = {"type": "FeatureCollection", "features": [feature]}

    for document in (geometry, feature, collection):
        site = read_boundary(json.dumps(document), EXTENT)
        assert site.symmetric_difference(SQUARE).area < 0.01  # m²


def test_an_empty_line_begins_another_part() -> None:
    text = (
        "406600 286800\n406700 286800\n406700 286900\n\n406800 286800\n406900 286800\n406900 286900"
    )

    site = read_boundary(text, EXTENT)

    assert (site.geom_type, site.area) == ("MultiPolygon", 10_000)


def test_parts_that_share_an_edge_are_one() -> None:
    text = (
        "MULTIPOLYGON(((406600 286800,406700 286800,406700 286900,406600 286900,406600 286800)),"
        "((406700 286800,406800 286800,406800 286900,406700 286900,406700 286800)))"
    )

    site = read_boundary(text, EXTENT)

    assert (site.geom_type, site.area) == ("Polygon", 20_000)


def test_one_corner_is_a_point() -> None:
    assert read_boundary("406600 286800", EXTENT) == shapely.Point(406600, 286800)


def test_each_line_that_cannot_be_read_is_named() -> None:
    faults = faults_of("406600 286800\nfourty\n406700 286900\n4067 286\nSP 06 86")

    assert len(faults) == 3
    assert faults[0].startswith("Line 2: “fourty” is not a corner.")
    assert faults[1].startswith("Line 4: ")
    assert "square of 1000 metres" in faults[2]


def test_of_many_wrong_lines_some_are_named_and_the_rest_counted() -> None:
    faults = faults_of("\n".join(["406600 286800", *["x1"] * 30]))

    assert len(faults) == 9
    assert faults[-1] == "22 more lines cannot be read either."


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "one on each line"),
        ("406600 286800\n406700 286800", "at least three corners"),
        ("406600 286800\n406700 286800\n406800 286800", "on one line"),
        ("406600 286800\n406700 286900\n406700 286800\n406600 286900", "crosses or touches itself"),
        ("286800 406600\n286900 406600\n286900 406700", "look swapped"),
        ("506600 286800\n506700 286800\n506700 286900", "outside the area of this council"),
        ("400000 280000\n410000 280000\n410000 290000", "at most 2,000 can be checked"),
        ("-210000 6885000", "too large"),
        ("POINT(-210000 6885000)", "web map coordinates"),
        ("POINT(406.6 286.8)", "kilometres"),
        ("POLYGON((406600 286800, 406700", "WKT cannot be read"),
        ("POLYGON EMPTY", "WKT is empty"),
        ("SRID=3857;POINT(1 1)", "SRID 3857"),
        ("LINESTRING(406600 286800,406700 286800)", "no area"),
        ("MULTIPOINT((406600 286800),(406700 286900))", "Several points have no area"),
        (
            "GEOMETRYCOLLECTION(POINT(406750 286850), POLYGON((406600 286800,406700 286800,"
            "406700 286900,406600 286800)))",
            "a point outside of the site’s area",
        ),
        ("filled.count.soap", "“filled.count.soap” is not a corner"),
        ("POINT(406600 NaN)", "not a number"),
        ('{"type": "Polygon"', "GeoJSON cannot be read (1:19)"),
        ('{"type": "Polygon", "coordinates": [["a"]]}', "pairs of numbers"),
        ('{"type": "Polygon", "coordinates": []}', "boundary is empty"),
        ('{"type": "FeatureCollection", "features": []}', "no geometry"),
        ("[" * 50 + "{\n{", "not a corner"),
        ('{"a":' * 5000, "GeoJSON cannot be read"),
        ("52.4795 -1.9026\n52.4796 -1.9026\n0 0", "too small"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(text: str, word: str) -> None:
    assert word in " ".join(faults_of(text))


@pytest.mark.parametrize(
    "text", ["plot 1", "4067 286", "POLYGON((406600 286800", "POINT(9999999 1)", "52,480 1,890"]
)
def test_examples_are_of_the_councils_own_area(text: str) -> None:
    bath = (351_000.0, 152_500.0, 381_000.0, 171_500.0)  # EPSG:27700

    with pytest.raises(SiteUnusable) as caught:
        read_boundary(text, bath)
    [fault] = caught.value.faults

    assert "366000 162000" in fault
    assert "4066" not in fault.partition("such as")[2]
    if "grid reference" in fault:
        assert "ST 66000 62000" in fault
    if "degrees, such as" in fault:
        longitude, latitude = crs.point_4326(366_000, 162_000)
        assert f"{latitude:.4f}, {longitude:.4f}" in fault


def test_ten_thousand_corners_are_taken_and_too_many_refused() -> None:
    centre = shapely.Point(406600, 286800)
    many = centre.buffer(500, quad_segs=2500)
    too_many = centre.buffer(500, quad_segs=MOST_CORNERS // 4 + 1)

    assert read_boundary(many.wkt, EXTENT).area == pytest.approx(many.area, abs=1)
    assert "Simplify it" in faults_of(shapely.to_wkt(too_many, rounding_precision=1))[0]


@pytest.mark.parametrize("between", [" ", "\t", " ,", ",", "\u00a0"])
def test_a_long_run_between_two_numbers_is_read_at_once(between: str) -> None:
    began = time.monotonic()

    [fault] = faults_of(f"406600{between * 26}x")

    assert fault.startswith("Line 1: ")
    assert time.monotonic() - began < 1  # second; every way to share the spaces takes 20


def test_wkt_within_wkt_ends_before_the_stack_does() -> None:
    text = "GEOMETRYCOLLECTION(" * 40_000 + "POINT(406600 286800)" + ")" * 40_000

    [fault] = faults_of(text)

    assert fault.startswith("The WKT cannot be read.")


def test_more_lines_than_corners_are_not_read_one_by_one() -> None:
    [fault] = faults_of("x\n" * (MOST_CORNERS + 1))

    assert "20,001 corners" in fault


def test_wkt_with_arcs_is_refused() -> None:
    ring = "406600 286800,406700 286800,406700 286900,406600 286800"

    [fault] = faults_of(f"MULTISURFACE((({ring})))")

    assert fault.startswith("The WKT cannot be read.")
