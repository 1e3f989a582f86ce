"""GeoPackages of three trees, with SQL or other bytes that a test adds."""

import sqlite3
import struct
from pathlib import Path

from tests.unit.importers.read.made_files import NATIONAL_GRID_WKT

SRID = 27700


def write(
    path: Path, *, sql: str = "", key: str = "fid INTEGER PRIMARY KEY", srid: int = SRID
) -> Path:
    """Write a layer ``trees`` of points T1 to T3, 1 m apart, then run ``sql``."""
    database = sqlite3.connect(path)
    database.executescript(
        "PRAGMA application_id = 0x47504B47;"
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,"
        " organization TEXT, organization_coordsys_id INTEGER, definition TEXT, description TEXT);"
        "CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT,"
        " identifier TEXT, description TEXT, last_change DATETIME, min_x DOUBLE, min_y DOUBLE,"
        " max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);"
        "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT,"
        " geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);"
        f"CREATE TABLE trees ({key}, geom BLOB, ref TEXT, name TEXT);"
        f"INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
        f" VALUES ('trees', 'features', 'trees', {srid});"
        f"INSERT INTO gpkg_geometry_columns VALUES ('trees', 'geom', 'POINT', {srid}, 0, 0);"
    )
    database.executemany(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, '')",
        [
            ("cartesian", -1, "NONE", -1, "undefined"),
            ("geographic", 0, "NONE", 0, "undefined"),
            ("grid", SRID, "EPSG", SRID, NATIONAL_GRID_WKT),
        ],
    )
    for number in (1, 2, 3):
        database.execute(
            "INSERT INTO trees (geom, ref, name) VALUES (?, ?, 'Oak')",
            (blob(wkb_point(405_000 + number, 285_000), srid=srid), f"T{number}"),
        )
    database.executescript(sql)
    database.commit()
    database.close()
    return path


def set_geometry(path: Path, ref: str, geometry: bytes) -> Path:
    """Give one tree another geometry, byte by byte."""
    database = sqlite3.connect(path)
    with database:
        database.execute("UPDATE trees SET geom = ? WHERE ref = ?", (geometry, ref))
    database.close()
    return path


def wkb_point(x: float, y: float) -> bytes:
    return struct.pack("<bIdd", 1, 1, x, y)


def blob(wkb: bytes, *, magic: bytes = b"GP\x00", flags: int = 1, srid: int = SRID) -> bytes:
    """Return a geometry as a GeoPackage keeps it; ``flags`` give the byte order, 1 for little."""
    return magic + bytes([flags]) + struct.pack("<i" if flags & 1 else ">i", srid) + wkb
