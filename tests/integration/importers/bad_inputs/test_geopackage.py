"""GeoPackages that compute, point elsewhere, contradict themselves or are something else."""

import sqlite3
import struct
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories.entries import field_entry, layer_entry
from tests.integration.importers.bad_inputs.desk import Desk
from tests.integration.importers.bad_inputs.geopackages import (
    blob,
    set_geometry,
    wkb_point,
    write,
)
from tests.integration.importers.bad_inputs.zips import write_zip

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

ONE_MORE = (
    "CREATE TABLE {table} (fid INTEGER PRIMARY KEY, geom BLOB, ref TEXT);"
    "INSERT INTO {table} SELECT fid, geom, ref FROM trees;"
    "INSERT INTO gpkg_contents (table_name, data_type, srs_id)"
    " VALUES ({name}, '{kind}', 27700);"
)
ITS_GEOMETRY = "INSERT INTO gpkg_geometry_columns VALUES ({name}, 'geom', 'POINT', 27700, 0, 0);"


@pytest.fixture
def path(desk: Desk) -> Path:
    return desk.folder / "parks.gpkg"


def a_layer(name: str, kind: str = "features") -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    sql = ONE_MORE.format(table=quoted, name=f"'{name}'", kind=kind)
    return sql + (ITS_GEOMETRY.format(name=f"'{name}'") if kind == "features" else "")


def a_view(select: str) -> str:
    return (
        f"CREATE VIEW more AS {select};"
        "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('more', 'features');"
        "INSERT INTO gpkg_geometry_columns VALUES ('more', 'geom', 'POINT', 27700, 0, 0);"
    )


def test_a_good_geopackage_is_taken(desk: Desk, path: Path) -> None:
    desk.accept(write(path), rows=3)


@pytest.mark.parametrize(
    "select",
    [
        "SELECT 1 AS fid, randomblob(1000000000) AS geom",
        "SELECT a.fid, a.geom FROM trees a, trees b, trees c",
        "SELECT 1 AS fid, printf('%.*c', 1000000000, 'x') AS geom",
    ],
    ids=["randomblob", "cross join", "printf"],
)
def test_e02_a_view_that_computes(desk: Desk, path: Path, select: str) -> None:
    desk.refuse(write(path, sql=a_view(select)), "GPKG-VIEW", "more is a view, not a table")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("CREATE TRIGGER evil AFTER INSERT ON trees BEGIN SELECT 1; END", "trigger, evil"),
        ("CREATE VIRTUAL TABLE notes USING fts5(text)", "virtual table, notes"),
        ("CREATE VIRTUAL TABLE pages USING dbstat", "virtual table, pages"),
        ("{VirtualOGR}", "virtual table, far"),
        ("{VirtualShape}", "virtual table, far"),
        ("{csv}", "virtual table, far"),
    ],
)
def test_e03_what_runs_or_reaches_out(desk: Desk, path: Path, sql: str, said: str) -> None:
    if sql.startswith("{"):
        # Modules that this SQLite does not know can only be written into its schema.
        sql = (
            "PRAGMA writable_schema = ON; INSERT INTO sqlite_master VALUES ('table', 'far', 'far',"
            f" 0, 'CREATE VIRTUAL TABLE far USING {sql.strip('{}')}(''/etc/passwd'')');"
        )

    desk.refuse(write(path, sql=sql), "GPKG-UNSAFE", said)


def test_e03_the_standard_triggers_and_index_are_taken(desk: Desk, path: Path) -> None:
    sql = (
        "CREATE VIRTUAL TABLE rtree_trees_geom USING rtree(id, minx, maxx, miny, maxy);"
        "CREATE TRIGGER rtree_trees_geom_delete AFTER DELETE ON trees BEGIN SELECT 1; END;"
        "CREATE TRIGGER gpkg_tile_matrix_zoom_level_insert AFTER INSERT ON trees"
        " BEGIN SELECT 1; END;"
    )

    desk.accept(write(path, sql=sql), rows=3)


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
@pytest.mark.parametrize("is_zipped", [True, False])
def test_e05_changes_that_are_not_saved_yet(
    desk: Desk, path: Path, ending: str, is_zipped: bool
) -> None:
    write(path)
    if is_zipped:
        members = {"parks.gpkg": path.read_bytes(), f"parks.gpkg{ending}": b"changes"}
        path = write_zip(desk.folder / "parks.zip", members)
    else:
        (desk.folder / f"parks.gpkg{ending}").write_bytes(b"changes")

    desk.refuse(path, "GPKG-UNSAVED", "Close the file in QGIS and save it again")


def test_e05_a_file_in_wal_mode_without_changes_is_taken(desk: Desk, path: Path) -> None:
    write(path, sql="PRAGMA journal_mode = WAL")
    assert path.read_bytes()[18:20] == b"\x02\x02"

    desk.accept(path, rows=3)


def test_e08_a_listed_table_that_is_not_there(desk: Desk, path: Path) -> None:
    desk.refuse(write(path, sql="DROP TABLE trees"), "GPKG-CORRUPT", "a layer trees")


@pytest.mark.parametrize("srid", [-1, 0, 999_999])
def test_e08_no_crs(desk: Desk, path: Path, srid: int) -> None:
    desk.refuse(write(path, srid=srid), "CRS-MISSING")


def test_e08_two_columns_of_geometries(desk: Desk, path: Path) -> None:
    sql = (
        "ALTER TABLE trees ADD COLUMN outline BLOB;"
        "INSERT INTO gpkg_geometry_columns VALUES ('trees', 'outline', 'POINT', 27700, 0, 0);"
    )

    desk.refuse(write(path, sql=sql), "MULTI-LAYER", "trees has several", "geom, outline")


def test_e08_a_polygon_among_points(desk: Desk, path: Path) -> None:
    ring = [(405_000, 285_000), (405_009, 285_000), (405_009, 285_009), (405_000, 285_000)]
    polygon = struct.pack("<bIII", 1, 3, 1, 4) + b"".join(struct.pack("<dd", *p) for p in ring)
    set_geometry(write(path), "T2", blob(polygon))

    desk.accept(path, rows=3, quarantined={2: "GEOM-TYPE"})


POINT = wkb_point(405_002, 285_000)
SWAPPED = b"GP\x00\x00" + struct.pack("<i", 27700) + POINT


@pytest.mark.parametrize(
    "geometry",
    [
        blob(POINT, magic=b"XY\x00"),
        blob(POINT, magic=b"GP\x07"),
        blob(POINT, flags=1 | 7 << 1),
        SWAPPED,
        blob(POINT, srid=4326),
        blob(POINT, flags=0x11),
        blob(POINT, flags=0x21),
        blob(POINT, flags=1 | 1 << 1),
        b"GP",
        b"",
    ],
    ids=[
        "magic",
        "version",
        "envelope",
        "byte order",
        "another crs",
        "empty that is not",
        "extended",
        "no bounds",
        "cut short",
        "nothing",
    ],
)
def test_e09_a_head_that_lies_keeps_its_row_out(desk: Desk, path: Path, geometry: bytes) -> None:
    set_geometry(write(path), "T2", geometry)

    desk.accept(path, rows=3, quarantined={2: "GEOM-CORRUPT"})


def test_e09_a_head_of_the_other_byte_order_is_as_good(desk: Desk, path: Path) -> None:
    """The standard lets the head and the shape each have an order of their own."""
    set_geometry(write(path), "T2", blob(POINT, flags=0))

    desk.accept(path, rows=3)


DEEP = b"\x01\x07\x00\x00\x00\x01\x00\x00\x00" * 100_000


@pytest.mark.parametrize(
    "wkb",
    [
        DEEP + POINT,
        struct.pack("<bII", 1, 2, 0xFFFFFFFF) + bytes(32),
        struct.pack("<bI", 1, 0) + bytes(16),
        struct.pack("<bI", 1, 1001) + bytes(16),
        struct.pack("<bI", 1, 99) + bytes(16),
    ],
    ids=["100,000 deep", "4 billion positions", "type 0", "a height is missing", "type 99"],
)
def test_e10_a_shape_that_cannot_be_read_keeps_its_row_out(
    desk: Desk, path: Path, wkb: bytes
) -> None:
    set_geometry(write(path), "T2", blob(wkb))

    desk.accept(path, rows=3, quarantined={2: "GEOM-CORRUPT"})


@pytest.mark.parametrize("key", ["fid INTEGER", "fid TEXT PRIMARY KEY", "fid INTEGER NULL"])
def test_e11_rows_that_cannot_be_told_apart(desk: Desk, path: Path, key: str) -> None:
    desk.refuse(write(path, key=key), "GPKG-KEY", "trees", "primary key")


def test_e11_a_layer_called_like_sqlites_own(desk: Desk, path: Path) -> None:
    sql = (
        "UPDATE gpkg_contents SET table_name = 'sqlite_x';"
        "UPDATE gpkg_geometry_columns SET table_name = 'sqlite_x'; PRAGMA writable_schema = ON;"
        "UPDATE sqlite_master SET name = 'sqlite_x', tbl_name = 'sqlite_x',"
        " sql = replace(sql, 'trees', 'sqlite_x') WHERE name = 'trees'"
    )

    desk.refuse(write(path, sql=sql), "GPKG-UNSAFE", "sqlite_x")


@pytest.mark.parametrize("name", ['a"b', "a]b", "a; DROP TABLE trees", "Bäume und Bücher"])
def test_e11_a_layer_of_any_name_is_only_a_name(desk: Desk, path: Path, name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    sql = (
        f"ALTER TABLE trees RENAME TO {quoted}; UPDATE gpkg_contents SET table_name = '{name}';"
        f"UPDATE gpkg_geometry_columns SET table_name = '{name}'"
    )

    desk.accept(write(path, sql=sql), rows=3)


def test_e12_many_layers_are_listed_and_the_catalogue_chooses(desk: Desk, path: Path) -> None:
    write(path, sql="".join(a_layer(f"park{number:03}") for number in range(299)))

    desk.refuse(path, "MULTI-LAYER", "300 layers", "park000, park001", "and 292 more")
    desk.accept(path, rows=3, source={"table": "park150"})


def test_e12_pictures_alone(desk: Desk, path: Path) -> None:
    sql = "UPDATE gpkg_contents SET data_type = 'tiles'; DELETE FROM gpkg_geometry_columns"

    desk.refuse(write(path, sql=sql), "NO-VECTOR", "pictures (tiles)")


def test_e12_a_table_without_geometry_needs_columns_of_coordinates(desk: Desk, path: Path) -> None:
    """The key is the catalogue's; what a table alone lacks is a place."""
    sql = (
        "UPDATE gpkg_contents SET data_type = 'attributes'; DELETE FROM gpkg_geometry_columns;"
        "ALTER TABLE trees DROP COLUMN geom;"
    )
    desk.refuse(write(path, sql=sql), "COORDINATES-MISSING", "Easting and Northing")

    path.unlink()
    place = (
        "ALTER TABLE trees ADD COLUMN Easting INTEGER; ALTER TABLE trees ADD COLUMN Northing REAL;"
        "UPDATE trees SET Easting = 405000 + fid, Northing = 285000.5;"
    )
    desk.accept(write(path, sql=sql + place), rows=3)


def test_e13_an_index_that_is_out_of_step_is_not_trusted(desk: Desk, path: Path) -> None:
    sql = (
        "CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT,"
        " definition TEXT, scope TEXT);"
        "INSERT INTO gpkg_extensions"
        " VALUES ('trees', 'geom', 'gpkg_rtree_index', '', 'write-only');"
        "CREATE VIRTUAL TABLE rtree_trees_geom USING rtree(id, minx, maxx, miny, maxy);"
        "INSERT INTO rtree_trees_geom VALUES (1, 0, 1, 0, 1), (77, 0, 1, 0, 1);"
    )

    desk.accept(write(path, sql=sql), rows=3)


@pytest.mark.parametrize("name", ["cookies.sqlite", "cookies.gpkg", "cookies.db"])
def test_e14_somebodys_private_database_is_refused_and_not_kept(desk: Desk, name: str) -> None:
    path = desk.folder / name
    database = sqlite3.connect(path)
    with database:
        database.execute("CREATE TABLE moz_cookies (value TEXT)")
        database.execute("INSERT INTO moz_cookies VALUES ('secret-token')")
    database.close()

    desk.refuse(path, "NOT-GEO", "of some other program")

    kept = [each for each in Path(settings.SOURCES_DIR).rglob("*") if each.is_file()]
    assert not any(b"secret-token" in each.read_bytes() for each in kept)
    assert path.exists(), "the person's own file is theirs"


def test_e14_a_geopackage_under_another_name_is_taken(desk: Desk, path: Path) -> None:
    write(path)

    desk.accept(path.rename(desk.folder / "parks.db"), rows=3)


def test_cells_of_another_type_than_their_column_keep_their_rows_out(
    desk: Desk, path: Path
) -> None:
    sql = (
        "ALTER TABLE trees ADD COLUMN height_m MEDIUMINT; ALTER TABLE trees ADD COLUMN felled DATE;"
        "ALTER TABLE trees ADD COLUMN notes_no MEDIUMINT;"
        "UPDATE trees SET height_m = fid + 10, felled = '2024-06-01', notes_no = 'see file';"
        "UPDATE trees SET height_m = 'abc' WHERE ref = 'T1';"
        "UPDATE trees SET felled = '31/02/2024' WHERE ref = 'T3';"
    )
    fields = (*layer_entry().fields, field_entry("felled", "date"))

    desk.accept(
        write(path, sql=sql),
        rows=3,
        quarantined={1: "NUMBER-INVALID", 3: "DATE-INVALID"},
        fields=fields,
    )

    (tree,) = desk.features()
    assert tree.properties == {"ref": "T2", "name": "Oak", "height_m": 12, "felled": "2024-06-01"}


@pytest.mark.parametrize("more", ["", "UPDATE trees SET height_m = 'tall' WHERE ref = 'T1';"])
def test_a_text_that_is_not_utf_8_keeps_its_row_out(desk: Desk, path: Path, more: str) -> None:
    """Also where another column of the layer has to be read as text."""
    sql = (
        "ALTER TABLE trees ADD COLUMN height_m MEDIUMINT;"
        "UPDATE trees SET name = CAST(x'43616620e9' AS TEXT) WHERE ref = 'T2';"
    )
    others = {1: "NUMBER-INVALID"} if more else {}

    desk.accept(write(path, sql=sql + more), rows=3, quarantined={2: "TEXT-ENCODING", **others})

    (issue,) = desk.issues("TEXT-ENCODING")
    assert issue.message.startswith("Row 2: name holds Caf \\xe9, which is not UTF-8")


def test_bytes_in_a_column_of_numbers_keep_their_row_out(desk: Desk, path: Path) -> None:
    sql = (
        "ALTER TABLE trees ADD COLUMN height_m MEDIUMINT;"
        "UPDATE trees SET height_m = x'ff00' WHERE ref = 'T2';"
    )

    desk.accept(write(path, sql=sql), rows=3, quarantined={2: "TEXT-ENCODING"})
