"""Layers that should have been loaded again some time ago, and were not."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from importers.catalogue.entries import Catalogue, LayerEntry
from importers.models import Notice
from importers.notices.send import say
from importers.refresh.due import last_checked_at, next_due
from layers.models import Layer

# So that nobody is told about a file that is sent a few days later than usual.
GRACE = timedelta(days=7)

_BY_HAND = "It has to be sent by hand, and has not been."
_NOT_DONE = "It should have been fetched by itself. See whether the worker runs."


def say_what_is_overdue(catalogue: Catalogue, now: datetime) -> list[str]:
    """Tell people which published layers are overdue, and return their names.

    A layer that fails has been reported as failing; made-up data is never overdue.
    """
    overdue = [
        (layer, entry, due_at)
        for layer in _published().filter(failing_since=None)
        if (entry := catalogue.layers.get(layer.slug))
        and (due_at := next_due(entry, checked_at=last_checked_at(layer), tried_at=None))
        and due_at + GRACE < now
    ]
    for layer, entry, due_at in overdue:
        what = f"It has been due since {due_at:%-d %B %Y}. {_why(entry)}"
        say(layer, Notice.Kind.OVERDUE, code="OVERDUE", what=what, entry=entry)
    return [layer.slug for layer, _, _ in overdue]


def _published() -> QuerySet[Layer]:
    return Layer.objects.filter(published_edition__is_sample=False).select_related(
        "published_edition"
    )


def _why(entry: LayerEntry) -> str:
    return _BY_HAND if entry.source.fetch is None else _NOT_DONE
