"""Distances and areas in the National Grid, against shapely and hand-made corners."""

import pytest
import shapely
from django.http import QueryDict

from layers.crs import lonlat_from_national_grid
from layers.errors import ParameterInvalid
from maps.web_map.measure import describe_measurement, measure, read_corners

# Eastings and northings in metres (EPSG:27700).
_FIELD = [(406_000.0, 286_000.0), (406_250.0, 286_000.0), (406_250.0, 286_080.0)]
_L_SHAPE = [(0, 0), (300, 0), (300, 100), (100, 100), (100, 250), (0, 250)]


def _degrees(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    eastings, northings = zip(*corners, strict=True)
    longitudes, latitudes = lonlat_from_national_grid(eastings, northings)
    return list(zip(longitudes.tolist(), latitudes.tolist(), strict=True))


def test_a_distance_is_along_its_corners() -> None:
    found = measure(_degrees(_FIELD), is_area=False)

    assert found.length_m == pytest.approx(250 + 80, abs=0.01)
    assert found.area_m2 is None
    assert found.references[0] in ("SP 06000 86000", "SP 05999 85999", "SP 06000 85999")


def test_an_area_is_what_shapely_says_it_is() -> None:
    corners = [(406_000.0 + x, 286_000.0 + y) for x, y in _L_SHAPE]
    by_shapely = shapely.Polygon(corners)

    found = measure(_degrees(corners), is_area=True)

    assert found.area_m2 == pytest.approx(by_shapely.area, abs=1)
    assert found.length_m == pytest.approx(by_shapely.length, abs=0.01)
    assert not found.crosses_itself


def test_an_outline_that_crosses_itself_is_said() -> None:
    bow_tie = [
        (406_000.0, 286_000.0),
        (406_100.0, 286_100.0),
        (406_100.0, 286_000.0),
        (406_000.0, 286_100.0),
    ]

    found = measure(_degrees(bow_tie), is_area=True)

    assert found.crosses_itself
    assert "crosses itself" in describe_measurement(found)[-1]


def test_lengths_and_areas_are_in_the_units_of_their_size() -> None:
    small = measure(_degrees(_FIELD), is_area=True)
    large = measure(
        _degrees([(400_000, 280_000), (403_000, 280_000), (403_000, 284_000)]), is_area=True
    )

    assert describe_measurement(small)[0] == "Area: 10,000 m², 1.000 ha (2.47 acres)"
    assert describe_measurement(large) == [
        "Area: 6.000 km², 600.000 ha (1,482.63 acres)",
        "Perimeter: 12.000 km (7.46 miles)",
    ]


@pytest.mark.parametrize(
    ("corners", "fault"),
    [
        ("", "2 to 1000"),
        ("-1.9,52.5", "2 to 1000"),
        ("-1.9,52.5;north,52", "two numbers"),
        ("-1.9,52.5;nan,52", "two numbers"),
        ("-1.9,52.5;-1.9,95", "two numbers"),
    ],
)
def test_corners_that_are_none_are_refused(corners: str, fault: str) -> None:
    query = QueryDict(mutable=True)
    query["corners"] = corners

    with pytest.raises(ParameterInvalid, match=fault):
        read_corners(query)


def test_nothing_is_measured_outside_great_britain() -> None:
    with pytest.raises(ParameterInvalid, match="outside Great Britain"):
        measure([(-1.9, 52.5), (2.35, 48.85)], is_area=False)
