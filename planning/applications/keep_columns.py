"""Keeping the columns of each pair of editions, of applications and of wards, that people see."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from layers.models import Edition, Layer
from planning.applications.columns import Source, chosen_of, read_columns
from planning.applications.models import ApplicationColumns
from planning.applications.packed import pack
from planning.applications.register import ROLE

_WARD = "ward"


def keep_columns(edition: Edition, **_: Any) -> None:
    """Keep those of a staged edition with what it will stand beside, before anyone sees it."""
    layer = edition.layer
    if layer.role == ROLE:
        _keep(edition, _wards_edition_id())
    elif layer.role == _WARD and layer.is_public:
        for applications in _shown_applications():
            _keep(applications, edition.pk)


def follow_columns(layer: Layer, **_: Any) -> None:
    """Keep those of what is shown now, after a layer or its shown edition has changed."""
    if layer.role in (ROLE, _WARD):
        keep_shown_columns()


def keep_shown_columns(**_: Any) -> None:
    """Keep those of everything that is shown, where they are not kept yet."""
    wards_edition_id = _wards_edition_id()
    for edition in _shown_applications():
        with transaction.atomic():
            _keep(edition, wards_edition_id)


def drop_columns(edition_id: int, **_: Any) -> None:
    """Let none outlive their edition."""
    ApplicationColumns.objects.filter(
        Q(edition_id=edition_id) | Q(wards_edition_id=edition_id)
    ).delete()


def rewrite_columns(layer: Layer, **_: Any) -> None:
    """Drop those of a layer where fields were hidden, and keep what is left of them."""
    editions = layer.editions.values("pk")
    if ApplicationColumns.objects.filter(edition_id__in=editions).delete()[0]:
        keep_shown_columns()


def _keep(edition: Edition, wards_edition_id: int) -> None:
    source = _source_of(edition, wards_edition_id)
    pair = {"edition_id": edition.pk, "wards_edition_id": wards_edition_id}
    kept = ApplicationColumns.objects.filter(**pair)
    kept.exclude(fields=source.fields).delete()
    if kept.exists():
        return
    row = ApplicationColumns(
        **pair, fields=source.fields, columns=pack(read_columns(source, _fetch))
    )
    # Somebody else may have kept the same meanwhile.
    ApplicationColumns.objects.bulk_create([row], ignore_conflicts=True)


def _source_of(edition: Edition, wards_edition_id: int) -> Source:
    layer = edition.layer
    fields = layer.fields.filter(is_public=True, is_personal=False)
    public = set(fields.values_list("name", flat=True))
    received_on = layer.datetime_field if layer.datetime_field in public else ""
    return Source(
        edition.pk, edition.feature_count, wards_edition_id, received_on, chosen_of(public)
    )


def _shown_applications() -> QuerySet[Edition]:
    shown = Edition.objects.filter(layer__role=ROLE, layer__published_edition=F("pk"))
    return shown.select_related("layer")


def _wards_edition_id() -> int:
    layers = Layer.objects.filter(role=_WARD, is_public=True, published_edition__isnull=False)
    return layers.values_list("published_edition_id", flat=True).first() or 0


def _fetch(statement: str, values: Mapping[str, Any]) -> Iterable[tuple[Any, ...]]:
    """Read what this transaction sees: nobody else sees an edition that is being staged."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
