"""What the worker does by itself. Of the importers, only this module knows the queue.

Run it with ``manage.py procrastinate worker``; the queue is in PostgreSQL, and any
number of workers may share it.
"""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from procrastinate import (
    BaseRetryStrategy,
    JobContext,
    RetryDecision,
    RetryStrategy,
    builtin_tasks,
)
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Job, Status

from importers import asked
from importers.catalogue.entries import Catalogue
from importers.catalogue.load import load_catalogue
from importers.errors import CatalogueInvalid, LayerBusy
from importers.housekeeping import tidy_up
from importers.models import Decision, ImportRun
from importers.notices.send import say_what_is_well
from importers.refresh.back_off import MOST_TRIES, wait_before_next_try
from importers.refresh.due import SCHEDULE, find_due
from importers.refresh.overdue import say_what_is_overdue
from importers.refresh.refresh import RefreshInterrupted, note_outcome, refresh_layer
from layers.exports.prepare import layers_without_files, prepare_layer, remove_stale_files

EVERY_MINUTE = "* * * * *"
EVERY_QUARTER = "*/15 * * * *"
EVERY_FIVE_MINUTES = "*/5 * * * *"
EVERY_NIGHT = "17 3 * * *"
EVERY_WORKING_MORNING = "30 7 * * 1-5"

_JOBS_KEPT_HOURS = 14 * 24
_AFTER_ALL_ELSE = -10

_WHEN_FREE = RetryStrategy(wait=10, retry_exceptions=[LayerBusy])

logger = logging.getLogger(__name__)


class _TryAgain(Exception):
    """The job is to run once more, in ``after_s`` seconds."""

    def __init__(self, after_s: int) -> None:
        super().__init__(f"in {after_s} s")
        self.after_s = after_s


class _WhenAsked(BaseRetryStrategy):
    """Tries again what asks for it, and what was interrupted; our own bugs fail once."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, _TryAgain):
            return RetryDecision(retry_in={"seconds": exception.after_s})
        return RetryDecision() if isinstance(exception, RefreshInterrupted) else None


@app.periodic(cron=EVERY_NIGHT)
@app.task(queueing_lock="tidy-up")
def tidy_up_every_night(timestamp: int) -> dict[str, int]:
    """Tidy up once a night; ``timestamp`` is when it was due."""
    return tidy_up()


@app.periodic(cron=EVERY_QUARTER)
@app.task(queueing_lock="queue-due-layers")
def queue_due_layers(timestamp: int) -> list[str]:
    """Queue each layer that is due and has an address, and return which were queued."""
    say_what_is_well()
    catalogue = _catalogue()
    if catalogue is None or not settings.REFRESHES_BY_SCHEDULE:
        return []
    due = find_due(catalogue, timezone.now())
    return [each.entry.slug for each in due if not each.is_by_hand and _queue(each.entry.slug)]


@app.task(pass_context=True, retry=_WhenAsked())
def refresh_by_schedule(context: JobContext, slug: str) -> str:
    """Refresh one layer and return what came of it."""
    catalogue = _catalogue()
    entry = catalogue.layers.get(slug) if catalogue else None
    if catalogue is None or entry is None or entry.source.fetch is None:
        return "no longer fetched"
    tries = context.job.attempts + 1
    try:
        report = refresh_layer(
            entry,
            catalogue.council,
            asked_by=SCHEDULE,
            on_step=lambda step: _stop_if_told(context),
        )
    except LayerBusy as error:
        if wait_s := wait_before_next_try(tries):
            raise _TryAgain(wait_s) from error
        return error.code
    if report.can_retry and (wait_s := wait_before_next_try(tries, report.retry_after_s)):
        raise _TryAgain(wait_s)
    note_outcome(entry, report)
    return report.outcome


@app.periodic(cron=EVERY_WORKING_MORNING)
@app.task(queueing_lock="say-what-is-overdue")
def say_what_is_overdue_every_morning(timestamp: int) -> list[str]:
    """Tell people, when they come to work, which layers are overdue."""
    catalogue = _catalogue()
    return say_what_is_overdue(catalogue, timezone.now()) if catalogue else []


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(pass_context=True, queueing_lock="resume-stalled-jobs")
async def resume_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put back into the queue what a worker was refreshing that died.

    How often a job was tried counts every time, so that one which kills its worker ends.
    """
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(task_name=refresh_by_schedule.name):
        if job.attempts + 1 < MOST_TRIES:
            try:
                await jobs.retry_job(job)
                continue
            except UniqueViolation:
                pass  # the layer has been queued again meanwhile
        await jobs.finish_job(job, Status.FAILED, delete_job=False)


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="queue-downloads")
def queue_downloads(timestamp: int) -> list[str]:
    """Queue the files of layers that were published since, and return which layers'."""
    remove_stale_files()
    return [slug for slug in layers_without_files() if _queue_files(slug)]


@app.task
def prepare_downloads(slug: str) -> list[str]:
    """Make the files of a whole layer, and return their formats."""
    return prepare_layer(slug)


@app.task(retry=_WHEN_FREE)
def import_queued(run_id: int) -> None:
    """Import what a waiting run asks for, when no other import of its layer is running."""
    asked.run_asked_import(ImportRun.objects.select_related("layer").get(pk=run_id))


@app.task
def carry_out(decision_id: int) -> None:
    """Do what a person decided."""
    asked.carry_out(Decision.objects.select_related("layer", "run").get(pk=decision_id))


@app.periodic(cron=EVERY_MINUTE)
@app.task(pass_context=True, queueing_lock="resume-what-was-asked")
async def resume_what_was_asked(context: JobContext, timestamp: int) -> None:
    """Put back what a worker was doing for a person when it died: later jobs wait behind it."""
    jobs = context.app.job_manager
    for task in (import_queued, carry_out):
        for job in await jobs.get_stalled_jobs(task_name=task.name):
            await jobs.retry_job(job)


def queue_import(run: ImportRun) -> None:
    """Write down an import that is asked for, and leave it to the worker."""
    run.outcome = ImportRun.Outcome.QUEUED
    with transaction.atomic():
        run.save()
        import_queued.configure(lock=_lock_of(run.layer_id)).defer(run_id=run.pk)


def queue_decision(decision: Decision) -> None:
    """Write down what a person decided, and leave it to the worker."""
    with transaction.atomic():
        decision.save()
        carry_out.configure(lock=_lock_of(decision.layer_id)).defer(decision_id=decision.pk)


def longest_wait_s(now: datetime) -> float | None:
    """Return for how long the oldest job has waited that could run, in seconds; None if none does.

    A job that is to run later waits from then on.
    """
    waiting = (
        ProcrastinateJob.objects.using("read")
        .filter(status=Status.TODO.value)
        .values_list("scheduled_at", Min("procrastinateevent__at"))
    )
    since = [moment for scheduled, added in waiting if (moment := scheduled or added)]
    return max(((now - moment).total_seconds() for moment in since if moment <= now), default=None)


def worker_seen_at() -> datetime | None:
    """Return when any worker last said that it is there; None if none is."""
    seen: datetime | None = (
        ProcrastinateWorker.objects.order_by("-last_heartbeat")
        .values_list("last_heartbeat", flat=True)
        .first()
    )
    return seen


@app.periodic(cron=EVERY_NIGHT)
@app.task(pass_context=True, queueing_lock="forget-old-jobs")
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Keep the queue's own record short; what came of imports is in `ImportRun`."""
    await builtin_tasks.remove_old_jobs(
        context,
        max_hours=_JOBS_KEPT_HOURS,
        remove_failed=True,
        remove_cancelled=True,
        remove_aborted=True,
    )


def _lock_of(layer_id: int) -> str:
    """Return the name under which what people ask of a layer is done in its order."""
    return f"layer-{layer_id}"


def _queue(slug: str) -> bool:
    lock: Any = f"refresh {slug}"
    try:
        refresh_by_schedule.configure(queueing_lock=lock).defer(slug=slug)
    except AlreadyEnqueued:
        return False
    return True


def _queue_files(slug: str) -> bool:
    lock: Any = f"downloads {slug}"
    try:
        # Whoever waits for an import or a decision comes first.
        prepare_downloads.configure(queueing_lock=lock, priority=_AFTER_ALL_ELSE).defer(slug=slug)
    except AlreadyEnqueued:
        return False
    return True


def _catalogue() -> Catalogue | None:
    """Return the catalogue; what is wrong in it is an operator's to mend, so it is only said."""
    try:
        return load_catalogue(settings.CATALOGUE_DIR / settings.COUNCIL)
    except CatalogueInvalid as error:
        logger.error("Nothing is refreshed until the catalogue is mended. %s", error)
        return None


def _stop_if_told(context: JobContext) -> None:
    if context.should_abort():
        raise RefreshInterrupted
