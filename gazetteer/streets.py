"""Building the streets of an edition, and dropping them with it."""

from typing import Any

from django.contrib.gis.geos import Point
from django.db import connection

from gazetteer.models import Street
from gazetteer.sql import read_statement
from gazetteer.street_names import search_name
from layers.models import Edition

ADDRESS_ROLE = "address"


def build_streets(edition: Edition, **_: Any) -> None:
    """Write the streets of a staged edition of the address layer; others are none of ours."""
    if edition.layer.role != ADDRESS_ROLE:
        return
    with connection.cursor() as cursor:
        # The planner takes every address for a street of its own, and would sort them all.
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(read_statement("streets_of_edition"), {"edition_id": edition.pk})
        streets = [
            Street(
                edition=edition,
                name=name,
                search_name=search_name(name),
                locality=locality,
                address_count=address_count,
                centre_27700=Point(easting, northing, srid=27700),
            )
            for name, locality, address_count, easting, northing in cursor.fetchall()
        ]
    Street.objects.bulk_create(streets, batch_size=2000)


def drop_streets(edition_id: int, **_: Any) -> None:
    """Drop the streets of an edition whose features are gone."""
    Street.objects.filter(edition_id=edition_id).delete()
