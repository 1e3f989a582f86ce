import pytest

from importers.read.header import looks_like_data, looks_like_names


@pytest.mark.parametrize(
    "names",
    [
        ["17", "B1 1AA", "405001", "285000"],
        ["B11AA", "10", "406000", "286000"],
        ["1", "POINT (405000 285000)"],
        ["31/03/2026", "Oak"],
        ["", "7.5", "(52.46, -1.92)"],
    ],
)
def test_values_are_no_names(names: list[str]) -> None:
    assert looks_like_data(names)


@pytest.mark.parametrize(
    "names",
    [["ref", "name"], ["PCON24CD", "B1"], ["2026", "2025", "Ward", "Name", "Area"], ["", ""], []],
)
def test_names_are_no_data(names: list[str]) -> None:
    assert not looks_like_data(names)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["Postcode", "Quality", "x", "y"], ["B1 1AA", "10", "406000", "286000"]),
        (["pc", "Eastings", "Northings"], ["B1 1AA", "406000", "286000"]),
    ],
)
def test_a_header_is_known_by_its_names_or_by_the_numbers_under_it(
    first: list[str], second: list[str]
) -> None:
    assert looks_like_names(first, second, ["postcode", "quality", "easting", "northing"])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["B1 1AA", "10", "406000"], ["B1 1AB", "10", "406010"]),
        (["Oak", "tall", "Quinton"], ["Ash", "7", "Harborne"]),
        (["Oak", "", ""], ["Ash", "7", "8"]),
    ],
)
def test_a_row_is_no_header(first: list[str], second: list[str]) -> None:
    assert not looks_like_names(first, second, ["name", "height", "place"])
