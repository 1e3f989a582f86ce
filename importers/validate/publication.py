"""Are enough of a source's rows good enough to be shown?"""

from collections.abc import Iterator

from importers.catalogue.entries import ChecksEntry
from importers.validate.failed_check import FailedCheck


def check_publication(
    checks: ChecksEntry,
    *,
    rows_read: int,
    publishable: int,
    filtered: int,
    accept_empty: bool = False,
) -> Iterator[FailedCheck]:
    """Yield what speaks against publishing: too many faulty rows, too few good ones.

    Parameters
    ----------
    filtered
        Rows left out on purpose; they do not count against the source.
    accept_empty
        A person confirmed that no rows at all is what is meant.
    """
    wanted = rows_read - filtered
    faulty = wanted - publishable
    is_meant_to_be_empty = accept_empty and not rows_read
    # Nobody wants to see an edition of nothing but faults.
    can_override = publishable > 0 or is_meant_to_be_empty
    if wanted and faulty / wanted > checks.max_quarantined_share:
        yield FailedCheck(
            "TOO-MANY-FAULTS",
            f"{faulty:,} of {wanted:,} rows have faults; at most "
            f"{checks.max_quarantined_share:.0%} may. The issues below say what is wrong. Mend the "
            "source and import it again.",
            can_override,
        )
    if publishable < checks.min_rows and not is_meant_to_be_empty:
        yield FailedCheck(
            "TOO-FEW-ROWS",
            f"Only {publishable:,} good rows; at least {checks.min_rows:,} are expected. "
            "Is the file complete?",
            can_override,
        )
    if checks.expected_rows is not None and publishable != checks.expected_rows:
        yield FailedCheck(
            "ROW-COUNT",
            f"{publishable:,} good rows; exactly {checks.expected_rows:,} are expected. If the "
            "number has really changed, change expected_rows in the layer's catalogue entry.",
            can_override,
        )
