"""Dropping editions that are no longer kept, and pinning those that are to be."""

from django.conf import settings
from django.db import connection, transaction

from layers.errors import EditionIncomplete
from layers.models import Act, Change, Edition, Layer
from layers.publish.acts import write_act
from layers.publish.citations import cited_editions
from layers.publish.kept import is_kept, lock_layer, was_dropped
from layers.publish.partition import drop_partition, is_attached
from layers.publish.signals import edition_dropped


def prune_editions(layer: Layer, kept: int | None = None, *, actor: str = "") -> list[int]:
    """Drop the features of all but the newest ``kept`` editions beside the published one.

    Pinned editions, cited ones, and those that wait to be published, are neither dropped nor
    counted. The rows of `Edition` stay as a record. Returns the editions dropped.
    """
    surplus = _give_up_surplus(layer, settings.EDITIONS_KEPT if kept is None else kept, actor)
    # Only now: dropping a partition cannot be part of a transaction. Should this process be
    # killed here, the audit trail says what is to go, and the next to prune lets it go.
    for edition_id in surplus:
        discard_edition(edition_id)
    return surplus


def _give_up_surplus(layer: Layer, kept: int, actor: str) -> list[int]:
    """Write down which editions go, while nobody can publish, pin or go back to one of them."""
    with transaction.atomic():
        locked = lock_layer(layer.pk)
        others = (
            locked.editions.exclude(pk=locked.published_edition_id or 0)
            .exclude(published_at=None)
            .exclude(is_pinned=True)
            .order_by("-id")
        )
        attached = [edition.pk for edition in others if is_attached(edition.pk)]
        given_up = [pk for pk in attached if was_dropped(pk)]
        cited = cited_editions(attached)
        surplus = [pk for pk in attached if pk not in given_up and pk not in cited][kept:]
        for edition_id in surplus:
            write_act(locked, Act.Verb.DROPPED, actor=actor, edition_id=edition_id)
    return given_up + surplus


def discard_edition(edition_id: int) -> None:
    """Drop an edition's features, attached or not; its row remains, as withdrawn if published."""
    drop_partition(edition_id)
    edition_dropped.send(sender=Edition, edition_id=edition_id)


def pin_edition(edition: Edition, *, actor: str = "", reason: str = "") -> None:
    """Keep ``edition`` until it is unpinned, however many come after it.

    Raises
    ------
    EditionIncomplete
        Its features are not, or no longer, there to be kept.
    """
    with transaction.atomic():
        lock_layer(edition.layer_id)
        if not is_kept(edition.pk):
            raise EditionIncomplete(
                f"Edition {edition.pk} is no longer kept, so it cannot be pinned."
            )
        _mark(edition, Act.Verb.PINNED, is_pinned=True, actor=actor, reason=reason)


def unpin_edition(edition: Edition, *, actor: str = "", reason: str = "") -> None:
    """Let ``edition`` be dropped like any other when newer ones take its place."""
    with transaction.atomic():
        _mark(edition, Act.Verb.UNPINNED, is_pinned=False, actor=actor, reason=reason)


def forget_changes(layer: Layer, kept_editions: int) -> int:
    """Delete the feature-by-feature changes of all but the newest editions; return how many.

    The figures on `Edition` stay.
    """
    newest = layer.editions.order_by("-id").values_list("pk", flat=True)[:kept_editions]
    deleted, _ = (
        Change.objects.filter(edition__layer=layer).exclude(edition__in=list(newest)).delete()
    )
    return deleted


def reclaim_forgotten() -> None:
    """Clear away the remains of forgotten changes, which cannot be done inside a transaction.

    Until then whoever asks whether they are on record reads through all that is left of them.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM layers_change")


def _mark(edition: Edition, verb: Act.Verb, *, is_pinned: bool, actor: str, reason: str) -> None:
    Edition.objects.filter(pk=edition.pk).update(is_pinned=is_pinned)
    write_act(edition.layer, verb, actor=actor, edition_id=edition.pk, reason=reason)
