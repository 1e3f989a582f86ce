"""Tidying up that nobody should have to think of."""

from collections import Counter

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from importers.errors import LayerBusy
from importers.lock import clear_leftovers, only_import_of
from importers.tidy.scratch import clear_inbox, clear_scratch_folders
from importers.tidy.sources import clear_arrivals, forget_sources
from importers.tidy.waiting import set_aside_forgotten
from layers.models import Layer
from layers.publish import forget_changes, prune_editions, reclaim_forgotten


def tidy_up() -> dict[str, int]:
    """Close imports that were killed, and throw away all that is no longer kept.

    That is: editions beyond those kept and those that nobody decided about, old
    feature-by-feature changes, sources that nothing needs, files that killed imports left,
    and sessions that are over. A layer that is being imported just now is left alone until
    the next time. Returns how many of each were thrown away.
    """
    done: Counter[str] = Counter()
    for layer in Layer.objects.all():
        done.update(_tidy_layer(layer))
    if done["changes_forgotten"]:
        reclaim_forgotten()
    clear_arrivals()
    done["sources_deleted"] = forget_sources(settings.SOURCES_KEPT_DAYS)
    done["scratch_folders_deleted"] = clear_scratch_folders()
    done["inbox_files_deleted"] = clear_inbox()
    done["sessions_deleted"], _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return dict(done)


def _tidy_layer(layer: Layer) -> dict[str, int]:
    try:
        with only_import_of(layer):
            clear_leftovers(layer)
            return {
                "editions_set_aside": set_aside_forgotten(layer, timezone.now()),
                "editions_dropped": len(prune_editions(layer)),
                "changes_forgotten": forget_changes(layer, settings.CHANGES_KEPT),
            }
    except LayerBusy:
        return {}
