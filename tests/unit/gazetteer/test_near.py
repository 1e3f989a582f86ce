"""Positions that a device gives, good and useless."""

import pytest

from gazetteer.near import WORST_ACCURACY_M, Fault, PositionUnusable, read_position
from layers.crs import point_4326

GOOD = {"lon": "-1.9", "lat": "52.48", "accuracy": "40"}


def fault_of(**changes: str) -> Fault:
    with pytest.raises(PositionUnusable) as caught:
        read_position({**GOOD, **changes})
    return caught.value.fault


def test_a_position_is_placed_on_the_national_grid() -> None:
    position = read_position(GOOD)

    assert point_4326(position.easting, position.northing) == pytest.approx((-1.9, 52.48), abs=1e-7)
    assert position.accuracy_m == 40


@pytest.mark.parametrize(
    "changes",
    [
        {"lon": ""}, {"lat": "north"}, {"accuracy": "NaN"}, {"lon": "inf"}, {"accuracy": "-1"},
        {"accuracy": "1e999"}, {"lat": "52.48\0"}, {"lon": "9" * 10_000}, {"lat": "<b>"},
    ],
)  # fmt: skip
def test_what_is_no_number_is_unreadable(changes: dict[str, str]) -> None:
    assert fault_of(**changes) is Fault.UNREADABLE


@pytest.mark.parametrize("missing", GOOD)
def test_a_position_without_all_of_its_numbers_is_unreadable(missing: str) -> None:
    assert fault_of(**{missing: ""}) is Fault.UNREADABLE
    with pytest.raises(PositionUnusable):
        read_position({name: value for name, value in GOOD.items() if name != missing})


@pytest.mark.parametrize(
    ("lon", "lat"),
    [("-74", "40.7"), ("52.48", "-1.9"), ("0", "0"), ("-8.7", "49.8"), ("999", "999")],
    ids=["New York", "swapped", "null island", "in the ocean, off the grid", "nowhere"],
)
def test_a_position_elsewhere_is_outside_great_britain(lon: str, lat: str) -> None:
    assert fault_of(lon=lon, lat=lat) is Fault.OUTSIDE_GREAT_BRITAIN


def test_a_position_of_five_kilometres_is_too_coarse_and_says_how_coarse() -> None:
    with pytest.raises(PositionUnusable) as caught:
        read_position({**GOOD, "accuracy": "5000"})

    assert (caught.value.fault, caught.value.accuracy_m) == (Fault.TOO_COARSE, 5000)
    assert read_position({**GOOD, "accuracy": str(WORST_ACCURACY_M)}).accuracy_m == WORST_ACCURACY_M
