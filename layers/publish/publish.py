"""Publishing an edition, taking it back, withdrawing: each is one update of a pointer."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now
from psycopg import sql

from layers.errors import EditionIncomplete, NothingPublished, NothingToRollBack
from layers.models import Act, Edition, Layer
from layers.publish.acts import write_act
from layers.publish.cells import write_cells
from layers.publish.changes import record_changes, record_way_back
from layers.publish.kept import is_kept, lock_layer
from layers.publish.partition import attach_partition, partition_name
from layers.publish.signals import edition_staged, layer_moved
from layers.publish.staged import StagedEdition


def accept_edition(staged: StagedEdition) -> Edition:
    """Attach a staged edition, make its tiles of counts, and let domain apps build companions.

    Raises
    ------
    EditionIncomplete
        The table does not hold as many rows as the importer says it wrote.
    """
    edition = Edition.objects.select_related("layer").get(pk=staged.edition_id)
    stored, extent_27700, extent_4326 = _count_and_extents(edition.pk)
    if stored != staged.feature_count:
        raise EditionIncomplete(
            f"Edition {edition.pk} of {edition.layer.slug} holds {stored} features, but "
            f"{staged.feature_count} were written. It is not published; import the file again."
        )
    edition.feature_count = staged.feature_count
    edition.quarantined_count = staged.quarantined_count
    edition.unplaced_count = staged.unplaced_count
    edition.extent_27700, edition.extent_4326 = extent_27700, extent_4326
    with transaction.atomic():
        attach_partition(edition.pk)
        write_cells(edition)
        edition_staged.send(sender=Edition, edition=edition)
        edition.staged_at = Now()
        edition.save()
    edition.refresh_from_db()
    return edition


def publish_edition(
    edition: Edition, *, actor: str = "", reason: str = "", run_id: int | None = None
) -> None:
    """Show ``edition`` to everyone from this instant.

    Parameters
    ----------
    actor, reason, run_id
        For the audit trail.

    Raises
    ------
    EditionIncomplete
        The edition was never staged to its end, or has been dropped.
    """
    with transaction.atomic():
        layer = lock_layer(edition.layer_id)
        edition.refresh_from_db()
        if edition.staged_at is None or not is_kept(edition.pk):
            raise EditionIncomplete(
                f"Edition {edition.pk} is not complete, or no longer kept. Import the file again."
            )
        previous_id = layer.published_edition_id
        _compare_anew(edition, previous_id)
        if previous_id is None:
            _record_return(layer, edition.pk)
        Edition.objects.filter(pk=edition.pk).update(published_at=Now(), withdrawn_at=None)
        _show(layer, edition)
        write_act(
            layer,
            Act.Verb.PUBLISHED,
            actor=actor,
            edition_id=edition.pk,
            previous_id=previous_id,
            run_id=run_id,
            reason=reason,
        )


def roll_back(layer: Layer, to: int | None = None, *, actor: str = "", reason: str = "") -> Edition:
    """Withdraw the published edition and show an earlier one again.

    Parameters
    ----------
    to
        The edition to show. Without it, the newest that was published before
        the present one and has not been withdrawn. A layer of which nothing is
        published has no present one: then it must be given.
    actor, reason
        For the audit trail.

    Raises
    ------
    NothingToRollBack
        There is no such edition.
    """
    with transaction.atomic():
        layer = lock_layer(layer.pk)
        current_id = layer.published_edition_id
        target = _rollback_target(layer, to)
        if current_id is None:
            _record_return(layer, target.pk)
        else:
            record_way_back(target.pk, current_id)
            Edition.objects.filter(pk=current_id).update(withdrawn_at=Now())
        Edition.objects.filter(pk=target.pk).update(withdrawn_at=None)
        _show(layer, target)
        write_act(
            layer,
            Act.Verb.ROLLED_BACK,
            actor=actor,
            edition_id=target.pk,
            previous_id=current_id,
            reason=reason,
        )
    return target


def withdraw_layer(layer: Layer, *, actor: str = "", reason: str = "") -> None:
    """Show no edition of the layer to anyone from this instant.

    `roll_back` to an edition ends it, and so does publishing one.

    Raises
    ------
    NothingPublished
        No edition is published.
    """
    with transaction.atomic():
        layer = lock_layer(layer.pk)
        current_id = layer.published_edition_id
        if current_id is None:
            raise NothingPublished(f"{layer.slug} has no published edition to withdraw.")
        Edition.objects.filter(pk=current_id).update(withdrawn_at=Now())
        _show(layer, None)
        write_act(layer, Act.Verb.WITHDREW, actor=actor, previous_id=current_id, reason=reason)


def _show(layer: Layer, edition: Edition | None) -> None:
    """Move the pointer: the one update by which everyone sees another edition."""
    Layer.objects.filter(pk=layer.pk).update(published_edition=edition, changed_at=Now())
    layer.refresh_from_db()
    layer_moved.send(sender=Layer, layer=layer)


def _compare_anew(edition: Edition, previous_id: int | None) -> None:
    """Compare again where another edition was published since this one was staged."""
    if edition.pk != previous_id and (
        edition.compared_with_id != previous_id or previous_id is None
    ):
        record_changes(edition.pk, previous_id)


def _record_return(layer: Layer, edition_id: int) -> None:
    """Keep what an edition changes against the one that was shown before a withdrawal.

    For those who copied that one, and slept while nothing was shown.
    """
    withdrawal = layer.acts.filter(verb=Act.Verb.WITHDREW).first()
    before_id = None if withdrawal is None else withdrawal.previous_id
    if before_id not in (None, edition_id) and is_kept(before_id):
        record_way_back(edition_id, before_id)


def _rollback_target(layer: Layer, to: int | None) -> Edition:
    if to is not None and to == layer.published_edition_id:
        raise NothingToRollBack(f"Edition {to} is what is published of {layer.slug} already.")
    kept = [
        edition
        for edition in layer.editions.exclude(pk=layer.published_edition_id or 0).exclude(
            published_at=None
        )
        if is_kept(edition.pk)
    ]
    if to is not None:
        target = next((edition for edition in kept if edition.pk == to), None)
        wanted = f"no kept edition {to}"
    else:
        current = layer.published_edition_id or 0
        earlier = (each for each in kept if each.pk < current and not each.withdrawn_at)
        target = next(earlier, None)
        wanted = "no earlier edition" if current else "no published edition, so no earlier one,"
    if target is None:
        numbers = ", ".join(str(edition.pk) for edition in kept) or "none"
        raise NothingToRollBack(
            f"{layer.slug} has {wanted} to go back to. Other editions kept: {numbers}."
        )
    return target


# By each side: a box as text has 15 digits, too few to hold what lies on its edge.
_COUNT_AND_EXTENTS = """
    SELECT features,
        ST_XMin(metres), ST_YMin(metres), ST_XMax(metres), ST_YMax(metres),
        ST_XMin(degrees), ST_YMin(degrees), ST_XMax(degrees), ST_YMax(degrees)
    FROM (
        SELECT
            count(*) AS features, ST_Extent(geom_27700) AS metres, ST_Extent(geom_4326) AS degrees
        FROM {}
    ) AS extents
"""


def _count_and_extents(edition_id: int) -> tuple[int, list[float] | None, list[float] | None]:
    """Return how many features an edition's table holds, and where they lie in both systems."""
    table = sql.Identifier(partition_name(edition_id))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(_COUNT_AND_EXTENTS).format(table))
        count, *corners = cursor.fetchone()
    return int(count), _box(corners[:4]), _box(corners[4:])


def _box(corners: Sequence[Any]) -> list[float] | None:
    return None if corners[0] is None else list(corners)
