"""Dropping editions that are no longer kept."""

from django.conf import settings

from layers.models import Edition, Layer
from layers.publish.partition import drop_partition, is_attached
from layers.publish.signals import edition_dropped


def prune_editions(layer: Layer, kept: int | None = None) -> list[int]:
    """Drop the features of all but the newest ``kept`` editions beside the published one.

    The rows of `Edition` stay as a record. Returns the editions dropped.
    """
    layer.refresh_from_db(fields=["published_edition"])
    others = layer.editions.exclude(pk=layer.published_edition_id or 0).order_by("-id")
    attached = [edition.pk for edition in others if is_attached(edition.pk)]
    surplus = attached[settings.EDITIONS_KEPT if kept is None else kept :]
    for edition_id in surplus:
        discard_edition(edition_id)
    return surplus


def discard_edition(edition_id: int) -> None:
    """Drop an edition's features, attached or not; its row remains, as withdrawn if published."""
    drop_partition(edition_id)
    edition_dropped.send(sender=Edition, edition_id=edition_id)
