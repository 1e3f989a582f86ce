"""Phases and types as the register of schools writes them."""

import pytest

from maps.my_area.school_kinds import SchoolKind, kind_of, title_of_kind


@pytest.mark.parametrize(
    ("phase", "type_", "kind"),
    [
        ("Nursery", "Local authority nursery school", SchoolKind.NURSERY),
        ("Primary", "Community school", SchoolKind.PRIMARY),
        ("Middle deemed primary", "Community school", SchoolKind.PRIMARY),
        ("Middle deemed secondary", "Academy converter", SchoolKind.SECONDARY),
        ("Secondary", "Foundation school", SchoolKind.SECONDARY),
        ("All-through", "Free schools", SchoolKind.ALL_THROUGH),
        ("16 plus", "Further education", SchoolKind.SIXTEEN_PLUS),
        ("Not applicable", "Community special school", SchoolKind.SPECIAL),
        ("Not applicable", "Academy special converter", SchoolKind.SPECIAL),
        ("Not applicable", "Other independent special school", SchoolKind.SPECIAL),
        ("Not applicable", "Other independent school", SchoolKind.INDEPENDENT),
        ("Not applicable", "Pupil referral unit", SchoolKind.ALTERNATIVE),
        ("Primary", "Academy alternative provision converter", SchoolKind.ALTERNATIVE),
        ("Not applicable", "Online provider", SchoolKind.OTHER),
        ("", "", SchoolKind.OTHER),
    ],
)
def test_a_phase_and_a_type_make_a_kind(phase: str, type_: str, kind: SchoolKind) -> None:
    assert kind_of(phase, type_) == kind


def test_every_kind_has_a_title_of_its_own() -> None:
    assert len({title_of_kind(kind) for kind in SchoolKind}) == len(SchoolKind)
