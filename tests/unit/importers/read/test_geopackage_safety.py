"""A GeoPackage is looked over as plain SQLite before GDAL may open it."""

import sqlite3
from pathlib import Path

import pytest

from importers.errors import SourceUnreadable
from importers.read.child.geopackage_safety import (
    FeatureTable,
    check_schema,
    choose_table,
    opened_database,
)
from tests.unit.importers.read.made_files import write_geopackage


def look_over(path: Path, wanted: str | None = None) -> FeatureTable:
    with opened_database(path) as database:
        check_schema(database)
        return choose_table(database, wanted)


def refusal(path: Path, wanted: str | None = None) -> SourceUnreadable:
    with pytest.raises(SourceUnreadable) as caught:
        look_over(path, wanted)
    return caught.value


def test_it_finds_the_one_layer_and_its_crs(tmp_path):
    table = look_over(write_geopackage(tmp_path / "a.gpkg"))

    assert (table.name, table.geometry) == ("trees", "geom")
    assert (table.organisation, table.code) == ("EPSG", 27700)


def test_it_finds_no_crs_where_the_file_declares_none(tmp_path):
    assert look_over(write_geopackage(tmp_path / "a.gpkg", srs_id=-1)).organisation is None


def test_it_accepts_the_standard_triggers_and_virtual_tables(tmp_path):
    standard = (
        "CREATE VIRTUAL TABLE rtree_trees_geom USING rtree(id, minx, maxx, miny, maxy);"
        "CREATE TRIGGER rtree_trees_geom_delete AFTER DELETE ON trees BEGIN SELECT 1; END;"
        "CREATE TRIGGER trigger_insert_feature_count_trees AFTER INSERT ON trees"
        " BEGIN SELECT 1; END;"
    )

    assert look_over(write_geopackage(tmp_path / "a.gpkg", extra_sql=standard)).name == "trees"


@pytest.mark.parametrize(
    ("extra_sql", "code"),
    [
        ("CREATE TRIGGER evil AFTER INSERT ON trees BEGIN SELECT 1; END", "GPKG-UNSAFE"),
        ("CREATE VIRTUAL TABLE notes USING fts5(text)", "GPKG-UNSAFE"),
        (
            "ALTER TABLE trees ADD COLUMN big AS (zeroblob(1000000000))",
            "GPKG-UNSAFE",
        ),
        (
            "CREATE VIEW big AS SELECT randomblob(1e9) AS geom;"
            "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('big', 'features')",
            "GPKG-VIEW",
        ),
        (
            "DROP TABLE gpkg_geometry_columns;"
            "CREATE VIEW gpkg_geometry_columns AS WITH RECURSIVE n(i) AS"
            " (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS table_name FROM n",
            "GPKG-VIEW",
        ),
        ("DELETE FROM trees", "NO-ROWS"),
        ("DROP TABLE trees", "GPKG-CORRUPT"),
        ("UPDATE gpkg_contents SET data_type = 'tiles'", "NO-VECTOR"),
    ],
)
def test_it_refuses_what_is_not_plain_features(tmp_path, extra_sql, code):
    assert refusal(write_geopackage(tmp_path / "a.gpkg", extra_sql=extra_sql)).code == code


def test_it_lists_the_layers_to_choose_from(tmp_path):
    path = write_geopackage(tmp_path / "a.gpkg", layers=("oaks", "a]b"))

    fault = refusal(path)

    assert fault.code == "MULTI-LAYER"
    assert "a]b, oaks" in str(fault)
    assert look_over(path, "OAKS").name == "oaks"


def test_it_refuses_another_kind_of_database(tmp_path):
    database = sqlite3.connect(tmp_path / "cookies.sqlite")
    database.execute("CREATE TABLE moz_cookies (value TEXT)")
    database.close()

    assert refusal(tmp_path / "cookies.sqlite").code == "NOT-GEO"


def test_it_refuses_a_damaged_database(tmp_path):
    path = write_geopackage(tmp_path / "a.gpkg")
    path.write_bytes(path.read_bytes()[:2000])

    assert refusal(path).code == "GPKG-CORRUPT"


def test_it_ends_a_query_that_does_not(tmp_path):
    path = write_geopackage(tmp_path / "a.gpkg")

    with pytest.raises(SourceUnreadable) as caught, opened_database(path) as database:
        database.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        ).fetchone()

    assert caught.value.code == "GPKG-UNSAFE"
