"""When the difference between two editions is more than a layer changes of itself."""

import pytest

from importers.catalogue.entries import ChecksEntry
from importers.validate.difference import check_difference
from layers.models import Edition
from layers.publish import ChangeCounts


def reasons(before: int, features: int, *, checks: ChecksEntry | None = None, **counts: int) -> str:
    found = check_difference(
        checks or ChecksEntry(),
        ChangeCounts(**counts),
        features=features,
        before=Edition(feature_count=before),
    )
    return " ".join(check.message for check in found)


@pytest.mark.parametrize(
    ("before", "features", "is_held"),
    [
        (100, 100, False),
        (100, 75, False),
        (100, 74, True),
        (100, 0, True),
        (100, 200, False),
        (100, 201, True),
        (3, 0, False),
        (4, 0, True),
        (4, 1, False),
        (1, 4, False),
        (1, 5, True),
        (0, 1_000, False),
        (0, 0, False),
    ],
)
def test_fewer_by_a_quarter_or_more_than_twice_as_many_is_suspicious_but_of_a_few(
    before: int, features: int, is_held: bool
) -> None:
    assert bool(reasons(before, features)) == is_held


def test_the_shares_of_the_catalogue_entry_count() -> None:
    never = ChecksEntry(
        max_fewer_share=1, max_more_share=1_000, max_moved_share=1, max_replaced_share=1
    )
    always = ChecksEntry(max_fewer_share=0)

    assert not reasons(100, 0, checks=never, removed=100)
    assert "4% fewer than are published, and 0% may be" in reasons(100, 96, checks=always)


@pytest.mark.parametrize(
    ("added", "removed", "is_held"),
    [(60, 60, True), (50, 50, False), (60, 0, False), (3, 3, False)],
)
def test_references_numbered_anew_are_suspicious(added: int, removed: int, is_held: bool) -> None:
    found = reasons(100, 100 + added - removed, added=added, removed=removed)

    assert ("numbered anew" in found) == is_held


@pytest.mark.parametrize(("moved", "is_held"), [(51, True), (50, False), (3, False)])
def test_more_than_half_that_moved_are_suspicious(moved: int, is_held: bool) -> None:
    assert ("have moved" in reasons(100, 100, changed=100, moved=moved)) == is_held


def test_what_moved_is_a_share_of_what_is_in_both() -> None:
    assert "15 of the 20 features that are in both editions have moved" in reasons(
        100, 20, removed=80, changed=15, moved=15
    )
