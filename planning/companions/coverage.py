"""Storing which area an edition covers, and renewing it when what it is made of changes."""

from django.conf import settings
from django.db import connection, transaction

from layers.models import KeptOutShape, Layer
from planning.companions.stated import Stated, stated_coverage, stated_less
from planning.constraint import settings_of
from planning.models import Coverage, CoverageArea
from planning.sql import read_statement


def write_coverage(layer: Layer, edition_id: int) -> None:
    """Store the area that an edition covers from now on, unless that is what is stored.

    No area where none is stated, or where what it would be made of is not published. Where rows
    lie that were kept out of the edition, it covers nothing.
    """
    with transaction.atomic():
        _write_coverage(layer, edition_id)


def _write_coverage(layer: Layer, edition_id: int) -> None:
    areas = (_area(stated) for stated in stated_coverage(layer, edition_id))
    area = next((area for area in areas if area is not None), None)
    if area is not None and KeptOutShape.objects.filter(edition_id=edition_id).exists():
        accuracy_m = settings_of(layer.constraint, layer.theme).accuracy_m
        area = _area(stated_less(area.key, area.made_of, edition_id, accuracy_m))
    newest = Coverage.objects.filter(edition_id=edition_id).last()
    if newest is None or newest.area_id != (area.pk if area else None):
        Coverage.objects.create(edition_id=edition_id, area=area)


def drop_coverage(edition_id: int) -> None:
    """Forget what an edition covered, and areas that no edition has any more."""
    Coverage.objects.filter(edition_id=edition_id).delete()
    CoverageArea.objects.exclude(pk__in=Coverage.objects.exclude(area=None).values("area")).delete()


def _area(stated: Stated) -> CoverageArea | None:
    """Return the area, made now unless it is there; None where its edition has no polygon."""
    known = CoverageArea.objects.defer("geom_27700").filter(key=stated.key)
    if not known.exists():
        said = {"key": stated.key, "made_of": stated.made_of, "made_by": settings.VERSION}
        with connection.cursor() as cursor:
            cursor.execute(stated.statement, {**stated.parameters, **said})
            cursor.execute(read_statement("write_area_pieces"), {"key": stated.key})
    return known.first()
