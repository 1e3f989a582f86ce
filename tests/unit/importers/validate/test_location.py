"""Do the features lie where the council is? Extent in EPSG:27700, metres."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
import shapely
from shapely import Point, Polygon, box

from importers.errors import CheckFailed
from importers.validate.location import LocationTally, find_outside, widened
from layers.crs import point_4326
from tests.factories.entries import EXTENT_27700

# EPSG:27700; all inside the extent, none inside it with its numbers swapped.
INSIDE_27700 = [(401_000, 281_000), (405_000, 285_000), (409_000, 289_000), (402_000, 288_000)]
INSIDE_4326 = [point_4326(*place) for place in INSIDE_27700]


def as_points(places: Sequence[tuple[float, float]]) -> np.ndarray:
    return np.array([Point(place) for place in places], dtype=object)


def tally_of(crs: str, places: Sequence[tuple[float, float]]) -> LocationTally:
    tally = LocationTally(EXTENT_27700, crs)
    tally.add(as_points(places))
    return tally


def refusal(tally: LocationTally) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        tally.refuse_misread("Smallville")
    return caught.value


def swapped(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(y, x) for x, y in places]


@pytest.mark.parametrize(
    ("crs", "places"), [("EPSG:27700", INSIDE_27700), ("EPSG:4326", INSIDE_4326)]
)
def test_places_inside_the_council_are_accepted(
    crs: str, places: list[tuple[float, float]]
) -> None:
    tally_of(crs, places).refuse_misread("Smallville")


@pytest.mark.parametrize(
    ("crs", "places", "words"),
    [
        ("EPSG:27700", INSIDE_27700, "northings and eastings the wrong way round"),
        ("EPSG:4326", INSIDE_4326, "latitudes and longitudes the wrong way round"),
    ],
)
def test_swapped_axes_are_named(crs: str, places: list[tuple[float, float]], words: str) -> None:
    error = refusal(tally_of(crs, swapped(places)))

    assert error.code == "AXIS-SWAPPED"
    assert f"read as {words}, 4 are inside" in str(error)
    assert "Nothing was changed" in str(error)


@pytest.mark.parametrize(
    ("declared", "places", "words"),
    [
        ("EPSG:4326", INSIDE_27700, "eastings and northings (British National Grid)"),
        ("EPSG:4326", swapped(INSIDE_27700), "northings and eastings the wrong way round"),
        ("EPSG:27700", INSIDE_4326, "longitudes and latitudes in degrees"),
        ("EPSG:27700", swapped(INSIDE_4326), "latitudes and longitudes the wrong way round"),
    ],
)
def test_numbers_of_the_other_system_are_named(
    declared: str, places: list[tuple[float, float]], words: str
) -> None:
    error = refusal(tally_of(declared, places))

    assert error.code == "CRS-MISMATCH"
    assert f"read as {words}, 4 are inside" in str(error)


def test_a_file_of_another_place_fits_in_no_way() -> None:
    leeds_27700 = [(430_000 + step, 433_000 + step) for step in range(4)]

    error = refusal(tally_of("EPSG:27700", leeds_27700))

    assert error.code == "OUTSIDE-AREA"
    assert "4 of 4 locations are outside Smallville" in str(error)


def test_a_few_strays_do_not_stop_a_file() -> None:
    tally_of("EPSG:27700", [*INSIDE_27700, (100_000, 100_000)]).refuse_misread("Smallville")


def test_a_file_without_any_location_is_not_judged_by_it() -> None:
    tally = LocationTally(EXTENT_27700, "EPSG:27700")
    tally.add(np.array([None, None], dtype=object))

    tally.refuse_misread("Smallville")


def test_rows_that_each_say_their_own_system_are_judged_by_it() -> None:
    tally = LocationTally(EXTENT_27700, "EPSG:4326")
    mixed = as_points([*INSIDE_27700[:2], *INSIDE_4326[2:]])

    tally.add(mixed, np.array(["EPSG:27700"] * 2 + ["EPSG:4326"] * 2, dtype=object))

    tally.refuse_misread("Smallville")
    assert (tally.located, tally.as_declared) == (4, 4)


def test_rows_that_all_say_the_wrong_system_are_refused() -> None:
    tally = LocationTally(EXTENT_27700, "EPSG:27700")
    tally.add(as_points(INSIDE_27700), np.array(["EPSG:4326"] * 4, dtype=object))

    error = refusal(tally)

    assert error.code == "CRS-MISMATCH"
    assert "when read as longitudes and latitudes in degrees; read as eastings" in str(error)


def test_shapes_without_coordinates_are_not_counted_as_outside() -> None:
    tally = tally_of("EPSG:27700", INSIDE_27700)
    tally.add(np.array([Polygon()] * 9, dtype=object))

    tally.refuse_misread("Smallville")

    assert tally.located == 4


def test_the_batches_of_a_file_are_judged_together() -> None:
    tally = tally_of("EPSG:27700", INSIDE_27700[:1])
    tally.add(as_points(swapped(INSIDE_27700)))
    tally.add(as_points(swapped(INSIDE_27700)))

    assert refusal(tally).code == "OUTSIDE-AREA"


def test_only_features_beyond_the_extent_and_its_margin_are_outside() -> None:
    # EPSG:27700. The extent ends at easting 410,000; the margin is 500 m.
    shapes = as_points(
        [(405_000, 285_000), (410_000, 285_000), (410_500, 285_000), (410_501, 285_000)]
    )

    findings = find_outside(shapes, np.array([2, 3, 4, 5]), EXTENT_27700, 500, "Smallville")

    (finding,) = findings
    assert (finding.kind, finding.severity, finding.row) == ("OUTSIDE-AREA", "error", 5)
    assert "410501 285000 in British National Grid, is 0.5 km outside" in finding.message
    assert "0.5 km are allowed" in finding.message


@pytest.mark.parametrize(
    "place", [(399_000, 285_000), (411_000, 285_000), (405_000, 279_000), (405_000, 291_000)]
)
def test_every_side_of_the_extent_counts(place: tuple[float, float]) -> None:
    assert find_outside(as_points([place]), np.array([1]), EXTENT_27700, 500, "Smallville")


def test_a_shape_that_reaches_into_the_extent_is_inside() -> None:
    reaching = np.array([box(390_000, 285_000, 400_100, 286_000)], dtype=object)

    assert find_outside(reaching, np.array([1]), EXTENT_27700, 0, "Smallville") == []


def test_a_row_without_location_is_not_outside() -> None:
    nowhere: np.ndarray = np.array([None], dtype=object)

    assert find_outside(nowhere, np.array([1]), EXTENT_27700, 0, "Smallville") == []


def test_a_margin_widens_an_extent_on_every_side() -> None:
    assert widened((1.0, 2.0, 3.0, 4.0), 10.0) == (-9.0, -8.0, 13.0, 14.0)
    assert shapely.box(*widened(EXTENT_27700, 0)).equals(shapely.box(*EXTENT_27700))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda x, y: (x % 100_000, y), "lost their first digit"),
        (lambda x, y: (x % 100_000, y % 100_000), "lost their first digit"),
        (lambda x, y: (x / 1_000, y / 1_000), "kilometres"),
        (lambda x, y: (x * 1_000, y * 1_000), "millimetres"),
        (lambda x, y: (x / 0.3048, y / 0.3048), "feet"),
        (lambda x, y: (-x, -y), "minus sign"),
    ],
)
def test_damaged_eastings_and_northings_are_recognised(
    damage: Callable[[float, float], tuple[float, float]], words: str
) -> None:
    error = refusal(tally_of("EPSG:27700", [damage(*place) for place in INSIDE_27700]))

    assert error.code == "CRS-MISMATCH"
    assert words in str(error)


def test_it_says_where_on_earth_swapped_degrees_lie() -> None:
    message = str(refusal(tally_of("EPSG:4326", swapped(INSIDE_4326))))

    assert "near Somalia" in message
    assert "km south-east of it" in message


def test_it_says_how_far_off_metres_lie() -> None:
    far = [(x + 100_000, y) for x, y in INSIDE_27700]

    assert "99 km east of it" in str(refusal(tally_of("EPSG:27700", far)))


def test_of_a_source_that_covers_more_what_lies_outside_is_left_out_on_purpose() -> None:
    shapes = as_points([(405_000, 285_000), (605_000, 285_000)])

    (finding,) = find_outside(
        shapes, np.array([2, 3]), EXTENT_27700, 500, "Smallville", covers_more=True
    )

    assert (finding.kind, finding.severity, finding.row) == ("FILTERED", "excluded", 3)


def test_a_source_that_covers_more_is_read_rightly_if_any_of_it_lies_inside() -> None:
    tally = LocationTally(EXTENT_27700, "EPSG:27700", covers_more=True)
    tally.add(as_points([(605_000, 285_000)] * 99 + [(405_000, 285_000)]))

    tally.refuse_misread("Smallville")


def test_a_source_that_covers_more_and_is_swapped_is_noticed() -> None:
    tally = LocationTally(EXTENT_27700, "EPSG:27700", covers_more=True)
    tally.add(as_points([(285_000, 605_000)] * 99 + [(285_000, 405_000)]))

    with pytest.raises(CheckFailed) as caught:
        tally.refuse_misread("Smallville")

    assert caught.value.code == "AXIS-SWAPPED"
