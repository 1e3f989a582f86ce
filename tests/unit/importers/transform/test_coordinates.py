import pytest

from importers.transform.cells import Mended, ValueNotRead
from importers.transform.coordinates import read_coordinate, read_grid_reference


@pytest.mark.parametrize(
    "value", ["430000", "430000.00", 430000, 430000.0, " 430000 ", "\ufeff430000\u200b"]
)
def test_a_plain_easting_is_a_number(value: object) -> None:
    assert read_coordinate(value, "EPSG:27700", "x") == 430_000.0


@pytest.mark.parametrize("value", ["430,000", "430 000", "430\u00a0000"])
def test_thousands_marked_in_an_easting_are_put_right_and_told(value: str) -> None:
    mended = read_coordinate(value, "EPSG:27700", "x")

    assert mended == Mended(430_000.0, "COORD-MENDED", "read as 430000")


@pytest.mark.parametrize("value", ["430000m", "4.30E+05", "1.2E+06", "#REF!", "430,00", "43 0000"])
def test_an_easting_that_could_mean_several_is_refused(value: str) -> None:
    with pytest.raises(ValueNotRead):
        read_coordinate(value, "EPSG:27700", "x")


def test_a_power_of_ten_that_has_all_its_digits_is_read() -> None:
    assert read_coordinate("4.30123E+05", "EPSG:27700", "x") == 430_123.0


@pytest.mark.parametrize(
    "value",
    [
        "52°57'N",
        "52.95N",
        "52,95",
        "52° 57′ 0″ N",
        "52.95°",
        "52 57'",
        "52º57.0'",
        "52°56'59.99999999''",
    ],
)
def test_a_latitude_is_read_as_people_write_it(value: str) -> None:
    mended = read_coordinate(value, "EPSG:4326", "y")

    assert (mended.value, mended.kind) == (pytest.approx(52.95), "COORD-MENDED")


def test_west_is_negative() -> None:
    assert read_coordinate("1°9'W", "EPSG:4326", "x").value == pytest.approx(-1.15)


@pytest.mark.parametrize(("value", "axis"), [("52.95N", "x"), ("1.15W", "y"), ("52°61'N", "y")])
def test_degrees_that_cannot_be_are_refused(value: str, axis: str) -> None:
    with pytest.raises(ValueNotRead):
        read_coordinate(value, "EPSG:4326", axis)  # type: ignore[arg-type]  # a parameter is a str


@pytest.mark.parametrize(
    "value", ["51.38'", "51.38′", "51.3 8'", "5138'", '51.38"', "51°2.3'8\"", "51.38°5'", "51'38'"]
)
def test_a_mark_of_minutes_does_not_take_the_digits_of_a_number(value: str) -> None:
    with pytest.raises(ValueNotRead) as caught:
        read_coordinate(value, "EPSG:4326", "y")

    assert caught.value.kind == "COORD-INVALID"


@pytest.mark.parametrize(
    ("value", "middle"),
    [
        ("SK 430 400", (443_050.0, 340_050.0, 50.0)),
        ("SK43004000", (443_005.0, 340_005.0, 5.0)),
        ("SV 91492 11318", (91_492.5, 11_318.5, 0.5)),
        ("hp 61", (465_000.0, 1_215_000.0, 5_000.0)),
    ],
)
def test_a_grid_reference_is_the_middle_of_its_square(
    value: str, middle: tuple[float, float, float]
) -> None:
    assert read_grid_reference(value) == middle


@pytest.mark.parametrize("value", ["SK 430 40", "SI 430 400", "ZZ 430 400", "430000", "", None])
def test_anything_else_is_no_grid_reference(value: str | None) -> None:
    assert read_grid_reference(value) is None
