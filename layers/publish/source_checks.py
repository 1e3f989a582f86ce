"""Writing down that a layer's source was read."""

from datetime import datetime

from django.db import transaction

from layers.models import Layer, SourceCheck


def write_source_check(layer_id: int, at: datetime) -> None:
    """Write down that a layer's source was read to the end, so that it fails no longer."""
    with transaction.atomic():
        SourceCheck.objects.create(layer_id=layer_id, at=at)
        Layer.objects.filter(pk=layer_id).update(checked_at=at, failing_since=None)
