"""What the feature table itself refuses, whoever writes to it."""

import numpy as np
import pytest
import shapely
from django.db import IntegrityError, connection

from layers.publish import hide_fields, partition_name
from layers.query.output import Output
from tests.factories import MadeFeature, make_field, make_layer, publish_features, stage_features

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


@pytest.mark.parametrize(
    "geometry_type, wkt",
    [
        ("Polygon", "POLYGON ((407000 286000, 407100 286000, 407100 286100, 407000 286000))"),
        (
            "Polygon",
            "MULTIPOLYGON (((407000 286000, 407100 286000, 407100 286100, 407000 286000)))",
        ),
        ("LineString", "LINESTRING (407000 286000, 407100 286100)"),
        ("MultiPoint", "MULTIPOINT (407000 286000, 407100 286100)"),
    ],
)
def test_it_keeps_shapes_as_pages_show_them(geometry_type, wkt):
    layer = make_layer(geometry_type=geometry_type, fields=[make_field("name")])
    properties = {"name": 'A “b" \\ \n <c>', "free": None, "count": 12.50}
    feature = MadeFeature("1/é", shapely.from_wkt(wkt), properties)
    edition = publish_features(layer, [feature])

    kept, made, shown = geojson_of(edition.pk)

    assert kept == made == shown
    assert kept.startswith('{"type":"Feature","id":"')


@pytest.mark.parametrize("geometry_type", ["Point", "MultiPoint"])
def test_it_keeps_no_points_as_text(geometry_type):
    feature = MadeFeature("1", shapely.Point(407000, 286000))
    edition = publish_features(make_layer(geometry_type=geometry_type), [feature])

    kept, made, shown = geojson_of(edition.pk)

    assert kept is None
    assert made == shown
    assert '"type":"Point"' in made


def test_what_is_hidden_is_not_kept_as_text():
    fields = [make_field("name"), make_field("keyholder")]
    layer = make_layer(geometry_type="Polygon", fields=fields)
    shape = shapely.box(407000, 286000, 407100, 286100)
    feature = MadeFeature("1", shape, {"name": "A", "keyholder": "Ms Secret"})
    edition = publish_features(layer, [feature])
    before, _, _ = geojson_of(edition.pk)

    hide_fields(layer, ["keyholder"])

    kept, made, _ = geojson_of(edition.pk)
    assert "Ms Secret" in before
    assert "Ms Secret" not in kept
    assert kept == made


def geojson_of(edition_id: int) -> tuple[str | None, str, str]:
    """Return the GeoJSON of the one feature as its row has it, as made anew, and as shown."""
    made, shown = Output().feature_sql(is_kept=False), Output().feature_sql()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT geojson, {made}, {shown} FROM layers_feature WHERE edition_id = {edition_id}"
        )
        ((kept, made, shown),) = cursor.fetchall()
    return kept, made, shown


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
