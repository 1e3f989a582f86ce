"""Bad inputs, section H: what geometries and coordinate systems mean. Metres are EPSG:27700."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shapely import Polygon, box

from importers.catalogue.entries import ChecksEntry
from layers.crs import check_datum_shift, lonlat_from_national_grid
from tests.factories.entries import LONGITUDE_LATITUDE
from tests.factories.source_files import write_csv, write_geopackage
from tests.integration.importers.bad_inputs.desk import Desk

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

Place = tuple[float, float]
# In Smallville, whose extent is 400000 to 410000 and 280000 to 290000, with a margin of 5 km.
PLACES = [(401_000.0, 281_000.0), (405_000.0, 285_000.0), (409_000.0, 289_000.0)]
AREAS = {"geometry_type": "Polygon"}
LENIENT = ChecksEntry(max_quarantined_share=1.0, min_rows=0)
WKT = {"source": {"coordinates": (), "wkt": "shape", "crs": "EPSG:27700"}}


def points(desk: Desk, places: Sequence[Place], x: str = "Easting", y: str = "Northing") -> Path:
    rows = [
        {"ref": f"T{n}", "name": "Oak", x: place[0], y: place[1]}
        for n, place in enumerate(places, start=1)
    ]
    return write_csv(desk.folder / "trees.csv", rows)


def shapes(desk: Desk, *wkt: str) -> Path:
    rows = [{"ref": f"T{n}", "name": "Oak", "shape": one} for n, one in enumerate(wkt, start=1)]
    return write_csv(desk.folder / "areas.csv", rows)


@pytest.mark.parametrize("off_m", [5_000_000.0, 100_000.0])
def test_h02_a_file_of_somewhere_else_is_refused(off_m: float, desk: Desk) -> None:
    places = [(x + off_m, y) for x, y in PLACES]

    desk.refuse(points(desk, places), "OUTSIDE-AREA", "3 of 3", "km east")


def test_h02_one_feature_somewhere_else_is_kept_out(desk: Desk) -> None:
    path = points(desk, [*PLACES, (505_000.0, 285_000.0)])

    desk.accept(path, rows=4, quarantined={5: "OUTSIDE-AREA"})

    assert "km outside the extent" in desk.issues("OUTSIDE-AREA")[0].message


def test_h02_a_feature_300_m_over_the_border_is_published(desk: Desk) -> None:
    desk.accept(points(desk, [*PLACES, (410_300.0, 285_000.0)]), rows=4)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda x, y: (x % 100_000, y), "lost their first digit"),
        (lambda x, y: (x / 1_000, y / 1_000), "kilometres"),
        (lambda x, y: (x * 1_000, y * 1_000), "millimetres"),
        (lambda x, y: (x / 0.3048, y / 0.3048), "feet"),
        (lambda x, y: (-x, -y), "minus sign"),
    ],
    ids=["truncated", "km", "mm", "feet", "negative"],
)
def test_h03_damaged_numbers_are_refused_with_the_best_guess(
    damage: Callable[[float, float], Place], words: str, desk: Desk
) -> None:
    desk.refuse(points(desk, [damage(*place) for place in PLACES]), "CRS-MISMATCH", words)


def test_h03_degrees_in_columns_of_metres_are_refused(desk: Desk) -> None:
    path = points(desk, [(-1.9264, 52.4625), (-1.93, 52.46)])

    desk.refuse(path, "CRS-MISMATCH", "longitudes and latitudes in degrees")


def test_h05_the_datum_shift_is_ordnance_surveys_to_a_centimetre() -> None:
    """Readiness asks the same and answers 503 where the grid is missing (tests of config)."""
    check_datum_shift()
    longitudes, latitudes = lonlat_from_national_grid(
        np.array([91_492.146, 651_409.804]), np.array([11_318.804, 313_177.450])
    )

    centimetre = 0.01 / 111_000
    assert latitudes == pytest.approx([49.92226394, 52.65800783], abs=centimetre)
    assert longitudes == pytest.approx([-6.29977752, 1.71607397], abs=centimetre / 0.6)


def test_h06_coordinates_that_no_place_has_keep_their_row_out(desk: Desk) -> None:
    path = points(desk, [*PLACES, (10**20, 10**20)])

    desk.accept(path, rows=4, quarantined={5: "COORD-RANGE"})


def test_h06_a_latitude_of_91_keeps_its_row_out(desk: Desk) -> None:
    path = points(desk, [(-1.9264, 52.4625), (-1.9264, 91.0)], "Longitude", "Latitude")

    desk.accept(
        path, rows=2, quarantined={3: "COORD-RANGE"},
        source={"coordinates": (LONGITUDE_LATITUDE,)},
    )  # fmt: skip


SELF_TOUCHING = (
    "POLYGON((405000 285000,405100 285000,405050 285050,405100 285100,405000 285100,"
    "405050 285050,405000 285000))"
)
SPIKE = (
    "POLYGON((405000 285000,405100 285000,405100 285100,405100 285400,405100 285100,"
    "405000 285100,405000 285000))"
)
BOW_TIE = "POLYGON((405000 285000,405100 285100,405100 285000,405000 285100,405000 285000))"


@pytest.mark.parametrize("wkt", [SELF_TOUCHING, SPIKE], ids=["self-touching", "spike"])
def test_h10_a_shape_that_touches_itself_is_mended_and_that_is_told(wkt: str, desk: Desk) -> None:
    desk.accept(shapes(desk, wkt), "GEOM-MENDED", rows=1, **AREAS, **WKT)

    (issue,) = desk.issues("GEOM-MENDED")
    assert (issue.severity, issue.row) == ("fixed", 2)
    assert "area changed by 0.000%" in issue.message


def test_h10_a_bow_tie_is_kept_out(desk: Desk) -> None:
    desk.accept(shapes(desk, BOW_TIE), rows=1, quarantined={2: "GEOM-INVALID"}, **AREAS, **WKT)


FITTING = {"checks": replace(LENIENT, no_overlap=True), **AREAS}


def wards(desk: Desk, *areas: Polygon) -> Path:
    rows = [
        {"ref": f"W{n}", "name": f"Ward {n}", "geometry": area}
        for n, area in enumerate(areas, start=1)
    ]
    return write_geopackage(desk.folder / "wards.gpkg", rows)


def test_h10_areas_that_must_not_overlap_and_do_are_named_with_how_much(desk: Desk) -> None:
    path = wards(
        desk, box(401_000, 281_000, 402_010, 282_000), box(402_000, 281_000, 403_000, 282_000)
    )

    desk.accept(path, "LAYER-OVERLAP", rows=2, **FITTING)

    (issue,) = desk.issues("LAYER-OVERLAP")
    assert issue.severity == "warning"
    for words in ("“W1” (row 1)", "“W2” (row 2)", "10,000 m²"):
        assert words in issue.message


def test_h10_a_gap_between_areas_that_must_meet_is_told_with_its_place(desk: Desk) -> None:
    ring = box(401_000, 281_000, 404_000, 284_000) - box(402_000, 282_000, 403_000, 283_000)
    path = wards(desk, ring, box(402_000, 282_000, 402_990, 283_000))

    desk.accept(path, "LAYER-GAP", rows=2, **FITTING)

    assert "10,000 m²" in desk.issues("LAYER-GAP")[0].message


def test_h10_areas_that_meet_are_no_overlap_and_no_gap(desk: Desk) -> None:
    path = wards(
        desk, box(401_000, 281_000, 402_000, 282_000), box(402_000, 281_000, 403_000, 282_000)
    )

    desk.accept(path, rows=2, **FITTING)

    assert not {"LAYER-OVERLAP", "LAYER-GAP"} & desk.kinds


def test_h10_overlaps_are_nobodys_business_where_they_may_be(desk: Desk) -> None:
    square = box(401_000, 281_000, 402_000, 282_000)

    desk.accept(wards(desk, square, square), rows=2, **AREAS)

    assert "LAYER-OVERLAP" not in desk.kinds


@pytest.mark.parametrize(
    "wkt",
    [
        "POINT Z (405000 285000 -9999)",
        "POINT Z (405000 285000 NaN)",
        "POINT M (405000 285000 7)",
        "POINT ZM (405000 285000 -9999 7)",
    ],
)
def test_h11_heights_and_measures_are_left_out(wkt: str, desk: Desk) -> None:
    desk.accept(shapes(desk, wkt), "GEOM-Z", rows=1, **WKT)

    assert desk.features()[0].geom_27700.coords == (405_000, 285_000)


@pytest.mark.parametrize(
    ("wkt", "geometry_type"),
    [
        ("CIRCULARSTRING(405000 285000,405500 285500,406000 285000)", "LineString"),
        (
            "COMPOUNDCURVE((405000 284000,405000 285000),"
            "CIRCULARSTRING(405000 285000,405500 285500,406000 285000))",
            "LineString",
        ),
        (
            "CURVEPOLYGON(CIRCULARSTRING(405000 285000,406000 285000,406000 286000,"
            "405000 286000,405000 285000))",
            "Polygon",
        ),
    ],
    ids=["circularstring", "compoundcurve", "curvepolygon"],
)
def test_h12_curves_are_made_straight_and_how_closely_is_told(
    wkt: str, geometry_type: str, desk: Desk
) -> None:
    desk.accept(shapes(desk, wkt), "GEOM-CURVE", rows=1, geometry_type=geometry_type, **WKT)

    assert "0.5°" in desk.issues("GEOM-CURVE")[0].message


@pytest.mark.parametrize(
    "wkt",
    ["TIN Z (((0 0 0,0 1 0,1 1 0,0 0 0)))", "POLYHEDRALSURFACE Z (((0 0 0,0 1 0,1 1 0,0 0 0)))"],
)
def test_h12_surfaces_in_space_keep_their_row_out(wkt: str, desk: Desk) -> None:
    desk.accept(shapes(desk, wkt), rows=1, quarantined={2: "GEOM-SURFACE"}, **AREAS, **WKT)


def circle(vertices: int) -> Polygon:
    angles = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    return Polygon(
        np.column_stack((405_000 + 4_000 * np.cos(angles), 285_000 + 4_000 * np.sin(angles)))
    )


def with_holes(count: int) -> Polygon:
    """Return a square of 4 km with rows of holes of 5 m, 10 m apart."""
    side = int(count**0.5)
    places = [(402_000 + 10 * (n % side), 283_000 + 10 * (n // side)) for n in range(count)]
    holes = [box(x + 2, y + 2, x + 7, y + 7).exterior.coords for x, y in places]
    return Polygon(box(401_000, 282_000, 408_000, 289_000).exterior.coords, holes)


@pytest.mark.parametrize(
    "make",
    [lambda: circle(800_000), lambda: with_holes(100_000)],
    ids=["800k-vertices", "100k-holes"],
)
def test_h14_a_vast_shape_is_published_with_a_warning(make: Callable[[], Any], desk: Desk) -> None:
    desk.accept(wards(desk, make()), "GEOM-LARGE", rows=1, **AREAS)


def test_h14_a_shape_beyond_the_limit_is_kept_out(desk: Desk) -> None:
    """A circle here; parts and holes count by their vertices in the same way."""
    small = box(401_000, 281_000, 402_000, 282_000)

    desk.accept(
        wards(desk, small, circle(2_100_000)),
        rows=2,
        quarantined={2: "GEOM-TOO-BIG"},
        **AREAS,
    )

    assert "2,100,001 vertices" in desk.issues("GEOM-TOO-BIG")[0].message
