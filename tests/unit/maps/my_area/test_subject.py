"""What sentences call a place."""

from typing import Any

import pytest

from maps.my_area.subject import is_of_middle, subject_of
from tests.unit.maps.my_area.made import make_place


@pytest.mark.parametrize(
    ("kind", "label", "subject"),
    [
        ("address", "12 Oak Road", "This address"),
        ("postcode", "B29 6QT", "The middle of B29 6QT"),
        ("street", "Oak Road", "The middle of Oak Road"),
        ("place", "Digbeth", "The middle of Digbeth"),
        ("grid-reference", "SP 06 86", "SP 06 86"),
    ],
)
def test_only_the_middle_of_what_is_wide_is_spoken_of(kind: Any, label: str, subject: str) -> None:
    place = make_place(kind, label)

    assert subject_of(place) == subject
    assert is_of_middle(place) == subject.startswith("The middle")
