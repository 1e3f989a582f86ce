"""Which form a file declares by its name, and what its first bytes say it really is."""

import re
from dataclasses import dataclass
from typing import Literal

from importers.errors import SourceUnreadable

Form = Literal[
    "csv",
    "csv.gz",
    "geojson",
    "topojson",
    "shapefile",
    "gpkg",
    "gdb",
    "kml",
    "kmz",
    "mif",
    "tab",
    "gml",
    "geojsonl",
    "fgb",
    "xlsx",
    "xls",
    "ods",
    "zip",
    "pages",
    "page",
    "osm",
    "osm.pbf",
]

FORM_WORDS: dict[Form, str] = {
    "csv": "CSV",
    "csv.gz": "CSV",
    "geojson": "GeoJSON",
    "topojson": "TopoJSON",
    "shapefile": "Shapefile",
    "gpkg": "GeoPackage",
    "gdb": "File Geodatabase",
    "kml": "KML",
    "kmz": "KMZ",
    "mif": "MapInfo MIF",
    "tab": "MapInfo TAB",
    "gml": "GML",
    "geojsonl": "GeoJSONSeq",
    "fgb": "FlatGeobuf",
    "xlsx": "XLSX",
    "xls": "XLS",
    "ods": "ODS",
    "zip": "zip",
    "pages": "the pages of a map server",
    "page": "one page of a map server",
    "osm": "OpenStreetMap XML",
    "osm.pbf": "OpenStreetMap PBF",
}
# Forms whose first line should hold the names of their columns.
_WITH_HEADER_LINE: tuple[Form, ...] = ("csv", "xlsx", "xls", "ods")
HEAD_BYTES = 4096

_FORM_OF_ENDING: dict[str, Form] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".csv.gz": "csv.gz",
    ".tsv.gz": "csv.gz",
    ".txt.gz": "csv.gz",
    ".xlsx": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
    ".geojson": "geojson",
    ".json": "geojson",
    ".topojson": "topojson",
    ".zip": "zip",
    ".kml": "kml",
    ".kmz": "kmz",
    ".mif": "mif",
    ".tab": "tab",
    ".gml": "gml",
    ".xml": "gml",
    ".geojsonl": "geojsonl",
    ".geojsons": "geojsonl",
    ".ndjson": "geojsonl",
    ".fgb": "fgb",
    ".gpkg": "gpkg",
    # What fetching makes of a map server's answers: importers/fetch/pages.py.
    ".pages": "pages",
    ".osm": "osm",
    ".pbf": "osm.pbf",
    # Mostly other programs' databases, which the reader of GeoPackages knows to refuse.
    ".sqlite": "gpkg",
    ".sqlite3": "gpkg",
    ".db": "gpkg",
}
_FORM_OF_DRIVER: dict[str, Form] = {
    "csv": "csv",
    "geojson": "geojson",
    "topojson": "topojson",
    "esrijson": "geojson",
    "openfilegdb": "zip",
    "esri shapefile": "zip",
    "shapefile": "zip",
    "gpkg": "gpkg",
    "geopackage": "gpkg",
    "kml": "kml",
    "mapinfo file": "zip",
    "gml": "gml",
    "geojsonseq": "geojsonl",
    "flatgeobuf": "fgb",
    "xlsx": "xlsx",
    "ods": "ods",
    "osm": "osm.pbf",
}
_TO_GEOPACKAGE = "In QGIS: Export, Save Features As, GeoPackage; then send the .gpkg file."
_TO_CSV = "In the spreadsheet: Save As, CSV UTF-8 (comma delimited); then send the .csv file."
_TO_XLSX = "In the spreadsheet: Save As, Excel workbook (.xlsx), without macros; then send that."
_WAY_OUT: dict[str, str] = {
    **dict.fromkeys(
        (".gpx", ".mid", ".dxf", ".dwg", ".dgn", ".parquet", ".mdb")
        + (".vrt", ".qgs", ".qgz", ".mxd", ".aprx", ".lyr", ".lyrx", ".qlr", ".wor")
        + (".tif", ".tiff", ".ecw", ".jp2", ".asc"),
        _TO_GEOPACKAGE,
    ),
    **dict.fromkeys((".xlsm", ".xlsb", ".xltx", ".xltm"), _TO_XLSX),
    ".numbers": _TO_CSV,
    **dict.fromkeys(
        (".gz", ".rar", ".7z", ".tar", ".tgz", ".bz2"),
        "Unpack it, then send the file inside it, zipped if it has several parts.",
    ),
    ".shp.xml": "Zip the .shp, .shx, .dbf and .prj files together and send the zip.",
    ".pdf": "Ask whoever made it for the data behind it, as GeoPackage or CSV.",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What the first bytes are: ``kind`` for the code, ``words`` and ``way_out`` for people."""

    kind: str
    words: str
    way_out: str


_VRT = Content(
    "vrt",
    "a GDAL virtual file (VRT), which holds no data but points at other files and servers",
    "Send the data itself. " + _TO_GEOPACKAGE,
)
_SPREADSHEET = Content(
    "spreadsheet",
    "an Excel or OpenDocument workbook",
    "Give it the ending .xlsx or .ods; or, in the spreadsheet: Save As, CSV UTF-8.",
)
_OLD_OFFICE = Content("old-office", "an old Excel or Word document", _TO_CSV)
_KML = Content("kml", "KML", "Give the file the ending .kml.")
_GML = Content("gml", "GML", "Give the file the ending .gml.")
_OSM = Content("osm", "OpenStreetMap XML", "Give the file the ending .osm.")
_OSM_PBF = Content("osm.pbf", "OpenStreetMap PBF", "Give the file the ending .osm.pbf.")
_XML = Content("xml", "an XML file", _TO_GEOPACKAGE)
_HTML = Content(
    "html",
    "a web page (HTML), perhaps a sign-in or error page",
    "Open the address in a browser, sign in if it asks, and download the file itself.",
)
_SERVER_ERROR = Content(
    "server-error",
    "an error answer from a map server",
    "Ask the server again, or tell the people who run it.",
)
_JSON = Content("json", "JSON", "Give the file the ending .geojson if it is GeoJSON.")
_ZIP = Content("zip", "a zip", "Give the file the ending .zip, or unzip it.")
_GZIP = Content("gzip", "gzip", "Unpack it, or give a compressed CSV the ending .csv.gz.")
_SQLITE = Content("sqlite", "an SQLite database", "Give a GeoPackage the ending .gpkg.")
_SHAPES = Content(
    "shp",
    "one part of a shapefile",
    "Zip the .shp, .shx, .dbf and .prj files together and send the zip.",
)
_TEXT = Content("text", "plain text", "Give a table the ending .csv.")

_MAGIC: tuple[tuple[bytes, Content], ...] = (
    (b"PK\x03\x04", _ZIP),
    (b"PK\x05\x06", _ZIP),
    (b"\x1f\x8b", _GZIP),
    (b"SQLite format 3\x00", _SQLITE),
    (b"\x00\x00\x27\x0a", _SHAPES),
    (b"fgb\x03fgb", Content("fgb", "FlatGeobuf", "Give the file the ending .fgb.")),
    (b"%PDF", Content("pdf", "a PDF document", _WAY_OUT[".pdf"])),
    (b"Rar!", Content("rar", "a RAR archive", _WAY_OUT[".rar"])),
    (b"7z\xbc\xaf\x27\x1c", Content("7z", "a 7-Zip archive", _WAY_OUT[".7z"])),
    (b"\xd0\xcf\x11\xe0", _OLD_OFFICE),
    (b"\x89PNG", Content("png", "a picture (PNG)", "Send the data, not a picture of it.")),
    (b"\xff\xd8\xff", Content("jpeg", "a picture (JPEG)", "Send the data, not a picture of it.")),
    (b"\x7fELF", Content("program", "a program", "Send the data file.")),
)
# After the length of the first block: its type, which is always the file's header.
_OSM_PBF_HEADER = b"\x0a\x09OSMHeader"
_WINDOWS_PROGRAM = Content("program", "a program", "Send the data file.")
# What GDAL follows wherever it stands near the start of a file.
_VRT_TAGS = (b"<ogrvrtdatasource", b"<vrtdataset", b"<ogrwfsdatasource")
_CONTENT_OF_ROOT: dict[bytes, Content] = {
    b"exceptionreport": _SERVER_ERROR,
    b"serviceexceptionreport": _SERVER_ERROR,
    b"serviceexception": _SERVER_ERROR,
    b"html": _HTML,
    b"kml": _KML,
    b"osm": _OSM,
    b"featurecollection": _GML,
}
_PROLOG = re.compile(
    rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype\s+(?!html)[^\[>]*(?:\[.*?\]\s*)?>)*", re.DOTALL
)
_ROOT = re.compile(rb"<(?:!doctype\s+)?(?:[\w.-]+:)?([\w.-]+)")
_EXPECTED: dict[Form, tuple[str, ...]] = {
    "csv": ("text", "unknown"),
    "csv.gz": ("gzip",),
    "geojson": ("json", "text", "unknown"),
    "topojson": ("json", "text", "unknown"),
    "shapefile": ("shp",),
    "gpkg": ("sqlite",),
    "gdb": (),
    # An XML file whose root lies behind a long remark is looked at by its reader.
    "kml": ("kml", "xml"),
    "kmz": ("zip",),
    "mif": ("text",),
    "tab": ("text",),
    "gml": ("gml", "xml"),
    "geojsonl": ("json", "text", "unknown"),
    "fgb": ("fgb",),
    # What a password protects is a document of the old kind with the workbook sealed inside.
    "xlsx": ("spreadsheet", "zip", "old-office"),
    "xls": ("old-office",),
    "ods": ("spreadsheet", "zip"),
    "zip": ("zip",),
    "pages": ("zip",),
    "page": ("json", "gml", "xml"),
    "osm": ("osm", "xml"),
    "osm.pbf": ("osm.pbf",),
}


def has_header_line(words: str) -> bool:
    """Return whether sources of a form, which is given in words, have a line of names."""
    return words in {FORM_WORDS[form] for form in _WITH_HEADER_LINE}


def declared_form(name: str, head: bytes, driver: str) -> Form:
    """Return the form that a file declares, once its first bytes agree with it.

    Parameters
    ----------
    name
        The file's own name; its ending declares the form.
    head
        The first `HEAD_BYTES` of the file, or all of a shorter one.
    driver
        GDAL's name of the form that the catalogue expects, used where the name
        has no ending or one that says nothing.

    Raises
    ------
    SourceUnreadable
        ``FMT-UNSUPPORTED``: a form that this version does not read.
        ``FMT-MISMATCH``: the content is not what the name says.
        ``SOURCE-ERROR``: the content is a server's error answer.
    """
    content = recognise(head)
    ending = ending_of(name)
    if ending in _WAY_OUT:
        _refuse_pretender(content)
        raise SourceUnreadable(
            f"{ending} files are not read by this version. {_WAY_OUT[ending]}",
            code="FMT-UNSUPPORTED",
        )
    if ending == ".shp":
        raise SourceUnreadable(
            "A .shp file alone has no attributes and no coordinate system. Also send the .dbf, "
            ".shx and .prj files of the same name: zip them together and send the zip.",
            code="SHP-PARTS",
        )
    if ending == ".gdb":
        raise SourceUnreadable(
            "A File Geodatabase is a folder with many files, and this is one file. "
            "Zip the whole .gdb folder and send the zip.",
            code="GDB-PARTS",
        )
    form = _FORM_OF_ENDING.get(ending) or _form_of_driver(driver, ending)
    check_content(form, content)
    return form


def _form_of_driver(driver: str, ending: str) -> Form:
    form = _FORM_OF_DRIVER.get(driver.lower())
    if form is None:
        raise SourceUnreadable(
            f"The ending {ending or '(none)'} does not say what the file is, and the catalogue's "
            f"driver {driver} is not read by this version. {_TO_GEOPACKAGE}",
            code="FMT-UNSUPPORTED",
        )
    return form


def _refuse_pretender(content: Content) -> None:
    if content is _VRT:
        raise _mismatch("what its name says", content)
    if content is _SERVER_ERROR:
        raise SourceUnreadable(
            f"The file is {content.words}, not data. {content.way_out}", code="SOURCE-ERROR"
        )


def check_content(form: Form, content: Content) -> None:
    """Raise `SourceUnreadable` unless ``content`` may be of ``form``."""
    _refuse_pretender(content)
    if content.kind not in _EXPECTED[form]:
        raise _mismatch(FORM_WORDS[form], content)


def _mismatch(words: str, content: Content) -> SourceUnreadable:
    return SourceUnreadable(
        f"The file is not {words}: its content is {content.words}. {content.way_out}",
        code="FMT-MISMATCH",
    )


def ending_of(name: str) -> str:
    """Return the ending of a file name in lower case with its dot, ``.csv.gz`` as one."""
    lowered = name.lower()
    for double in (".csv.gz", ".tsv.gz", ".txt.gz", ".shp.xml"):
        if lowered.endswith(double):
            return double
    stem, dot, ending = lowered.rpartition(".")
    return f".{ending}" if dot and stem else ""


def recognise(head: bytes) -> Content:
    """Return what a file is by its first bytes; unknown bytes are ``unknown``."""
    for magic, content in _MAGIC:
        if head.startswith(magic):
            return _SPREADSHEET if content is _ZIP and _is_workbook(head) else content
    if head[4:].startswith(_OSM_PBF_HEADER):
        return _OSM_PBF
    # A table may well begin with these letters, but holds no NUL.
    if head.startswith(b"MZ") and b"\x00" in head:
        return _WINDOWS_PROGRAM
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if re.match(rb"<[?!a-z]", text):
        return _VRT if any(tag in text for tag in _VRT_TAGS) else content_of_root(_root_name(text))
    if re.match(rb'\{\s*("|\}|$)', text):
        return _JSON
    return _TEXT if b"\x00" not in head else Content("unknown", "not text", _TO_GEOPACKAGE)


def _root_name(text: bytes) -> bytes:
    """Return the name of an XML's first element without its prefix, empty where it lies deeper."""
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    return root.group(1) if root else b""


def content_of_root(name: bytes) -> Content:
    """Return what an XML file is by the name of its first element, in small letters."""
    return _CONTENT_OF_ROOT.get(name, _XML)


def _is_workbook(head: bytes) -> bool:
    marks = (b"[Content_Types].xml", b"xl/", b"docProps/", b"application/vnd.oasis.opendocument")
    return any(mark in head[:200] for mark in marks)
