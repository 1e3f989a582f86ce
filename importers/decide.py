"""What becomes of an edition that waits, unseen: it is published, or set aside.

People decide here, and so does an import that was asked to publish. Each decision is a line
in the audit trail, in the same transaction.
"""

from django.db import transaction
from django.utils import timezone

from importers.errors import CheckFailed, WrongUse
from importers.models import ImportRun
from layers.models import Act, Layer
from layers.publish import discard_edition, publish_edition, write_act, write_source_check

WAITING = (ImportRun.Outcome.STAGED, ImportRun.Outcome.STOPPED)
# A running import decides about its own.
_UNDECIDED = (*WAITING, ImportRun.Outcome.RUNNING)


def publish_run(run: ImportRun, *, actor: str, override_reason: str = "", reason: str = "") -> None:
    """Publish the edition of an import.

    Parameters
    ----------
    override_reason
        Why it is published although checks failed; kept.

    Raises
    ------
    WrongUse
        The import left no edition that waits.
    CheckFailed
        Checks failed, and nobody said why it is to be published all the same.
    EditionIncomplete
        Its features are no longer kept.
    """
    with transaction.atomic():
        locked = _lock_waiting(run)
        assert locked.edition is not None
        if locked.failed_checks and not override_reason:
            raise CheckFailed(
                " ".join(check["message"] for check in locked.failed_checks),
                code=locked.failed_checks[0]["code"],
            )
        kept_reason = ""
        if locked.failed_checks:
            kept_reason = _write(locked, Act.Verb.OVERRODE, actor, override_reason).reason
        publish_edition(
            locked.edition, actor=actor, run_id=run.pk, reason=reason or override_reason
        )
        ImportRun.objects.filter(pk=run.pk).update(
            outcome=ImportRun.Outcome.PUBLISHED,
            published=locked.edition.feature_count,
            override_reason=kept_reason,
        )
        # Its source was read to the end, whatever a check had to say about it.
        write_source_check(run.layer_id, timezone.now())
    run.refresh_from_db(fields=["outcome", "published", "override_reason"])


def set_aside(run: ImportRun, *, actor: str, reason: str = "") -> None:
    """Drop the waiting edition of an import; its record, issues and file stay.

    Raises
    ------
    WrongUse
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


def _lock_waiting(run: ImportRun) -> ImportRun:
    """Return the run as it is now; until this transaction ends nobody else decides about it."""
    locked = (
        ImportRun.objects.select_for_update(no_key=True, of=("self",))
        .select_related("layer", "edition")
        .get(pk=run.pk)
    )
    edition = locked.edition
    if locked.outcome not in _UNDECIDED or edition is None or edition.published_at is not None:
        raise WrongUse("This import has no edition that waits to be published.")
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
