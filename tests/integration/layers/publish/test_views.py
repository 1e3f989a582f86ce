"""The typed views through which QGIS, ogr2ogr and SQL users read a layer."""

from datetime import UTC, date, datetime

import pytest
import shapely
from django.db import connection
from psycopg.errors import UndefinedTable

from layers.publish import replace_view, roll_back
from tests.factories import MadeFeature, make_field, make_layer, publish_features
from tests.factories.other_connections import connect_as_web

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

POINT_27700 = shapely.Point(407300, 286600)


def test_each_public_field_has_its_own_type():
    layer = make_layer(
        "planning-applications",
        fields=[
            make_field("reference"),
            make_field("homes", "integer"),
            make_field("area_ha", "number"),
            make_field("is_major", "boolean"),
            make_field("received_on", "date"),
            make_field("decided_at", "datetime"),
            make_field("website", "url"),
        ],
    )
    properties = {
        "reference": "2026/1",
        "homes": 12,
        "area_ha": 0.75,
        "is_major": True,
        "received_on": "2026-03-31",
        "decided_at": "2026-04-01T09:00:00+00:00",
        "website": "https://example.org/",
    }

    publish_features(layer, [MadeFeature("1", POINT_27700, properties)])

    with connect_as_web() as reader:
        row = reader.execute("SELECT * FROM published.planning_applications").fetchone()
    assert row[:-1] == (
        "1",
        "2026/1",
        12,
        0.75,
        True,
        date(2026, 3, 31),
        datetime(2026, 4, 1, 9, tzinfo=UTC),
        "https://example.org/",
    )
    assert shapely.from_wkb(row[-1]) == POINT_27700


def test_a_date_without_its_day_is_empty_and_spoils_nothing():
    layer = make_layer(fields=[make_field("name"), make_field("built_on", "date")])
    built = {"One": "1980-01", "Two": "1980", "Three": "1980-01-31"}

    publish_features(
        layer,
        [MadeFeature(name, POINT_27700, {"name": name, "built_on": built[name]}) for name in built],
    )

    with connect_as_web() as reader:
        rows = reader.execute("SELECT name, built_on FROM published.schools").fetchall()
    assert dict(rows) == {"One": None, "Two": None, "Three": date(1980, 1, 31)}


def test_fields_that_are_not_public_are_no_columns():
    layer = make_layer(fields=[make_field("name"), make_field("head_teacher", is_public=False)])
    secret = {"head_teacher": "Ms Secret"}
    publish_features(layer, [MadeFeature("1", POINT_27700, {"name": "A"}, restricted=secret)])

    columns = columns_of("schools")

    assert columns == ["feature_id", "name", "geom"]


def test_a_view_follows_the_pointer_forwards_and_back():
    layer = make_layer()
    publish_features(layer, [MadeFeature("1", POINT_27700, {"name": "First"})])
    with connect_as_web() as reader:
        look = "SELECT name FROM published.schools"
        assert reader.execute(look).fetchall() == [("First",)]

        publish_features(layer, [MadeFeature("1", POINT_27700, {"name": "Second"})])
        assert reader.execute(look).fetchall() == [("Second",)]

        roll_back(layer)
        assert reader.execute(look).fetchall() == [("First",)]


def test_a_layer_that_is_not_public_has_no_view():
    layer = make_layer()
    publish_features(layer, [MadeFeature("1", POINT_27700, {"name": "First"})])

    layer.is_public = False
    layer.save()
    replace_view(layer)

    with connect_as_web() as reader, pytest.raises(UndefinedTable):
        reader.execute("SELECT * FROM published.schools")


def test_a_field_may_be_called_by_any_name():
    layer = make_layer(fields=[make_field('the "best" 100% {name}; --')])
    publish_features(layer, [MadeFeature("1", POINT_27700, {'the "best" 100% {name}; --': "A"})])

    with connect_as_web() as reader:
        row = reader.execute("SELECT * FROM published.schools").fetchone()

    assert row[1] == "A"


def columns_of(view: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = 'published' AND table_name = %s ORDER BY ordinal_position",
            [view],
        )
        return [name for (name,) in cursor.fetchall()]
