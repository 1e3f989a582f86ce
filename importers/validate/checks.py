"""Every check that an edition passes before it is shown; each is in a module of its own."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from importers.catalogue.entries import LayerEntry
from importers.models import ImportRun
from importers.prepare import Preparation
from importers.validate.difference import check_difference
from importers.validate.failed_check import FailedCheck
from importers.validate.flat_line import check_arrivals
from importers.validate.publication import check_publication
from importers.validate.schema_drift import check_schema
from layers.models import Edition
from layers.publish import ChangeCounts


def check_edition(
    entry: LayerEntry,
    edition: Edition,
    counts: ChangeCounts,
    preparation: Preparation,
    *,
    understanding: dict[str, Any],
    accept_empty: bool,
) -> list[FailedCheck]:
    """Return every check that a filled, compared edition does not pass.

    Parameters
    ----------
    understanding
        What was understood of its source (`importers.preview`).
    accept_empty
        A person confirmed that no rows at all is what is meant.
    """
    publishable = preparation.rows_read - len(preparation.quarantined)
    failed = list(
        check_publication(
            entry.checks,
            rows_read=preparation.rows_read,
            publishable=publishable,
            filtered=preparation.filtered_count,
            accept_empty=accept_empty,
        )
    )
    before = edition.layer.published_edition
    # Against something made up, or by the first real file, every difference is right.
    if before is not None and before.is_sample == edition.is_sample:
        failed += check_difference(entry.checks, counts, features=publishable, before=before)
        failed += check_schema(entry, understanding, _understanding_of(before))
    if not edition.is_sample:
        failed += _check_arrivals(entry, edition)
    return failed


def check_published(entry: LayerEntry, edition: Edition) -> list[FailedCheck]:
    """Return what must be said of a published edition whose source has not changed."""
    return [] if edition.is_sample else list(_check_arrivals(entry, edition))


def _check_arrivals(entry: LayerEntry, edition: Edition) -> Iterator[FailedCheck]:
    if entry.checks.arrivals_field:
        yield from check_arrivals(edition.pk, entry.checks.arrivals_field, timezone.localdate())


def _understanding_of(edition: Edition) -> dict[str, Any]:
    run = ImportRun.objects.filter(edition=edition).exclude(understanding={}).first()
    return run.understanding if run else {}
