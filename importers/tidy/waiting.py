"""Sets aside editions that nobody has decided about for months."""

from datetime import datetime, timedelta

from importers.decide import WAITING, set_aside
from layers.models import Layer

LONGEST_WAIT = timedelta(days=90)

_REASON = f"Nobody decided about it within {LONGEST_WAIT.days} days."


def set_aside_forgotten(layer: Layer, now: datetime) -> int:
    """Set aside the layer's editions that wait for too long, and return how many.

    Only while holding the layer's lock.
    """
    forgotten = layer.import_runs.filter(
        outcome__in=WAITING, edition__published_at=None, edition__isnull=False
    ).filter(started_at__lt=now - LONGEST_WAIT)
    runs = list(forgotten)
    for run in runs:
        set_aside(run, actor="", reason=_REASON)
    return len(runs)
