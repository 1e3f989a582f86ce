"""Which edition of a layer people saw at a time, and which came one after the other since."""

from datetime import datetime
from itertools import pairwise

from layers.errors import ChangesUnknown
from layers.models import Act, Edition, Layer
from layers.query.registry import PublishedLayer

# Many more than the editions whose changes are kept.
_MOST_MOVES = 1000


def edition_shown_at(layer: PublishedLayer, moment: datetime) -> int | None:
    """Return the edition that everyone saw at ``moment``, or None where there was none to see.

    Raises
    ------
    ChangesUnknown
        The record of the layer begins later, and something was shown before.
    """
    moves = Act.objects.using("read").filter(layer_id=layer.id, verb__in=Act.MOVES)
    last = moves.filter(at__lte=moment).order_by("-id").values_list("edition_id").first()
    if last is not None:
        return last[0]
    first = moves.order_by("id").values_list("previous_id").first()
    if first is None and layer.published_at <= moment:
        return layer.edition_id
    if first is None or first[0] is not None:
        raise ChangesUnknown("Nothing is on record of what was shown at that time.")
    return None


def was_shown(layer: PublishedLayer, edition_id: int) -> bool:
    """Return whether people ever saw this edition of the layer, kept or not."""
    return (
        Edition.objects.using("read")
        .filter(pk=edition_id, layer_id=layer.id)
        .exclude(published_at=None)
        .exists()
    )


def steps_between(layer: PublishedLayer, since_id: int, target_id: int) -> list[tuple[int, int]]:
    """Return the pairs of editions, earlier and later, that lead from one shown to another.

    Nothing where the record of the layer does not lead there. What was gone back on is
    left out: one edition is the same whenever it is shown.
    """
    moves = (
        Act.objects.using("read")
        .filter(layer_id=layer.id, verb__in=Act.MOVES)
        .order_by("-id")
        .values_list("previous_id", "edition_id")[:_MOST_MOVES]
    )
    return _shortest(list(reversed(moves)), since_id, target_id)


def _shortest(
    moves: list[tuple[int | None, int | None]], since_id: int, target_id: int
) -> list[tuple[int, int]]:
    """Return the steps from one edition to another along moves of the pointer, oldest first."""
    if not moves:
        return []
    # Of a withdrawal nothing is left here: what came after it is compared with what was before.
    shown = [each for each in (moves[0][0], *(after for _, after in moves)) if each is not None]
    if target_id not in shown:
        return []
    until = shown[: _last(shown, target_id) + 1]
    if since_id not in until:
        return []
    return list(pairwise(_without_loops(until[_last(until, since_id) :])))


def _last(shown: list[int], edition_id: int) -> int:
    return len(shown) - 1 - shown[::-1].index(edition_id)


def _without_loops(shown: list[int]) -> list[int]:
    path: list[int] = []
    for edition_id in shown:
        if edition_id in path:
            del path[path.index(edition_id) :]
        path.append(edition_id)
    return path


def withdrawn_title(slug: str) -> str | None:
    """Return the title of a public layer that was shown once and is not now, or None."""
    if "\0" in slug:  # PostgreSQL's text cannot hold one
        return None
    layers = Layer.objects.using("read").filter(
        slug=slug, is_public=True, licence_restricted=False, published_edition=None
    )
    return layers.filter(acts__verb__in=Act.MOVES).values_list("title", flat=True).first()
