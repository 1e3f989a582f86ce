"""What sentences call a place."""

from typing import Any

import pytest

from maps.my_area.subject import is_of_middle, say_ended, sort_of, subject_of
from tests.unit.maps.my_area.made import make_place


@pytest.mark.parametrize(
    ("kind", "label", "subject"),
    [
        ("address", "12 Oak Road", "This address"),
        ("postcode", "B29 6QT", "The middle of B29 6QT"),
        ("street", "Oak Road", "The middle of Oak Road"),
        ("place", "Digbeth", "The middle of Digbeth"),
        ("ward", "Moseley", "The middle of Moseley"),
        ("postcode-district", "B29", "The middle of B29"),
        ("postcode-sector", "B29 6", "The middle of B29 6"),
        ("grid-reference", "SP 06 86", "The middle of SP 06 86"),
        ("grid-reference", "SP 066 868", "The middle of SP 066 868"),
        ("grid-reference", "SP 0661 8683", "SP 0661 8683"),
    ],
)
def test_only_the_middle_of_what_is_wide_is_spoken_of(kind: Any, label: str, subject: str) -> None:
    place = make_place(kind, label)

    assert subject_of(place) == subject
    assert is_of_middle(place) == subject.startswith("The middle")


@pytest.mark.parametrize(
    ("kind", "detail", "sort"),
    [
        ("place", "Suburban Area", "Suburban Area"),
        ("street", "Named Road", "Named Road"),
        ("street", "", "Street"),
        ("ward", "", "Ward"),
        ("postcode-district", "", "Postcode district"),
        ("postcode", "", ""),
        ("address", "", ""),
    ],
)
def test_what_sort_of_place_it_is_is_said_where_the_name_does_not(
    kind: Any, detail: str, sort: str
) -> None:
    assert sort_of(make_place(kind, "Moseley", detail=detail)) == sort


@pytest.mark.parametrize(
    ("ended_on", "said"),
    [
        ("2019-05-01", "B6 5ZZ is not in use any more: it ended 1 May 2019."),
        ("2019-05", "B6 5ZZ is not in use any more: it ended May 2019."),
        ("201905", "B6 5ZZ is not in use any more: it ended 201905."),
        ("", ""),
    ],
)
def test_a_postcode_that_is_no_longer_in_use_says_so(ended_on: str, said: str) -> None:
    assert say_ended(make_place("postcode", "B6 5ZZ", ended_on=ended_on)) == said
