"""One import of a layer at a time, and the tidying up after one that was killed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from importers.errors import LayerBusy
from importers.models import ImportRun
from layers.models import Layer
from layers.publish import discard_edition

# The first half of the advisory lock's key; the layer's id is the second.
_LOCK_CLASS = 0x494D50
_BEFORE_PUBLISHING = "The import was stopped from outside. Nothing was changed; run it again."
_AFTER_PUBLISHING = "The import was stopped from outside when its edition was already published."


@contextmanager
def only_import_of(layer: Layer) -> Iterator[None]:
    """Hold the layer's lock, which PostgreSQL lets go of when this process dies.

    Raises
    ------
    LayerBusy
        Another process is importing the layer.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_CLASS, layer.pk])
        if not cursor.fetchone()[0]:
            raise LayerBusy(
                f"Another import of {layer.slug} is running. Try again when it has finished."
            )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK_CLASS, layer.pk])


def clear_leftovers(layer: Layer) -> None:
    """Close the runs, and drop the unpublished edition, of imports that were killed.

    Only while holding the layer's lock: then no run that says it is running is.
    """
    running = layer.import_runs.filter(outcome=ImportRun.Outcome.RUNNING)
    _close(running.exclude(edition__published_at=None), _AFTER_PUBLISHING)
    _close(running, _BEFORE_PUBLISHING)
    kept = layer.import_runs.filter(outcome=ImportRun.Outcome.STAGED).values("edition")
    for edition in layer.editions.filter(published_at=None).exclude(pk__in=kept):
        discard_edition(edition.pk)
        edition.delete()


def _close(runs: QuerySet[ImportRun], reason: str) -> None:
    runs.update(outcome=ImportRun.Outcome.INTERRUPTED, finished_at=timezone.now(), reason=reason)
