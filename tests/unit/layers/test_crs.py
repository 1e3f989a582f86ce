"""OSTN15, against Ordnance Survey's own points."""

import csv
from collections.abc import Iterator

import numpy as np
import pytest
import shapely

from layers import crs
from layers.errors import DatumShiftWrong
from tests.factories.shared_data import SHARED_DATA, needs_shared_data

TOLERANCE_M = 0.01
# Along a meridian; a degree of longitude is shorter, so this errs on the strict side.
METRES_PER_DEGREE = 111_320

# Easting, northing (EPSG:27700), longitude, latitude (EPSG:4326), as Ordnance Survey gives them.
CAISTER = (651409.804, 313177.450, 1.71607397, 52.65800783)
SCILLY = (91492.146, 11318.804, -6.29977752014, 49.92226393730)


def ordnance_survey_points() -> Iterator[tuple[str, float, float, float, float]]:
    """Yield name, easting, northing, longitude, latitude of the points of both directions."""
    folder = SHARED_DATA / "osgb-test-vectors"
    degrees = _read(folder / "OSTN15_OSGM15_TestInput_ETRStoOSGB.txt")
    metres = _read(folder / "OSTN15_OSGM15_TestOutput_ETRStoOSGB.txt")
    for name, (latitude, longitude) in degrees.items():
        easting, northing = metres[name]
        yield name, float(easting), float(northing), float(longitude), float(latitude)


def ordnance_survey_results() -> Iterator[tuple[str, float, float, float, float]]:
    """Yield the same for the points that Ordnance Survey takes from grid to degrees."""
    folder = SHARED_DATA / "osgb-test-vectors"
    metres = _read(folder / "OSTN15_OSGM15_TestInput_OSGBtoETRS.txt")
    with (folder / "OSTN15_OSGM15_TestOutput_OSGBtoETRS.txt").open() as lines:
        degrees = {row[0]: row[2:4] for row in csv.reader(lines) if row[1:2] == ["RESULT"]}
    for name, (easting, northing) in metres.items():
        latitude, longitude = degrees[name]
        yield name, float(easting), float(northing), float(longitude), float(latitude)


def _read(path) -> dict[str, list[str]]:
    with path.open() as lines:
        return {row[0]: row[1:3] for row in list(csv.reader(lines))[1:]}


@needs_shared_data
def test_it_takes_every_point_of_ordnance_survey_to_the_grid_within_a_centimetre():
    names, eastings, northings, longitudes, latitudes = zip(*ordnance_survey_points(), strict=True)

    found_e, found_n = crs.national_grid_from_lonlat(np.array(longitudes), np.array(latitudes))

    assert len(names) == 40
    off_m = np.hypot(found_e - np.array(eastings), found_n - np.array(northings))
    assert off_m.max() <= TOLERANCE_M, f"{names[int(off_m.argmax())]} is {off_m.max():.3f} m off"


@needs_shared_data
def test_it_takes_every_point_of_ordnance_survey_to_degrees_within_a_centimetre():
    names, eastings, northings, longitudes, latitudes = zip(*ordnance_survey_results(), strict=True)

    found_lon, found_lat = crs.lonlat_from_national_grid(np.array(eastings), np.array(northings))

    assert len(names) == 40
    off_m = METRES_PER_DEGREE * np.hypot(
        found_lon - np.array(longitudes), found_lat - np.array(latitudes)
    )
    assert off_m.max() <= TOLERANCE_M, f"{names[int(off_m.argmax())]} is {off_m.max():.3f} m off"


@pytest.mark.parametrize("point", [CAISTER, SCILLY], ids=["Caister", "Scilly"])
def test_it_agrees_at_the_control_points_without_any_file(point):
    easting, northing, longitude, latitude = point

    found_easting, found_northing = crs.point_27700(longitude, latitude)
    found_longitude, found_latitude = crs.point_4326(easting, northing)

    assert found_easting == pytest.approx(easting, abs=TOLERANCE_M)
    assert found_northing == pytest.approx(northing, abs=TOLERANCE_M)
    assert found_longitude == pytest.approx(longitude, abs=TOLERANCE_M / METRES_PER_DEGREE)
    assert found_latitude == pytest.approx(latitude, abs=TOLERANCE_M / METRES_PER_DEGREE)


def test_it_takes_x_before_y_in_both_systems():
    # The Bull Ring, EPSG:27700 and EPSG:4326: easting and longitude come first.
    easting, northing = crs.point_27700(-1.8939, 52.4777)

    assert 407_000 < easting < 407_500
    assert 286_500 < northing < 287_000
    longitude, latitude = crs.point_4326(easting, northing)
    assert (longitude, latitude) == pytest.approx((-1.8939, 52.4777), abs=1e-7)


def test_it_moves_every_vertex_of_shells_and_holes():
    # EPSG:27700: a square kilometre with a hole, and a part of its own beside it.
    shell = [(407000, 286000), (408000, 286000), (408000, 287000), (407000, 287000)]
    hole = [(407400, 286400), (407400, 286600), (407600, 286600), (407600, 286400)]
    square = shapely.Polygon(shell, [hole])
    beside = shapely.box(409000, 286000, 409100, 286100)
    shapes = np.array([square, shapely.MultiPolygon([square, beside])], dtype=object)

    moved = crs.to_4326(shapes)

    assert [shape.geom_type for shape in moved] == ["Polygon", "MultiPolygon"]
    assert len(moved[0].interiors) == 1
    expected = [crs.point_4326(*vertex) for vertex in shapely.get_coordinates(square)]
    np.testing.assert_allclose(shapely.get_coordinates(moved[0]), expected, rtol=0, atol=1e-12)


def test_going_there_and_back_ends_within_a_millimetre():
    shapes = np.array([shapely.box(400000, 280000, 410000, 290000)], dtype=object)

    back = crs.to_27700(crs.to_4326(shapes))

    np.testing.assert_allclose(
        shapely.get_coordinates(back), shapely.get_coordinates(shapes), rtol=0, atol=0.001
    )


def test_a_missing_geometry_stays_missing():
    shapes = np.array([None, shapely.Point(407000, 286000)], dtype=object)

    moved = crs.to_4326(shapes)

    assert moved[0] is None
    assert moved[1].geom_type == "Point"


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [(2.35, 48.85), (52.48, -1.89), (0.0, 0.0), (float("nan"), 52.48)],
    ids=["Paris", "Birmingham with its axes swapped", "null island", "NaN"],
)
def test_a_point_outside_great_britain_is_not_a_number(longitude, latitude):
    easting, northing = crs.point_27700(longitude, latitude)

    assert np.isnan([easting, northing]).all()


@pytest.mark.parametrize(
    "outside",
    [
        shapely.LineString([(407000, 286000), (9_000_000, 286000)]),
        shapely.box(9_000_000, 286000, 9_000_100, 286100),
        shapely.box(0, 0, 1e300, 1e300),
        shapely.box(52, -2, 53, -1),
    ],
    ids=["a vertex", "every vertex", "beyond all numbers", "degrees taken for metres"],
)
def test_a_shape_that_is_partly_outside_is_missing_and_the_others_are_not(outside):
    shapes = np.array([outside, shapely.Point(407000, 286000)], dtype=object)

    moved = crs.to_4326(shapes)

    assert moved[0] is None
    assert np.isfinite(shapely.get_coordinates(moved[1])).all()


def test_areas_with_their_axes_swapped_are_missing():
    swapped = np.array([shapely.box(52.4, -1.9, 52.5, -1.8)], dtype=object)

    moved = crs.to_27700(swapped)

    assert moved[0] is None


def test_it_accepts_an_exact_shift():
    crs.check_datum_shift()


@pytest.mark.parametrize(
    ("shift", "off"),
    [
        ("national_grid_from_lonlat", (0.02, 0)),
        ("national_grid_from_lonlat", (0, -0.02)),
        ("lonlat_from_national_grid", (0.02 / METRES_PER_DEGREE, 0)),
        ("lonlat_from_national_grid", (0, -0.02 / METRES_PER_DEGREE)),
    ],
)
def test_it_refuses_to_serve_with_a_shift_that_is_two_centimetres_off(monkeypatch, shift, off):
    exact = getattr(crs, shift)

    def wrong(x, y):
        return tuple(values + by for values, by in zip(exact(x, y), off, strict=True))

    monkeypatch.setattr(crs, shift, wrong)

    with pytest.raises(DatumShiftWrong, match=r"0\.0(19|20|21) m away"):
        crs.check_datum_shift()


def test_it_refuses_to_serve_with_a_shift_that_answers_nothing(monkeypatch):
    nothing = np.array([np.nan])
    monkeypatch.setattr(crs, "lonlat_from_national_grid", lambda x, y: (nothing, nothing))

    with pytest.raises(DatumShiftWrong, match="convertbng"):
        crs.check_datum_shift()
