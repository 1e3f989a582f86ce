"""Editions that are no longer published but still kept."""

from datetime import datetime

from layers.errors import CursorStale
from layers.models import Edition
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows

_IS_KEPT = (
    "SELECT EXISTS (SELECT 1 FROM pg_inherits WHERE inhparent = 'layers_feature'::regclass"
    " AND inhrelid = to_regclass('layers_feature_e' || %(edition_id)s)"
    # One that is being detached is listed until its last reader is done, and has no new ones.
    " AND NOT inhdetachpending)"
)


def is_kept(edition_id: int) -> bool:
    """Return whether the edition's features are there."""
    [(is_there,)] = fetch_rows(_IS_KEPT, {"edition_id": edition_id})
    return bool(is_there)


def still_readable(layer: PublishedLayer, edition_id: int) -> datetime:
    """Return when an earlier edition of ``layer`` was published, if it may still be read.

    Raises
    ------
    CursorStale
        It is not this layer's, was never published or was withdrawn, or is no longer kept.
    """
    edition = (
        Edition.objects.using("read")
        .filter(pk=edition_id, layer_id=layer.id, withdrawn_at=None)
        .exclude(published_at=None)
        .first()
    )
    if edition is not None and edition.published_at is not None and is_kept(edition_id):
        return edition.published_at
    raise CursorStale(
        "The edition that this page belongs to is no longer available. Start again from the "
        "first page, without “cursor”.",
        "cursor",
    )
