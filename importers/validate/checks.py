"""Every check that an edition passes before it is shown; each is in a module of its own."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils import timezone

from importers.catalogue.entries import LayerEntry
from importers.fixes import Fixes
from importers.models import ImportRun
from importers.prepare import Preparation
from importers.validate.difference import check_difference
from importers.validate.failed_check import FailedCheck
from importers.validate.flat_line import check_arrivals
from importers.validate.publication import check_publication
from importers.validate.schema_drift import check_schema
from importers.validate.taken_back import check_taken_back
from layers.models import Edition
from layers.publish import ChangeCounts
from layers.publish.role_checks import edition_faults


def check_edition(
    entry: LayerEntry,
    edition: Edition,
    counts: ChangeCounts,
    preparation: Preparation,
    *,
    understanding: dict[str, Any],
    confirmed: Fixes,
    was_fetched: bool,
) -> list[FailedCheck]:
    """Return every check that a filled, compared edition does not pass.

    Parameters
    ----------
    understanding
        What was understood of its source (`importers.preview`).
    confirmed
        What a person said about this very source.
    was_fetched
        It came from an address and nobody said anything about it: perhaps nobody looked at it.
    """
    publishable = preparation.rows_read - len(preparation.quarantined)
    failed = list(
        check_publication(
            entry.checks,
            rows_read=preparation.rows_read,
            publishable=publishable,
            filtered=preparation.filtered_count,
            accept_empty=confirmed.accept_empty,
        )
    )
    failed += find_differences(
        entry, edition, counts, features=publishable, understanding=understanding
    )
    failed += [
        FailedCheck(fault.kind, fault.message) for fault in edition_faults(entry.role, edition)
    ]
    if was_fetched:
        failed += check_taken_back(edition)
    if not edition.is_sample:
        failed += _check_arrivals(entry, edition)
    return failed


def find_differences(
    entry: LayerEntry,
    edition: Edition,
    counts: ChangeCounts,
    *,
    features: int,
    understanding: dict[str, Any],
) -> list[FailedCheck]:
    """Return what is suspicious about the difference to what is published.

    Parameters
    ----------
    counts
        Of the changes against the edition that its layer's pointer names.
    features
        How many it has.
    understanding
        As in `check_edition`.
    """
    before = edition.layer.published_edition
    # Against something made up, or by the first real file, every difference is right.
    if before is None or before.is_sample != edition.is_sample:
        return []
    differences = [
        *check_difference(entry.checks, counts, features=features, before=before),
        *check_schema(entry, understanding, _understanding_of(before)),
    ]
    is_same_entry = before.catalogue_digest == edition.catalogue_digest
    return differences if is_same_entry else [_blame_catalogue(each) for each in differences]


def _blame_catalogue(check: FailedCheck) -> FailedCheck:
    cause = "The layer's catalogue entry has changed since the published edition; that may be why."
    return replace(check, message=f"{check.message} {cause}")


def check_published(entry: LayerEntry, edition: Edition) -> list[FailedCheck]:
    """Return what must be said of a published edition whose source has not changed."""
    return [] if edition.is_sample else list(_check_arrivals(entry, edition))


def _check_arrivals(entry: LayerEntry, edition: Edition) -> Iterator[FailedCheck]:
    if entry.checks.arrivals_field:
        yield from check_arrivals(edition.pk, entry.checks.arrivals_field, timezone.localdate())


def _understanding_of(edition: Edition) -> dict[str, Any]:
    run = ImportRun.objects.filter(edition=edition).exclude(understanding={}).first()
    return run.understanding if run else {}
