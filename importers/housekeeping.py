"""Tidying up that nobody should have to think of."""

from django.contrib.sessions.models import Session
from django.utils import timezone

from importers.errors import LayerBusy
from importers.lock import clear_leftovers, only_import_of
from layers.models import Layer
from layers.publish import prune_editions


def tidy_up() -> dict[str, int]:
    """Close imports that were killed, drop editions that are no longer kept, and old sessions.

    A layer that is being imported just now is left alone until the next time.
    Returns how many editions were dropped and how many sessions deleted.
    """
    dropped = sum(_tidy_layer(layer) for layer in Layer.objects.all())
    deleted, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return {"editions_dropped": dropped, "sessions_deleted": deleted}


def _tidy_layer(layer: Layer) -> int:
    try:
        with only_import_of(layer):
            clear_leftovers(layer)
            return len(prune_editions(layer))
    except LayerBusy:
        return 0
