import pytest

from layers.errors import NotFound
from waste.uprn import read_uprn


@pytest.mark.parametrize(
    ("text", "uprn"), [("10", "10"), ("000000000010", "10"), ("100070000001", "100070000001")]
)
def test_a_number_of_up_to_twelve_digits_is_one(text: str, uprn: str) -> None:
    assert read_uprn(text) == uprn


@pytest.mark.parametrize(
    "text",
    ["", "0", "1234567890123", "0000000000010", "-1", "1.0", " 1", "１", "²", "1\n", "x" * 99],
)
def test_anything_else_is_not(text: str) -> None:
    with pytest.raises(NotFound, match="12 digits"):
        read_uprn(text)
