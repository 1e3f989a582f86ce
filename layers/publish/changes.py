"""What an edition changes against the one before: counted, and kept feature by feature."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q
from psycopg import sql

from layers.models import Change, Edition
from layers.publish.partition import partition_name
from layers.publish.sql import read_statement

# Further than a coordinate can be rounded: to a metre, or to five decimals of a degree.
MOVED_M = 1.5


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """How many features of an edition are new, not the same, and gone.

    ``moved``: of those changed, how many went further than `MOVED_M`.
    """

    added: int = 0
    changed: int = 0
    removed: int = 0
    moved: int = 0


def record_changes(edition_id: int, since_id: int | None) -> ChangeCounts:
    """Keep and count what edition ``edition_id`` changes against ``since_id``.

    Both are compared by the source's keys, values and shapes (EPSG:27700, metres).
    Against nothing every feature is new; that is counted, and not kept row by row.
    Recording a pair again replaces what was kept of it.
    """
    if since_id is None:
        counts = ChangeCounts(added=_count_features(edition_id))
    else:
        _compare(edition_id, since_id)
        counts = _count_changes(edition_id, since_id)
    Edition.objects.filter(pk=edition_id).update(
        compared_with=since_id,
        added=counts.added,
        changed=counts.changed,
        removed=counts.removed,
    )
    return counts


def record_way_back(edition_id: int, since_id: int) -> None:
    """Keep what going back from ``since_id`` to ``edition_id`` changes.

    Where the way there is on record it is turned round, which costs no comparing.
    """
    if Change.objects.filter(edition=edition_id, since=since_id).exists():
        return
    if _is_way_there_kept(since_id, edition_id):
        with connection.cursor() as cursor:
            cursor.execute(
                read_statement("invert_changes"), {"edition": edition_id, "since": since_id}
            )
    else:
        _compare(edition_id, since_id)


def _is_way_there_kept(edition_id: int, since_id: int) -> bool:
    """Return whether all of a pair's changes are on record: of an old one only figures may be."""
    edition = Edition.objects.filter(pk=edition_id, compared_with=since_id).first()
    if edition is None:
        return False
    kept = Change.objects.filter(edition=edition_id, since=since_id).count()
    return kept == edition.added + edition.changed + edition.removed


def _compare(edition_id: int, since_id: int) -> None:
    Change.objects.filter(edition=edition_id, since=since_id).delete()
    statement = sql.SQL(read_statement("record_changes")).format(
        new=sql.Identifier(partition_name(edition_id)),
        old=sql.Identifier(partition_name(since_id)),
        edition=sql.Literal(edition_id),
        since=sql.Literal(since_id),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _count_changes(edition_id: int, since_id: int) -> ChangeCounts:
    counts = Change.objects.filter(edition=edition_id, since=since_id).aggregate(
        added=Count("pk", filter=Q(kind=Change.Kind.ADDED)),
        changed=Count("pk", filter=Q(kind=Change.Kind.CHANGED)),
        removed=Count("pk", filter=Q(kind=Change.Kind.REMOVED)),
        moved=Count("pk", filter=Q(kind=Change.Kind.CHANGED, moved_m__gt=MOVED_M)),
    )
    return ChangeCounts(**counts)


def _count_features(edition_id: int) -> int:
    table = sql.Identifier(partition_name(edition_id))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(table))
        return int(cursor.fetchone()[0])
