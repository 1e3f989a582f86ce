"""One import of a layer at a time, and the tidying up after one that was killed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from importers.decide import WAITING
from importers.errors import LayerBusy
from importers.models import ImportRun
from layers.models import Layer
from layers.publish import discard_edition

# The first half of the advisory lock's key; the layer's id is the second.
_LOCK_CLASS = 0x494D50
_STOPPED = "The import was stopped from outside. Nothing was changed; run it again."


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

    Editions that wait for a person to publish them stay.

    Only while holding the layer's lock: then no run that says it is running is.
    """
    now = timezone.now()
    layer.import_runs.filter(outcome=ImportRun.Outcome.RUNNING).update(
        outcome=ImportRun.Outcome.INTERRUPTED, published=0, finished_at=now, reason=_STOPPED
    )
    # Killed after its edition was published, which its record says.
    layer.import_runs.filter(outcome=ImportRun.Outcome.PUBLISHED, finished_at=None).update(
        finished_at=now
    )
    waiting = layer.import_runs.filter(outcome__in=WAITING, edition__isnull=False)
    for edition in layer.editions.filter(published_at=None).exclude(
        pk__in=waiting.values("edition")
    ):
        discard_edition(edition.pk)
        edition.delete()
