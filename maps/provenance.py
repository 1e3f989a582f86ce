"""Where a layer's answers come from, and how fresh they are."""

from datetime import date, datetime, timedelta
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.utils import timezone

from layers.query.registry import PublishedLayer


def source_name(layer: PublishedLayer) -> str:
    """Return the name of the source file, without the folder or host it lay in."""
    return PurePosixPath(urlsplit(layer.source).path).name


def last_checked_at(layer: PublishedLayer) -> datetime:
    """Return when the source was last read to the end, whether or not it had changed."""
    return max(layer.checked_at or layer.published_at, layer.published_at)


def next_refresh_on(layer: PublishedLayer) -> date | None:
    """Return the day by which the layer should be loaded again, if it has a rhythm."""
    if layer.refresh_days is None:
        return None
    return timezone.localdate(last_checked_at(layer)) + timedelta(days=layer.refresh_days)
