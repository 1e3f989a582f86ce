"""Building the streets of an edition, and dropping them with it."""

from typing import Any

from django.db import connection

from gazetteer.models import Street
from gazetteer.sql import read_statement
from gazetteer.street_names import search_name
from layers.models import Edition

ADDRESS_ROLE = "address"
_COPY = (
    "COPY gazetteer_street"
    " (edition_id, name, search_name, locality, address_count, centre_27700) FROM STDIN"
)


def build_streets(edition: Edition, **_: Any) -> None:
    """Write the streets of a staged edition of the address layer; others are none of ours."""
    if edition.layer.role != ADDRESS_ROLE:
        return
    with connection.cursor() as cursor:
        # The planner takes every address for a street of its own, and would sort them all.
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(read_statement("streets_of_edition"), {"edition_id": edition.pk})
        streets = cursor.fetchall()
        with cursor.copy(_COPY) as copy:
            for name, locality, address_count, easting, northing in streets:
                centre = f"SRID=27700;POINT({easting!r} {northing!r})"
                copy.write_row(
                    (edition.pk, name, search_name(name), locality, address_count, centre)
                )


def drop_streets(edition_id: int, **_: Any) -> None:
    """Drop the streets of an edition whose features are gone."""
    Street.objects.filter(edition_id=edition_id).delete()
