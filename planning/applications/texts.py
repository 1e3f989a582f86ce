"""The folded texts of an edition of applications: written when it is staged, dropped with it."""

from typing import Any

from django.db import connection, transaction
from django.db.models import F
from psycopg import sql

from layers.models import Edition
from layers.publish.kept import is_kept
from planning.applications.register import REFERENCE, ROLE, searched_fields
from planning.applications.sql import read_statement
from planning.models import ApplicationText

_ANALYZE = "ANALYZE planning_applicationtext"


def write_texts(edition: Edition, **_: Any) -> None:
    """Write those of a staged edition of applications, inside the transaction that stages it."""
    layer = edition.layer
    if layer.role != ROLE:
        return
    fields = layer.fields.filter(is_public=True, is_personal=False)
    public = list(fields.values_list("name", flat=True))
    statement = sql.SQL(read_statement("fold_texts")).format(
        text=_joined(searched_fields(layer.title_field, public)),
        reference=_joined([REFERENCE] if REFERENCE in public else []),
        edition_id=sql.Literal(edition.pk),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        # Searches right after publishing are planned for what is there.
        cursor.execute(_ANALYZE)


def drop_texts(edition_id: int, **_: Any) -> None:
    """Drop those of an edition whose features are gone."""
    ApplicationText.objects.filter(edition_id=edition_id).delete()


def rewrite_texts(layer: Any, **_: Any) -> None:
    """Write those of a layer anew where fields were hidden: words of such a field find nothing."""
    for edition in layer.editions.filter(pk__in=ApplicationText.objects.values("edition_id")):
        drop_texts(edition.pk)
        if is_kept(edition.pk):
            write_texts(edition)


def write_missing_texts(**_: Any) -> None:
    """Write those of published editions that came before there were any."""
    published = Edition.objects.filter(
        layer__role=ROLE, layer__published_edition=F("pk"), feature_count__gt=0
    )
    for edition in published.select_related("layer"):
        if not ApplicationText.objects.filter(edition=edition).exists():
            with transaction.atomic():
                write_texts(edition)


def _joined(names: Any) -> sql.Composable:
    texts = [sql.SQL("coalesce(properties ->> {}, '')").format(sql.Literal(name)) for name in names]
    return sql.SQL(" || ' ' || ").join(texts) if texts else sql.SQL("''")
