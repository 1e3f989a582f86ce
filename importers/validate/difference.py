"""Does a new edition differ from the published one by more than a layer changes of itself?"""

from collections.abc import Iterator

from importers.catalogue.entries import ChecksEntry
from importers.validate.failed_check import FailedCheck
from layers.models import Edition
from layers.publish import ChangeCounts

CODE = "DIFF-SUSPICIOUS"
# Of a handful of features any share may change overnight.
_FEW = 3


def check_difference(
    checks: ChecksEntry, counts: ChangeCounts, *, features: int, before: Edition
) -> Iterator[FailedCheck]:
    """Yield what is suspicious about the difference between two editions.

    Parameters
    ----------
    features
        How many the new edition has.
    before
        The published edition.
    """
    yield from _check_row_count(checks, features, before)
    kept = before.feature_count - counts.removed
    if _is_suspicious(counts.removed, before.feature_count, checks.max_replaced_share) and (
        _is_suspicious(counts.added, features, checks.max_replaced_share)
    ):
        yield FailedCheck(
            CODE,
            f"{counts.removed:,} of the {before.feature_count:,} features are gone and "
            f"{counts.added:,} new ones are there instead: have their references been numbered "
            "anew? Links to features would break. Compare the references of both files.",
        )
    if _is_suspicious(counts.moved, kept, checks.max_moved_share):
        yield FailedCheck(
            CODE,
            f"{counts.moved:,} of the {kept:,} features that are in both editions have moved. Was "
            "the file exported in another coordinate system, or by another method? Look at the "
            "difference on the map.",
        )


def _check_row_count(checks: ChecksEntry, features: int, before: Edition) -> Iterator[FailedCheck]:
    fewer, more = before.feature_count - features, features - before.feature_count
    was = f"{features:,} features instead of {before.feature_count:,}"
    if _is_suspicious(fewer, before.feature_count, checks.max_fewer_share):
        share = fewer / before.feature_count
        yield FailedCheck(
            CODE,
            f"{was}: {share:.0%} fewer than are published, and {checks.max_fewer_share:.0%} may "
            "be. Is the file complete?",
        )
    # Of nothing, nothing can be a share: whatever comes after an empty edition is welcome.
    if before.feature_count and _is_suspicious(more, before.feature_count, checks.max_more_share):
        share = more / before.feature_count
        yield FailedCheck(
            CODE,
            f"{was}: {share:.0%} more than are published, and {checks.max_more_share:.0%} may be. "
            "Does the file hold more than this layer?",
        )


def _is_suspicious(count: int, of: int, most_share: float) -> bool:
    return count > _FEW and count > most_share * of
