import pytest

from maps.distances import describe_distance, describe_length


@pytest.mark.parametrize(
    ("distance_m", "words"),
    [
        (0, "This place is in it"),
        (3, "10 m in a straight line"),
        (76, "80 m in a straight line"),
        (81, "0.1 miles (80 m) in a straight line"),
        (640, "0.4 miles (640 m) in a straight line"),
        (996, "0.6 miles (1.0 km) in a straight line"),
        (1609.344, "1 mile (1.6 km) in a straight line"),
        (20_000, "12.4 miles (20.0 km) in a straight line"),
    ],
)
def test_a_distance_is_said_in_miles_and_metres(distance_m: float, words: str) -> None:
    assert describe_distance(distance_m) == words


@pytest.mark.parametrize(
    ("length_m", "words"), [(76, "80 m"), (640, "0.4 miles (640 m)"), (1609.344, "1 mile (1.6 km)")]
)
def test_a_page_may_say_once_how_it_measures(length_m: float, words: str) -> None:
    assert describe_length(length_m) == words
