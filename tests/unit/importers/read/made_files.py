"""Small sources made by hand, so that every byte of a fault is in sight."""

import json
import sqlite3
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

NATIONAL_GRID_WKT = (
    'PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936",'
    'SPHEROID["Airy_1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",400000.0],PARAMETER["False_Northing",-100000.0],'
    'PARAMETER["Central_Meridian",-2.0],PARAMETER["Scale_Factor",0.9996012717],'
    'PARAMETER["Latitude_Of_Origin",49.0],UNIT["Meter",1.0]]'
)
VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="trees">'
    "<SrcDataSource>{target}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
)


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [x, y]}


def write_geojson(path: Path, features: Sequence[Any], **members: Any) -> Path:
    collection = {"type": "FeatureCollection", **members, "features": list(features)}
    path.write_text(json.dumps(collection))
    return path


def shapefile_parts(
    names: Sequence[bytes] = (b"Oak", b"Ash", b"Elm"),
    *,
    numbers: Sequence[bytes] | None = None,
    dates: Sequence[bytes] | None = None,
    language: int = 0,
    prj: str | None = NATIONAL_GRID_WKT,
    cpg: str | None = "UTF-8",
) -> dict[str, bytes]:
    """Points in EPSG:27700 at 406000, 286000 and every 10 m east of it, with a name each."""
    records = [struct.pack("<idd", 1, 406000.0 + 10 * i, 286000.0) for i in range(len(names))]
    parts = {".shp": _shp(records), ".shx": _shx(records)}
    columns = [(b"NAME", b"C", 20, names)]
    if numbers is not None:
        columns.append((b"GIRTH", b"N", 10, numbers))
    if dates is not None:
        columns.append((b"PLANTED", b"D", 8, dates))
    parts[".dbf"] = _dbf(columns, language)
    if prj is not None:
        parts[".prj"] = prj.encode()
    if cpg is not None:
        parts[".cpg"] = cpg.encode()
    return parts


def _header(length_bytes: int) -> bytes:
    start = struct.pack(">i20xi", 9994, length_bytes // 2) + struct.pack("<ii", 1000, 1)
    return start + struct.pack("<8d", 406000, 286000, 407000, 287000, 0, 0, 0, 0)


def _shp(records: Sequence[bytes]) -> bytes:
    body = b"".join(
        struct.pack(">ii", number, len(record) // 2) + record
        for number, record in enumerate(records, start=1)
    )
    return _header(100 + len(body)) + body


def _shx(records: Sequence[bytes]) -> bytes:
    place, entries = 100, b""
    for record in records:
        entries += struct.pack(">ii", place // 2, len(record) // 2)
        place += 8 + len(record)
    return _header(100 + len(entries)) + entries


def _dbf(columns: Sequence[tuple[bytes, bytes, int, Sequence[bytes]]], language: int) -> bytes:
    rows = list(zip(*(cells for *_, cells in columns), strict=True))
    record_bytes = 1 + sum(width for _, _, width, _ in columns)
    header_bytes = 32 + 32 * len(columns) + 1
    start = struct.pack(
        "<4BIHH17xB2x", 3, 125, 1, 1, len(rows), header_bytes, record_bytes, language
    )
    fields = b"".join(
        struct.pack("<11sc4xBB14x", name, letter, width, 0) for name, letter, width, _ in columns
    )
    body = b"".join(
        b" " + b"".join(cell.ljust(column[2]) for cell, column in zip(row, columns, strict=True))
        for row in rows
    )
    return start + fields + b"\x0d" + body + b"\x1a"


def write_zip(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def write_shapefile_zip(path: Path, parts: Mapping[str, bytes], stem: str = "trees") -> Path:
    return write_zip(path, {f"{stem}{ending}": content for ending, content in parts.items()})


def write_geopackage(
    path: Path, *, srs_id: int = 27700, layers: Sequence[str] = ("trees",), extra_sql: str = ""
) -> Path:
    """Each layer holds two points in EPSG:27700 and a third row without a geometry."""
    database = sqlite3.connect(path)
    database.executescript(
        "PRAGMA application_id = 0x47504B47;"
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,"
        " organization TEXT, organization_coordsys_id INTEGER, definition TEXT,"
        " description TEXT);"
        "CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT,"
        " identifier TEXT, description TEXT, last_change DATETIME, min_x DOUBLE, min_y DOUBLE,"
        " max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);"
        "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT,"
        " geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);"
    )
    database.executemany(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, '')",
        [
            ("undefined", -1, "NONE", -1, "undefined"),
            ("grid", 27700, "EPSG", 27700, NATIONAL_GRID_WKT),
        ],
    )
    for layer in layers:
        _add_layer(database, layer, srs_id)
    database.executescript(extra_sql)
    database.commit()
    database.close()
    return path


def _add_layer(database: sqlite3.Connection, layer: str, srs_id: int) -> None:
    database.execute(
        f'CREATE TABLE "{layer}" (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, planted DATE)'
    )
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
        " VALUES (?, 'features', ?, ?)",
        (layer, layer, srs_id),
    )
    database.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', ?, 0, 0)", (layer, srs_id)
    )
    database.executemany(
        f'INSERT INTO "{layer}" VALUES (?, ?, ?, ?)',
        [
            (11, geopackage_point(406000, 286000, srs_id), "Oak", "2024-03-01"),
            (12, geopackage_point(406010, 286000, srs_id), "Ash", None),
            (13, None, "Elm", None),
        ],
    )


def geopackage_point(x: float, y: float, srs_id: int) -> bytes:
    return b"GP\x00\x01" + struct.pack("<i", srs_id) + struct.pack("<bidd", 1, 1, x, y)


# British National Grid as MapInfo numbers it; an area, a point, and a row without a place.
MIF = (
    b'Version 300\nCharset "WindowsLatin1"\nDelimiter ","\n'
    b'CoordSys Earth Projection 8, 79, "m", -2, 49, 0.9996012717, 400000, -100000\n'
    b"Columns 1\n  Name Char(10)\nData\nRegion  1\n  4\n"
    b"406000 286000\n406100 286000\n406100 286100\n406000 286000\n"
    b"    Pen (1,2,0)\nPoint 406010 286000\nNone\n"
)


def tab_parts() -> dict[str, bytes]:
    """Two rows, Oak with a shape and Ash without; the .map is too short for GDAL."""
    field = struct.pack("<11sc4xB15x", b"NAME", b"C", 10)
    start = struct.pack("<4BIHH20x", 3, 125, 1, 1, 2, 32 + len(field) + 1, 11)
    records = b"".join(b" " + name.ljust(10) for name in (b"Oak", b"Ash"))
    return {
        "tab": b"!table\n!version 300\n!charset WindowsLatin1\n\nDefinition Table\n"
        b'  Type NATIVE Charset "WindowsLatin1"\n  Fields 1\n    NAME Char (10) ;\n',
        "dat": start + field + b"\x0d" + records,
        "id": struct.pack("<II", 512, 0),
        "map": b"\x00" * 512,
    }


def gml(*features: str, counts: str = "", kind: str = "tree", prolog: str = "") -> str:
    """Return a WFS 2.0 answer; each of ``features`` is what stands inside one."""
    members = "".join(
        f'<wfs:member><ms:{kind} gml:id="t.{7 + 2 * place}">{inside}</ms:{kind}></wfs:member>'
        for place, inside in enumerate(features)
    )
    return (
        f'<?xml version="1.0"?>{prolog}<wfs:FeatureCollection {counts}'
        ' xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"'
        ' xmlns:ms="http://example.org/ms" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
        f'"http://example.org/ms http://127.0.0.1:9/wfs">{members}</wfs:FeatureCollection>'
    )


def gml_point(position: str, srs: str = "EPSG:27700") -> str:
    shape = f'<gml:Point srsName="{srs}"><gml:pos>{position}</gml:pos></gml:Point>'
    return f"<ms:geom>{shape}</ms:geom>"
