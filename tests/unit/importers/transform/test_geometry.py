"""From a source's coordinates to shapes in both systems. Every test says its CRS."""

from collections.abc import Sequence

import numpy as np
import pytest
import shapely
from convertbng.cutil import convert_lonlat
from shapely import LineString, MultiPoint, MultiPolygon, Point, Polygon, box

from importers.catalogue.entries import ChecksEntry, LatLonColumn
from importers.errors import CheckFailed
from importers.transform.geometry import (
    SourceShapes,
    StoredShapes,
    require_known_crs,
    shapes_from_columns,
    shapes_from_lat_lon,
    shapes_from_wkb,
    store_shapes,
)
from tests.factories.batches import source_batch
from tests.factories.entries import EASTING_NORTHING

METRES_PER_DEGREE = 111_000
# Birmingham Council House: EPSG:27700 in metres, and in EPSG:4326 by OSTN15.
EASTING, NORTHING = 406_790.0, 286_960.0


def store(
    *shapes: shapely.Geometry | None, crs: str = "EPSG:27700", geometry_type: str = "Polygon"
) -> StoredShapes:
    """Store shapes as rows 1, 2, … of a layer of ``geometry_type``."""
    column = np.full(len(shapes), None, dtype=object)
    column[:] = shapes
    rows = np.arange(1, len(shapes) + 1)
    return store_shapes(SourceShapes(column, crs, []), rows, geometry_type, ChecksEntry())


def kinds(stored: StoredShapes) -> list[tuple[str, str, int | None]]:
    return [(finding.kind, finding.severity, finding.row) for finding in stored.findings]


def square(west: float = EASTING, south: float = NORTHING, side_m: float = 100) -> Polygon:
    return box(west, south, west + side_m, south + side_m)


def test_a_point_in_the_national_grid_is_placed_in_degrees_by_ostn15() -> None:
    stored = store(Point(EASTING, NORTHING), geometry_type="Point")

    longitude, latitude = convert_lonlat(np.array([EASTING]), np.array([NORTHING]))
    found = stored.geom_4326[0]
    assert stored.geom_27700[0].equals(Point(EASTING, NORTHING))
    assert abs(found.x - longitude[0]) * METRES_PER_DEGREE < 0.001
    assert abs(found.y - latitude[0]) * METRES_PER_DEGREE < 0.001


def test_a_point_in_degrees_is_placed_in_the_national_grid_by_ostn15() -> None:
    # TP01 of Ordnance Survey's developer pack, Scilly; to 0.01 m.
    stored = store(Point(-6.29977752014, 49.92226393730), crs="EPSG:4326", geometry_type="Point")

    found = stored.geom_27700[0]
    assert abs(found.x - 91492.146) < 0.01
    assert abs(found.y - 11318.804) < 0.01
    assert stored.geom_4326[0].equals(Point(-6.29977752014, 49.92226393730))


def test_a_hole_stays_a_hole_in_both_systems() -> None:
    # EPSG:27700. A square of 100 m with a hole of 20 m.
    holed = Polygon(square().exterior, [square(EASTING + 40, NORTHING + 40, 20).exterior])

    stored = store(holed)

    assert stored.findings == []
    assert stored.geom_27700[0].area == pytest.approx(100 * 100 - 20 * 20)
    assert len(stored.geom_4326[0].interiors) == 1


def test_outer_rings_run_anticlockwise_and_holes_clockwise() -> None:
    # EPSG:27700. Both rings are given the wrong way round.
    outer, inner = square().exterior, square(EASTING + 40, NORTHING + 40, 20).exterior
    clockwise = outer.coords if not outer.is_ccw else outer.coords[::-1]
    anticlockwise = inner.coords if inner.is_ccw else inner.coords[::-1]

    stored = store(Polygon(clockwise, [anticlockwise]))

    for shape in (stored.geom_27700[0], stored.geom_4326[0]):
        assert shape.exterior.is_ccw
        assert not shape.interiors[0].is_ccw


def test_heights_are_dropped() -> None:
    wkb = shapely.to_wkb(np.array([Point(EASTING, NORTHING, -9999)], dtype=object))

    source = shapes_from_wkb(wkb, np.array([1]), "EPSG:27700")

    assert not source.shapes[0].has_z


def test_a_bow_tie_is_kept_out_because_nobody_knows_what_was_meant() -> None:
    # EPSG:27700. Two lobes of equal size: ▷◁
    bow_tie = Polygon(
        [
            (EASTING, NORTHING),
            (EASTING + 100, NORTHING + 100),
            (EASTING + 100, NORTHING),
            (EASTING, NORTHING + 100),
        ]
    )

    stored = store(square(), bow_tie)

    assert kinds(stored) == [("GEOM-INVALID", "error", 2)]
    assert "Self-intersection" in stored.findings[0].message
    assert stored.geom_27700[1] is None
    assert stored.geom_4326[1] is None
    assert stored.geom_27700[0] is not None


def test_a_small_self_crossing_is_mended_and_the_change_of_area_is_told() -> None:
    # EPSG:27700. A square of 100 m whose last edge crosses itself within 0.1 m of a corner.
    crossed = Polygon(
        [
            (EASTING, NORTHING),
            (EASTING + 100, NORTHING),
            (EASTING + 100, NORTHING + 100),
            (EASTING - 0.1, NORTHING + 100),
            (EASTING + 0.1, NORTHING - 0.1),
        ]
    )

    stored = store(crossed)

    assert kinds(stored) == [("GEOM-MENDED", "fixed", 1)]
    assert "area changed by 0.0" in stored.findings[0].message
    assert stored.geom_27700[0].is_valid
    assert stored.geom_27700[0].area == pytest.approx(10_000, rel=0.002)


@pytest.mark.parametrize("side_m", [50, 100, 200])
def test_a_hole_outside_its_shell_is_kept_out(side_m: float) -> None:
    # EPSG:27700. The “hole” lies 500 m east of the square of 100 m.
    stored = store(Polygon(square().exterior, [square(EASTING + 500, side_m=side_m).exterior]))

    assert kinds(stored) == [("GEOM-INVALID", "error", 1)]
    assert stored.geom_27700[0] is None


def test_a_polygon_without_area_is_kept_out() -> None:
    line = [(EASTING, NORTHING), (EASTING + 10, NORTHING), (EASTING + 20, NORTHING)]

    stored = store(Polygon(line))

    assert kinds(stored) == [("GEOM-INVALID", "error", 1)]


@pytest.mark.parametrize("ordinate", [float("nan"), float("inf"), float("-inf")])
def test_a_vertex_that_is_not_a_number_keeps_its_row_out(ordinate: float) -> None:
    # EPSG:27700
    with np.errstate(invalid="ignore"):
        line = LineString([(EASTING, NORTHING), (ordinate, NORTHING), (EASTING + 9, NORTHING)])

    stored = store(line, geometry_type="LineString")

    assert kinds(stored) == [("GEOM-NAN", "error", 1)]
    assert stored.geom_27700.tolist() == stored.geom_4326.tolist() == [None]


def test_a_row_without_a_shape_is_no_fault_of_its_shape() -> None:
    stored = store(None, square())

    assert stored.findings == []
    assert stored.geom_27700[0] is None
    assert stored.geom_4326[0] is None
    assert stored.centroid_4326[0] is None


def test_an_empty_shape_is_kept_out() -> None:
    stored = store(Polygon(), MultiPolygon())

    assert kinds(stored) == [("GEOM-EMPTY", "error", 1), ("GEOM-EMPTY", "error", 2)]


def test_no_rows_give_no_shapes() -> None:
    stored = store()

    assert len(stored.geom_27700) == len(stored.geom_4326) == len(stored.centroid_4326) == 0


@pytest.mark.parametrize(
    ("geometry_type", "shape"),
    [
        ("Polygon", Point(EASTING, NORTHING)),
        ("Point", LineString([(EASTING, NORTHING), (EASTING + 1, NORTHING)])),
        ("LineString", square()),
        ("Point", MultiPoint([(EASTING, NORTHING), (EASTING + 1, NORTHING)])),
        ("Polygon", shapely.GeometryCollection([square()])),
    ],
)
def test_a_shape_of_another_type_is_kept_out(geometry_type: str, shape: shapely.Geometry) -> None:
    stored = store(shape, geometry_type=geometry_type)

    assert kinds(stored) == [("GEOM-TYPE", "error", 1)]
    assert shape.geom_type in stored.findings[0].message


def test_a_multipoint_of_one_point_is_a_point() -> None:
    stored = store(MultiPoint([(EASTING, NORTHING)]), geometry_type="Point")

    assert not [finding for finding in stored.findings if finding.severity == "error"]
    assert stored.geom_27700[0].equals(Point(EASTING, NORTHING))
    assert stored.geom_27700[0].geom_type == "Point"


@pytest.mark.parametrize(
    ("geometry_type", "shape"),
    [
        ("Polygon", MultiPolygon([square(), square(EASTING + 500)])),
        (
            "LineString",
            shapely.MultiLineString(
                [
                    [(EASTING, NORTHING), (EASTING + 1, NORTHING)],
                    [(EASTING, 287_000), (EASTING, 287_001)],
                ]
            ),
        ),
        ("MultiPoint", Point(EASTING, NORTHING)),
    ],
)
def test_several_parts_of_the_right_type_are_taken(
    geometry_type: str, shape: shapely.Geometry
) -> None:
    stored = store(shape, geometry_type=geometry_type)

    assert stored.findings == []
    assert stored.geom_27700[0].equals(shape)


@pytest.mark.parametrize(
    ("crs", "point"), [("EPSG:27700", Point(1e20, 1e20)), ("EPSG:4326", Point(-1.9, 91))]
)
def test_a_coordinate_that_no_place_has_is_kept_out(crs: str, point: Point) -> None:
    stored = store(point, crs=crs, geometry_type="Point")

    assert kinds(stored) == [("COORD-RANGE", "error", 1)]


@pytest.mark.parametrize(
    ("crs", "point"),
    [
        ("EPSG:27700", Point(2_000_000, 2_000_000)),
        ("EPSG:4326", Point(52.48, -1.9)),
    ],
)
def test_a_place_that_ostn15_does_not_reach_is_kept_out(crs: str, point: Point) -> None:
    stored = store(point, crs=crs, geometry_type="Point")

    assert kinds(stored) == [("OUTSIDE-GB", "error", 1)]
    assert stored.geom_27700.tolist() == stored.geom_4326.tolist() == [None]


def test_the_label_of_a_c_shape_lies_inside_it() -> None:
    # EPSG:27700. A square of 100 m with a bay from the east; its centroid lies in the bay.
    c_shape = square().difference(box(EASTING + 10, NORTHING + 10, EASTING + 200, NORTHING + 90))
    assert not c_shape.contains(c_shape.centroid)

    stored = store(c_shape)

    assert stored.geom_4326[0].contains(stored.centroid_4326[0])


def test_a_point_needs_no_label_point() -> None:
    stored = store(Point(EASTING, NORTHING), geometry_type="Point")

    assert stored.centroid_4326.tolist() == [None]


def test_the_marker_of_several_points_is_one_of_them() -> None:
    # EPSG:27700. Two trees of one record, 100 m apart.
    trees = MultiPoint([(EASTING, NORTHING), (EASTING + 100, NORTHING)])

    stored = store(trees, geometry_type="MultiPoint")

    assert stored.centroid_4326[0].geom_type == "Point"
    assert stored.geom_4326[0].intersects(stored.centroid_4326[0])


def test_broken_wkb_keeps_its_row_out() -> None:
    wkb = np.array([b"\x01\x01", None, shapely.to_wkb(Point(1, 2))], dtype=object)

    source = shapes_from_wkb(wkb, np.array([7, 8, 9]), "EPSG:27700")

    assert [(f.kind, f.row) for f in source.findings] == [("GEOM-CORRUPT", 7)]
    assert source.shapes[0] is None
    assert source.shapes[2].equals(Point(1, 2))


def points_from(xs: Sequence[str | None], ys: Sequence[str | None]) -> SourceShapes:
    return shapes_from_columns(source_batch({"Easting": xs, "Northing": ys}), EASTING_NORTHING)


def test_two_columns_are_a_point_with_x_first() -> None:
    source = points_from(["406790.5", "406,790"], ["286960", "286,960"])

    assert source.crs == "EPSG:27700"
    assert source.shapes[0].equals(Point(406790.5, 286960))
    assert source.shapes[1].equals(Point(406790, 286960))


@pytest.mark.parametrize(("x", "y"), [("", ""), ("N/A", "N/A"), (None, None)])
def test_two_empty_coordinates_mean_no_location(x: str | None, y: str | None) -> None:
    source = points_from([x, "406790"], [y, "286960"])

    assert source.shapes[0] is None
    assert source.findings == []


@pytest.mark.parametrize(
    ("x", "y", "missing", "there"),
    [
        ("406790", "", "Northing", "“Easting” is “406790”"),
        (None, "286960", "Easting", "“Northing” is “286960”"),
        ("N/A", "286960", "Easting", "“Northing” is “286960”"),
    ],
)
def test_half_a_position_is_a_fault_of_its_row(
    x: str | None, y: str | None, missing: str, there: str
) -> None:
    source = points_from([x, "406790"], [y, "286960"])

    (finding,) = source.findings
    assert (finding.kind, finding.severity) == ("COORD-MISSING", "error")
    assert (finding.row, finding.field) == (2, missing)
    assert f"{there} and “{missing}” is empty" in finding.message
    assert source.shapes[0] is None


@pytest.mark.parametrize("x", ["east", "#REF!", "430000m", "NaN", "inf", "４０６７９０", "1e400"])
def test_a_coordinate_that_is_no_number_names_its_row_and_column(x: str) -> None:
    source = points_from([x], ["286960"])

    (finding,) = source.findings
    assert (finding.kind, finding.severity) == ("COORD-INVALID", "error")
    assert (finding.row, finding.field, finding.value) == (2, "Easting", x)
    assert source.shapes[0] is None


def test_a_coordinate_that_is_no_number_is_not_told_as_missing_too() -> None:
    source = points_from(["east"], [""])

    assert [finding.kind for finding in source.findings] == ["COORD-INVALID"]


@pytest.mark.parametrize("code", ["EPSG:27700", "EPSG:4326"])
def test_the_two_systems_that_can_be_shifted_exactly_are_taken(code: str) -> None:
    assert require_known_crs(code) == code


@pytest.mark.parametrize(
    ("code", "expected"),
    [(None, "CRS-MISSING"), ("EPSG:3857", "CRS-UNSUPPORTED"), ("EPSG:29903", "CRS-UNSUPPORTED")],
)
def test_an_unknown_system_is_never_guessed(code: str | None, expected: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        require_known_crs(code)

    assert caught.value.code == expected


def test_latitude_longitude_in_one_column_is_read_x_before_y() -> None:
    batch = source_batch(
        {
            "Location": [
                "(51.322989, -2.374956)",
                "High Street\nBath\n(51.38, -2.36)",
                "52.95°, -1.15°",
                "",
                "51.3",
            ]
        }
    )

    source = shapes_from_lat_lon(batch, LatLonColumn("Location"))

    assert source.crs == "EPSG:4326"
    assert source.shapes.tolist() == [
        Point(-2.374956, 51.322989),
        Point(-2.36, 51.38),
        Point(-1.15, 52.95),
        None,
        None,
    ]
    ((fault),) = source.findings
    assert (fault.kind, fault.row, fault.field) == ("COORD-INVALID", batch.rows[4], "Location")
