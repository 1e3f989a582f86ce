"""The places of rows that were kept out of an edition: there it knows less than it looks."""

from collections.abc import Iterable
from typing import Any

from django.contrib.gis.geos import GEOSGeometry

from layers.crs import BRITISH_NATIONAL_GRID
from layers.models import KeptOutShape

_AT_ONCE = 1_000


def write_kept_out(edition_id: int, shapes: Iterable[bytes]) -> None:
    """Keep where rows lie that an edition is without: WKB in EPSG:27700, metres."""
    KeptOutShape.objects.bulk_create(
        (
            KeptOutShape(
                edition_id=edition_id,
                geom_27700=GEOSGeometry(memoryview(wkb), srid=BRITISH_NATIONAL_GRID),
            )
            for wkb in shapes
        ),
        batch_size=_AT_ONCE,
    )


def drop_kept_out(edition_id: int, **_: Any) -> None:
    """Forget them with their edition."""
    KeptOutShape.objects.filter(edition_id=edition_id).delete()
