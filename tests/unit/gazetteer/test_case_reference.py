"""What is the reference of a planning application, and what may be an address."""

import pytest

from gazetteer.case_reference import is_case_reference


@pytest.mark.parametrize(
    "text",
    [
        "2026/01234/PA",
        " 2026/01234/pa ",
        "PA/2026/01234",
        "26/00123/FUL",
        "DC/26/0123/FUL",
        "20/AP/0123",
        "APP/P4605/W/26/3312345",
        "２０２６／０１２３４／ＰＡ",
    ],
)
def test_figures_and_short_letters_between_slashes_are_a_reference(text: str) -> None:
    assert is_case_reference(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "//",
        "12/3",
        "2026/01234",
        "12/3 High Street",
        "1/2/3 High Street",
        "12/3/Marchmont",
        "Flat 0/1, 12 High Street",
        "and/or/not",
        "B13 9AA",
        "2026/01234/PA/" * 20,
    ],
)
def test_anything_else_may_be_a_place(text: str) -> None:
    assert not is_case_reference(text)
