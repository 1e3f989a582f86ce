import pytest

from maps.distances import describe_length


@pytest.mark.parametrize(
    ("length_m", "words"),
    [
        (3, "10 m"),
        (76, "80 m"),
        (81, "0.1 miles (80 m)"),
        (640, "0.4 miles (640 m)"),
        (996, "0.6 miles (1.0 km)"),
        (1609.344, "1 mile (1.6 km)"),
        (20_000, "12.4 miles (20.0 km)"),
    ],
)
def test_a_length_is_said_in_miles_and_metres(length_m: float, words: str) -> None:
    assert describe_length(length_m) == words
