"""The last checks before an edition is shown."""

import pytest

from importers.catalogue.entries import ChecksEntry
from importers.validate.publication import check_publication


def refusal(checks: ChecksEntry, *, rows_read: int, publishable: int, filtered: int = 0) -> str:
    failed = list(
        check_publication(checks, rows_read=rows_read, publishable=publishable, filtered=filtered)
    )
    return " ".join(f"{check.code}: {check.message}" for check in failed)


def test_a_share_of_faults_up_to_the_limit_is_allowed() -> None:
    checks = ChecksEntry(max_quarantined_share=0.2)

    assert not refusal(checks, rows_read=10, publishable=8, filtered=0)

    assert "3 of 10 rows have faults; at most 20% may" in refusal(
        checks, rows_read=10, publishable=7
    )


def test_rows_left_out_on_purpose_are_no_faults() -> None:
    checks = ChecksEntry(max_quarantined_share=0.2)

    assert not refusal(checks, rows_read=100, publishable=8, filtered=90)

    assert refusal(checks, rows_read=100, publishable=7, filtered=90).startswith(
        "TOO-MANY-FAULTS: 3 of 10"
    )


def test_a_layer_that_must_be_without_fault_refuses_the_first_one() -> None:
    checks = ChecksEntry(max_quarantined_share=0.0)

    assert refusal(checks, rows_read=1000, publishable=999).startswith("TOO-MANY-FAULTS")


def test_too_few_rows_are_refused() -> None:
    checks = ChecksEntry(min_rows=3)

    assert not refusal(checks, rows_read=3, publishable=3, filtered=0)

    assert refusal(checks, rows_read=2, publishable=2).startswith(
        "TOO-FEW-ROWS: Only 2 good rows; at least 3"
    )


def test_a_file_without_rows_is_refused_unless_the_catalogue_allows_it() -> None:
    assert refusal(ChecksEntry(), rows_read=0, publishable=0).startswith("TOO-FEW-ROWS")

    assert not refusal(ChecksEntry(min_rows=0), rows_read=0, publishable=0, filtered=0)


@pytest.mark.parametrize("publishable", [68, 70])
def test_a_known_number_of_rows_is_exact(publishable: int) -> None:
    checks = ChecksEntry(expected_rows=69)

    assert not refusal(checks, rows_read=69, publishable=69, filtered=0)

    assert "exactly 69 are expected" in refusal(
        checks, rows_read=publishable, publishable=publishable
    )
