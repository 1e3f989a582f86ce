"""Grid references and coordinates; EPSG:27700 metres, easting first."""

import pytest

from gazetteer.grid_reference import read_grid_position, square_of
from layers import crs


@pytest.mark.parametrize(
    ("text", "reference", "side_m", "easting", "northing"),
    [
        ("SP 066 868", "SP066868", 100, 406_650, 286_850),
        ("sp066868", "SP066868", 100, 406_650, 286_850),
        ("SP0668", "SP0668", 1000, 406_500, 268_500),
        ("SP 0660 8680", "SP06608680", 10, 406_605, 286_805),
        ("SP 06600 86800", "SP0660086800", 1, 406_600.5, 286_800.5),
        ("TQ 29 80", "TQ2980", 1000, 529_500, 180_500),
        ("SV 00 00", "SV0000", 1000, 500, 500),
        ("HP 62 12", "HP6212", 1000, 462_500, 1_212_500),
        ("NN 166 712", "NN166712", 100, 216_650, 771_250),
    ],
)
def test_a_grid_reference_is_the_middle_of_its_square(text, reference, side_m, easting, northing):
    square = read_grid_position(text)

    assert square is not None
    assert (square.reference, square.side_m) == (reference, side_m)
    assert (square.easting, square.northing) == (easting, northing)


@pytest.mark.parametrize(
    "text",
    [
        "406600,286800",
        "406600 286800",
        "406600, 286800",
        "406600.4, 286800.9",
        "406,600 286,800",
        "406,600, 286,800",
        "406,600.4; 286,800.9",
        "406600 286,800",
        "406,600E 286,800N",
        "E 406600 N 286800",
        "E406600 N286800",
        "e406600, n286800",
        "E406600N286800",
        "E 406,600 N 286,800",
        "E: 406600 m, N: 286800 m",
        "Easting 406600 Northing 286800",
        "N 286800 E 406600",
    ],
)
def test_an_easting_and_a_northing_are_a_square_of_one_metre(text):
    square = read_grid_position(text)

    assert square is not None
    assert (square.reference, square.side_m) == ("SP0660086800", 1)


@pytest.mark.parametrize(
    "text",
    [
        "52.48, -1.89",
        "52.48 -1.89",
        "-1.89, 52.48",
        "52.48N, 1.89W",
        "52.48°N 1.89°W",
        "52.48,-1.89",
    ],
)
def test_degrees_are_shifted_by_ostn15(text):
    square = read_grid_position(text)

    easting, northing = crs.point_27700(-1.89, 52.48)
    assert square is not None
    assert (square.easting, square.northing) == pytest.approx((easting, northing), abs=0.51)


@pytest.mark.parametrize("figures", [4, 6, 8, 10])
def test_a_square_is_found_again_by_its_reference(figures):
    for easting, northing in ((406_612.3, 286_899.9), (0, 0), (699_999.9, 1_299_999.9)):
        square = square_of(easting, northing, figures)

        assert square is not None
        assert read_grid_position(square.reference) == square
        assert read_grid_position(square.label) == square


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SP",
        "SP 0",
        "SP06",
        "SP 066 86",
        "SP 0668681",
        "SI 06 68",
        "AA 00 00",
        "XP 066 868",
        "B13 9AA",
        "12",
        "12 Oak Road",
        "999999,9999999",
        "999999999,1",
        "91.0, 0.0",
        "0.0, 0.0",
        "-52.48, 1.89",
        "52.48",
        "nan, nan",
        "١٢٣٤٥٦,١٢٣٤٥٦",
        "SP ０６６ 868",
        "1" * 10_000,
        "48.85, 2.35",
        "406,600",
        "406,600,286,800",
        "52,480 1,890",
        "E 406600",
        "E 406600 E 286800",
        "406,60 286,80",
        "E 4066 N 2868",
        "E" + " " * 10_000 + "406600",
    ],
)
def test_anything_else_is_none(text):
    assert read_grid_position(text) is None
