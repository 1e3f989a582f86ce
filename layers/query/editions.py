"""Editions that are no longer published but still kept."""

from dataclasses import replace
from datetime import datetime

from layers.errors import CursorStale, EditionGone, NotFound
from layers.models import Edition
from layers.query.pointer import withdrawn_title
from layers.query.registry import PublishedLayer, as_box
from layers.query.run import fetch_rows

IS_KEPT = (
    "SELECT EXISTS (SELECT 1 FROM pg_inherits WHERE inhparent = 'layers_feature'::regclass"
    " AND inhrelid = to_regclass('layers_feature_e' || %(edition_id)s)"
    # One that is being detached is listed until its last reader is done, and has no new ones.
    " AND NOT inhdetachpending)"
)

_IS_NOT_WITHDRAWN = (
    "EXISTS (SELECT 1 FROM layers_edition WHERE id = %(edition_id)s AND withdrawn_at IS NULL)"
)


def is_kept(edition_id: int) -> bool:
    """Return whether the edition's features are there."""
    [(is_there,)] = fetch_rows(IS_KEPT, {"edition_id": edition_id})
    return bool(is_there)


def may_be_read(edition_id: int) -> bool:
    """Return whether the edition's features are there, and it was not withdrawn."""
    [(is_there,)] = fetch_rows(f"{IS_KEPT} AND {_IS_NOT_WITHDRAWN}", {"edition_id": edition_id})
    return bool(is_there)


def layer_as_of(layer: PublishedLayer, edition_id: int) -> PublishedLayer:
    """Return ``layer`` with an edition that was published once, if it may still be read.

    Asked after its features were read, it also says that they were there: an edition that was
    dropped before that has none, and none would look like the end.

    Raises
    ------
    NotFound
        The edition is not this layer's, or was never published.
    EditionGone
        It was withdrawn, or is no longer kept.
    """
    if edition_id == layer.edition_id:
        return layer
    edition = (
        Edition.objects.using("read")
        .filter(pk=edition_id, layer_id=layer.id)
        .exclude(published_at=None)
        .first()
    )
    if edition is None or edition.published_at is None:
        raise NotFound(f"“{layer.title}” has no edition {edition_id}. {_instead(layer)}")
    if edition.withdrawn_at is not None or not is_kept(edition_id):
        why = "is no longer kept" if edition.withdrawn_at is None else "was withdrawn"
        raise EditionGone(
            f"Edition {edition_id} of “{layer.title}” {why}. {_instead(layer)}", "edition"
        )
    return replace(
        layer,
        edition_id=edition_id,
        published_at=edition.published_at,
        source=edition.source,
        is_sample=edition.is_sample,
        feature_count=edition.feature_count,
        quarantined_count=edition.quarantined_count,
        extent_4326=as_box(edition.extent_4326),
        extent_27700=as_box(edition.extent_27700),
    )


def refuse_withdrawn(slug: str, edition_id: int) -> None:
    """Raise if ``slug`` is a layer of which nothing is public now, and the edition once was.

    To be asked where there is no such published layer: who has the address of an edition learns
    that it is gone, and not that there never was one.

    Raises
    ------
    EditionGone
        It was published, and its layer is withdrawn.
    """
    title = withdrawn_title(slug)
    shown = Edition.objects.using("read").filter(pk=edition_id, layer__slug=slug)
    if title is not None and shown.exclude(published_at=None).exists():
        raise EditionGone(
            f"Edition {edition_id} of “{title}” was withdrawn. Nothing of it is public now.",
            "edition",
        )


def layer_as_begun(layer: PublishedLayer, edition_id: int) -> PublishedLayer:
    """Return the same for the edition in which a reader of pages began.

    Raises
    ------
    CursorStale
        It is not this layer's, was never published or was withdrawn, or is no longer kept.
    """
    try:
        return layer_as_of(layer, edition_id)
    except (NotFound, EditionGone):
        raise CursorStale(
            "The edition that this page belongs to is no longer available. Start again from the "
            "first page, without “cursor”.",
            "cursor",
        ) from None


def still_readable(layer: PublishedLayer, edition_id: int) -> datetime:
    """Return when an edition of ``layer`` was published, which a reader of pages began.

    Raises
    ------
    CursorStale
        As `layer_as_begun`.
    """
    return layer_as_begun(layer, edition_id).published_at


def _instead(layer: PublishedLayer) -> str:
    return f"Leave “edition” out to read the published one, which is {layer.edition_id}."
