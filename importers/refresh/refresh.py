"""Loads one layer from the address in its catalogue, and says how that went."""

import logging
from collections.abc import Callable

from django.utils import timezone

from importers.catalogue.entries import CouncilEntry, LayerEntry
from importers.errors import ImportStopped, WrongUse
from importers.models import Notice
from importers.notices.send import say, say_if_well
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers.models import Layer

_FAILED = ("stopped", "unreadable")
_CRASH = "INTERNAL-FAULT"
_CRASHED = (
    "The service itself has a fault that this source brings out. Nothing was changed. The "
    "worker's log says more; please pass it on to whoever maintains the service."
)

logger = logging.getLogger(__name__)


class RefreshInterrupted(Exception):
    """The process was told to stop; raised from ``on_step``, it is nobody's fault."""


def refresh_layer(
    entry: LayerEntry,
    council: CouncilEntry,
    *,
    asked_by: str,
    on_step: Callable[[str], None] = lambda step: None,
) -> ImportReport:
    """Import ``entry`` from its own address.

    Unless it is tried again soon, what came of it is for `note_outcome`.

    Raises
    ------
    WrongUse
        The catalogue has no address for the layer.
    LayerBusy
        Another import of the layer is running.
    """
    fetch = entry.source.fetch
    if fetch is None:
        raise WrongUse(say_by_hand(entry))
    request = ImportRequest(fetch.address, asked_by=asked_by)
    try:
        return import_layer(entry, council, request, on_step)
    except (ImportStopped, RefreshInterrupted):
        raise
    except Exception:
        _note_failure(entry, code=_CRASH, message=_CRASHED, run_id=None)
        raise


def note_outcome(entry: LayerEntry, report: ImportReport) -> None:
    """Keep since when a layer fails, and tell people what is new about it."""
    if report.outcome in _FAILED:
        _note_failure(entry, code=report.code, message=report.reason, run_id=report.run)
        return
    layer = Layer.objects.get(slug=entry.slug)
    for check in report.failed_checks:
        say(
            layer,
            Notice.Kind.FLAT_LINE,
            code=check.code,
            what=check.message,
            entry=entry,
            run_id=report.run,
        )
    say_if_well(layer)


def say_by_hand(entry: LayerEntry) -> str:
    """Return how a layer without an address is loaded."""
    return (
        f"The catalogue has no address to fetch {entry.slug} from. "
        f"{entry.source.fetch_by_hand.strip()} Then: import_layer {entry.slug} --source PATH"
    )


def _note_failure(entry: LayerEntry, *, code: str, message: str, run_id: int | None) -> None:
    Layer.objects.filter(slug=entry.slug, failing_since=None).update(failing_since=timezone.now())
    layer = Layer.objects.get(slug=entry.slug)
    logger.warning("%s was not refreshed: %s", entry.slug, code)
    say(layer, Notice.Kind.FAILING, code=code, what=message, entry=entry, run_id=run_id)
