"""Which edition a tile's address means: the published one, or an earlier one that is still kept.

Addresses of tiles name their edition for good, so they are asked for after another has been
published. An edition that was withdrawn, or dropped, is never shown from anybody's memory.
"""

from dataclasses import replace

from layers.errors import EditionGone, NotFound
from layers.query.cache import LayerMoved
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_row, fetch_rows
from layers.sql import read_statement

_CHANGED_AT = "SELECT changed_at FROM layers_layer WHERE id = %(layer_id)s"


def edition_of(layer: PublishedLayer, edition_id: int) -> PublishedLayer:
    """Return ``layer`` as if ``edition_id``, which it may still show, were its published edition.

    The published edition is believed from memory: whoever answers from it says `believe_layer`,
    or runs a statement that does the same.

    Raises
    ------
    NotFound
        The layer has no such edition, or never published it.
    EditionGone
        It was withdrawn, or is no longer kept.
    LayerMoved
        ``layer`` is no longer as it was remembered.
    """
    if edition_id == layer.edition_id:
        return layer
    rows = fetch_rows(
        read_statement("edition_state"), {"layer_id": layer.id, "edition_id": edition_id}
    )
    if not rows or rows[0][0] != layer.changed_at:
        raise LayerMoved
    _, published_at, is_withdrawn, is_kept, feature_count, extent = rows[0]
    if published_at is None:
        raise NotFound(
            f"“{layer.title}” has no edition {edition_id}. The addresses of its tiles are at "
            f"/tiles/{layer.slug}.json."
        )
    if is_withdrawn or not is_kept:
        raise EditionGone(
            f"Edition {edition_id} of “{layer.title}” is no longer available. The addresses of "
            f"the present one's tiles are at /tiles/{layer.slug}.json."
        )
    return replace(
        layer,
        edition_id=edition_id,
        published_at=published_at,
        feature_count=feature_count,
        extent_4326=tuple(extent) if extent else None,
    )


def believe_layer(layer: PublishedLayer) -> None:
    """Raise unless the database still says of ``layer`` what is remembered of it.

    Raises
    ------
    LayerMoved
        It has changed.
    """
    try:
        (changed_at,) = fetch_row(_CHANGED_AT, {"layer_id": layer.id}, keeps_plan=True)
    except IndexError:
        raise LayerMoved from None
    if changed_at != layer.changed_at:
        raise LayerMoved
