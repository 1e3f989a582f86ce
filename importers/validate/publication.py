"""May what was read be published? The last checks before an edition is shown."""

from importers.catalogue.entries import ChecksEntry
from importers.errors import CheckFailed


def check_publication(
    checks: ChecksEntry, *, rows_read: int, publishable: int, filtered: int
) -> None:
    """Raise `CheckFailed` unless enough rows, and a large enough share of them, are good.

    Parameters
    ----------
    filtered
        Rows left out on purpose; they do not count against the source.
    """
    wanted = rows_read - filtered
    faulty = wanted - publishable
    if wanted and faulty / wanted > checks.max_quarantined_share:
        raise CheckFailed(
            f"{faulty} of {wanted} rows have faults; at most {checks.max_quarantined_share:.0%} "
            "may. The issues below say what is wrong. Mend the source and import it again.",
            code="TOO-MANY-FAULTS",
        )
    if publishable < checks.min_rows:
        raise CheckFailed(
            f"Only {publishable} good rows; at least {checks.min_rows} are expected. "
            "Is the file complete?",
            code="TOO-FEW-ROWS",
        )
    if checks.expected_rows is not None and publishable != checks.expected_rows:
        raise CheckFailed(
            f"{publishable} good rows; exactly {checks.expected_rows} are expected. If the number "
            "has really changed, change expected_rows in the layer's catalogue entry.",
            code="ROW-COUNT",
        )
