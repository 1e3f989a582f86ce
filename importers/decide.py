"""What becomes of an edition that waits, unseen: it is published, or set aside.

People decide here, and so does an import that was asked to publish. Each decision is a line
in the audit trail, in the same transaction.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils import timezone

from importers.catalogue.entries import LayerEntry
from importers.compare import compare_anew
from importers.errors import CheckFailed, ImportStopped, NothingWaits
from importers.models import ImportRun
from importers.validate.failed_check import FailedCheck
from layers.models import Act, Edition, Layer
from layers.publish import discard_edition, publish_edition, write_act, write_source_check

WAITING = (ImportRun.Outcome.STAGED, ImportRun.Outcome.STOPPED)
_DECIDED = (
    "outcome",
    "published",
    "override_reason",
    "failed_checks",
    "added",
    "changed",
    "removed",
)
# A running import decides about its own.
_UNDECIDED = (*WAITING, ImportRun.Outcome.RUNNING)

logger = logging.getLogger(__name__)


def publish_run(
    run: ImportRun,
    *,
    actor: str,
    override_reason: str = "",
    reason: str = "",
    look_again: Callable[[Edition], Iterable[FailedCheck]] = lambda edition: (),
    entry: LayerEntry | None = None,
) -> None:
    """Publish the edition of an import, if it passes beside what is published now.

    Parameters
    ----------
    override_reason
        Why it is published although checks failed; kept.
    look_again
        Yields what has come to speak against it since it was checked. It is asked while nobody
        else can move the layer, and no reason that was given before answers it.
    entry
        The layer's, where it is at hand. Else the catalogue is asked, if it is needed.

    Raises
    ------
    NothingWaits
        The import left no edition that waits.
    CheckFailed
        Checks failed, and nobody said why it is to be published all the same. They are on record.
    EditionIncomplete
        Its features are no longer kept.
    CatalogueInvalid
        The edition has to be compared again, and the catalogue cannot be read.
    """
    with transaction.atomic():
        locked = _lock_waiting(run)
        assert locked.edition is not None
        compare_anew(locked, entry)
        found = [check.as_json() for check in look_again(locked.edition)]
        if found:
            known = [check for check in locked.failed_checks if check not in found]
            locked.failed_checks = found + known
            locked.save(update_fields=["failed_checks"])
        is_refused = bool(found) or bool(locked.failed_checks and not override_reason)
        if not is_refused:
            _publish(locked, actor, override_reason, reason)
    run.refresh_from_db(fields=_DECIDED)
    if is_refused:
        raise _refusal(locked.failed_checks)


def _publish(run: ImportRun, actor: str, override_reason: str, reason: str) -> None:
    assert run.edition is not None
    kept_reason = ""
    if run.failed_checks:
        kept_reason = _write(run, Act.Verb.OVERRODE, actor, override_reason).reason
    publish_edition(run.edition, actor=actor, run_id=run.pk, reason=reason or kept_reason)
    ImportRun.objects.filter(pk=run.pk).update(
        outcome=ImportRun.Outcome.PUBLISHED,
        published=run.edition.feature_count,
        override_reason=kept_reason,
    )
    # Its source was read to the end, whatever a check had to say about it.
    write_source_check(run.layer_id, timezone.now())


def _refusal(failed_checks: list[dict[str, Any]]) -> CheckFailed:
    return CheckFailed(
        " ".join(check["message"] for check in failed_checks), code=failed_checks[0]["code"]
    )


def set_aside(run: ImportRun, *, actor: str, reason: str = "") -> None:
    """Drop the waiting edition of an import; its record, issues and file stay.

    Raises
    ------
    NothingWaits
        The import left no edition that waits.
    """
    with transaction.atomic():
        edition = _lock_waiting(run).edition
        assert edition is not None
        _write(run, Act.Verb.SET_ASIDE, actor, reason)
        ImportRun.objects.filter(pk=run.pk).update(outcome=ImportRun.Outcome.SET_ASIDE)
    # After the record says so, and nobody can publish it any more: dropping a partition cannot
    # be part of a transaction. What is left if this is killed goes with the next import.
    discard_edition(edition.pk)
    edition.delete()
    run.refresh_from_db()


def set_aside_stopped(layer: Layer, newer: ImportRun) -> None:
    """Set aside what checks stopped earlier, now that a newer edition is complete.

    What somebody staged on purpose stays until somebody decides.
    """
    stopped = layer.import_runs.filter(
        outcome=ImportRun.Outcome.STOPPED, edition__isnull=False, edition__published_at=None
    )
    for run in stopped.exclude(pk=newer.pk):
        set_aside(run, actor="", reason=f"Import {newer.pk} took its place.")


def compare_waiting(layer_id: int) -> None:
    """Compare all editions of a layer that wait with what is published now, each by itself.

    So whoever decides about one sees what it would change, and what speaks against it. Where the
    catalogue cannot be asked, it is asked again when somebody publishes one.
    """
    waiting = ImportRun.objects.filter(
        layer=layer_id, outcome__in=WAITING, edition__isnull=False, edition__published_at=None
    )
    try:
        for run in waiting:
            compare_if_waiting(run)
    except ImportStopped as error:
        logger.warning("What waits was not compared again: %s", error)


def compare_if_waiting(run: ImportRun, entry: LayerEntry | None = None) -> None:
    """Compare the edition of an import with what is published now, unless it has been decided."""
    with transaction.atomic(), suppress(NothingWaits):
        compare_anew(_lock_waiting(run), entry)


def _lock_waiting(run: ImportRun) -> ImportRun:
    """Return the run as it is now; until this transaction ends nobody else decides about it."""
    locked = (
        ImportRun.objects.select_for_update(no_key=True, of=("self",))
        .select_related("layer", "edition")
        .get(pk=run.pk)
    )
    edition = locked.edition
    if locked.outcome not in _UNDECIDED or edition is None or edition.published_at is not None:
        raise NothingWaits("This import has no edition that waits to be published.")
    return locked


def _write(run: ImportRun, verb: Act.Verb, actor: str, reason: str) -> Act:
    return write_act(
        run.layer,
        verb,
        actor=actor,
        edition_id=run.edition_id,
        run_id=run.pk,
        reason=reason,
    )
