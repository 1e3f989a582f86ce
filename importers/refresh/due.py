"""Which layers are due to be loaded again, and since when."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from importers.catalogue.entries import Catalogue, LayerEntry
from importers.models import ImportRun
from layers.models import Layer

SCHEDULE = "the schedule"
# A layer that was never loaded is due since before there was anything.
SINCE_EVER = datetime.min.replace(tzinfo=UTC)

_SPREAD_S = 1800


@dataclass(frozen=True, slots=True)
class DueLayer:
    """A layer of the catalogue whose next load is due since ``due_at``."""

    entry: LayerEntry
    due_at: datetime

    @property
    def is_by_hand(self) -> bool:
        """Whether a person has to send the file, because the catalogue has no address."""
        return self.entry.source.fetch is None


def find_due(catalogue: Catalogue, now: datetime) -> list[DueLayer]:
    """Return the layers that are due at ``now``, longest due first.

    Left out are layers that show made-up data, and those that a person has withdrawn: they
    wait until a person publishes an edition. One that was rolled back is asked for again, and
    only the very file that was taken back is held (`importers.validate.taken_back`).
    """
    layers = {layer.slug: layer for layer in Layer.objects.select_related("published_edition")}
    tried = _tried_by_schedule()
    due = (
        DueLayer(entry, at)
        for entry in catalogue.layers.values()
        if (at := _due_at(entry, layers.get(entry.slug), tried.get(entry.slug))) and at <= now
    )
    return sorted(due, key=lambda each: each.due_at)


def next_due(
    entry: LayerEntry, *, checked_at: datetime | None, tried_at: datetime | None
) -> datetime | None:
    """Return from when on a layer is due; None if it has no rhythm.

    Parameters
    ----------
    checked_at
        When its source was last read to the end.
    tried_at
        When the schedule last tried. After a try that failed the next is on the next day.
    """
    if entry.refresh_days is None:
        return None
    moments = [SINCE_EVER]
    if checked_at is not None:
        moments.append(_turn(entry, timezone.localdate(checked_at), entry.refresh_days))
    if tried_at is not None and (checked_at is None or tried_at > checked_at):
        moments.append(_turn(entry, timezone.localdate(tried_at), 1))
    return max(moments)


def is_withdrawn(layer: Layer) -> bool:
    """Return whether a person took the layer from the public, and nobody has published since."""
    if layer.published_edition_id is not None:
        return False
    return layer.editions.filter(withdrawn_at__isnull=False).exists()


def last_checked_at(layer: Layer) -> datetime | None:
    """Return when the source of ``layer`` was last read to the end, as far as is known."""
    edition = layer.published_edition
    return layer.checked_at or (edition.published_at if edition else None)


def _due_at(entry: LayerEntry, layer: Layer | None, tried_at: datetime | None) -> datetime | None:
    if layer is None:
        return next_due(entry, checked_at=None, tried_at=None)
    edition = layer.published_edition
    if (edition is not None and edition.is_sample) or is_withdrawn(layer):
        return None
    return next_due(entry, checked_at=last_checked_at(layer), tried_at=tried_at)


def _turn(entry: LayerEntry, since: date, days: int) -> datetime:
    """Return the layer's moment on the day that is ``days`` after ``since``.

    In the hour that British clocks skip or repeat it is still one moment. Layers that share a
    time are spread over half an hour, each always at its own, so that no server gets all at once.
    """
    at = datetime.combine(
        since + timedelta(days=days), entry.refresh_at, timezone.get_current_timezone()
    )
    spread_s = int.from_bytes(hashlib.sha256(entry.slug.encode()).digest()[:4]) % _SPREAD_S
    # In UTC: on the clock, half an hour more may be an hour and a half.
    return at.astimezone(UTC) + timedelta(seconds=spread_s)


def _tried_by_schedule() -> dict[str, datetime]:
    tries = (
        ImportRun.objects.filter(asked_by=SCHEDULE)
        .values_list("layer__slug")
        .annotate(Max("started_at"))
    )
    return dict(tries.order_by())
