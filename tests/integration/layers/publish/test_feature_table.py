"""What the feature table itself refuses, whoever writes to it."""

import numpy as np
import pytest
import shapely
from django.db import IntegrityError, connection

from layers.publish import partition_name
from tests.factories import make_layer, stage_features

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


@pytest.mark.parametrize(
    "wkt_27700",
    [
        "POINT (nan 286000)",
        "POINT (407000 nan)",
        "LINESTRING (407000 286000, nan 286000, 407100 286100)",
        "POLYGON ((407000 286000, 407100 286000, nan nan, 407000 286100, 407000 286000))",
        "POINT (inf 286000)",
        "POINT (407000 -inf)",
        "LINESTRING (407000 286000, 407000 inf)",
        "POINT (2500000 286000)",
        "POINT (407000 -1000000)",
        "MULTIPOINT (407000 286000, 407000 inf)",
        "LINESTRING (407000 286000, 2500000 286000)",
    ],
)
def test_it_refuses_metres_that_are_no_numbers_or_nowhere_near(wkt_27700):
    edition = stage_features(make_layer(), [])

    with pytest.raises(IntegrityError, match="layers_feature_finite_27700"):
        insert_feature(edition.pk, "geom_27700", ewkb(wkt_27700, 27700))


@pytest.mark.parametrize(
    "wkt_4326",
    [
        "POINT (nan 52.5)",
        "POLYGON ((-1.9 52.4, -1.8 52.4, nan nan, -1.9 52.5, -1.9 52.4))",
        "POINT (-1.9 inf)",
        "POINT (-1.9 95)",
        "POINT (-181 52.5)",
        "POINT (-inf 52.5)",
        "LINESTRING (-1.9 52.5, -1.9 91)",
    ],
)
def test_it_refuses_degrees_that_are_no_numbers_or_off_the_globe(wkt_4326):
    edition = stage_features(make_layer(), [])

    with pytest.raises(IntegrityError, match="layers_feature_finite_4326"):
        insert_feature(edition.pk, "geom_4326", ewkb(wkt_4326, 4326))


@pytest.mark.parametrize(
    "column, srid, wkt",
    [
        ("geom_27700", 27700, "POINT (-999999 1999999)"),
        ("geom_27700", 27700, "POLYGON ((1 1, 2 1, 2 2, 1 1))"),
        ("geom_4326", 4326, "POINT (-180 90)"),
        ("geom_4326", 4326, "MULTIPOINT (180 -90, 0 0)"),
    ],
)
def test_it_takes_all_that_lies_within(column, srid, wkt):
    edition = stage_features(make_layer(), [])

    insert_feature(edition.pk, column, ewkb(wkt, srid))


def test_it_refuses_a_feature_of_another_edition():
    edition = stage_features(make_layer(), [])

    with pytest.raises(IntegrityError):
        insert_feature(
            edition.pk + 1, "geom_27700", ewkb("POINT (407000 286000)", 27700), table_of=edition.pk
        )


def test_it_refuses_two_features_with_one_id():
    edition = stage_features(make_layer(), [])
    point = ewkb("POINT (407000 286000)", 27700)
    insert_feature(edition.pk, "geom_27700", point)

    with pytest.raises(IntegrityError):
        insert_feature(edition.pk, "geom_27700", point)


def ewkb(wkt: str, srid: int) -> bytes:
    return shapely.to_wkb(shapely.set_srid(_shape(wkt), srid), include_srid=True)


def insert_feature(edition_id: int, column: str, wkb: bytes, table_of: int | None = None) -> None:
    table = partition_name(edition_id if table_of is None else table_of)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (edition_id, id, fid, key, properties, {column})"
            " VALUES (%s, 1, 'one', 'one', '{}', %s::bytea::geometry)",
            [edition_id, wkb],
        )


def _shape(wkt: str) -> shapely.Geometry:
    with np.errstate(invalid="ignore"):  # GEOS warns of the very NaN that is wanted here
        return shapely.from_wkt(wkt)
