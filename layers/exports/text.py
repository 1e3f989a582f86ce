"""Files that PostgreSQL writes: what stands before the features, each of them, and after."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import orjson
from psycopg import sql

from layers.exports.extract import Extract, array_of, free_name, literal, named_columns, text_of
from layers.query.downloads import provenance
from layers.query.registry import PublishedField

# The decimals that coordinates are written with: 1e-7° is a centimetre, 0.001 m a millimetre.
_DECIMALS = {4326: 7, 27700: 3}
_CUT_OFF = "This file is not complete: the download was cut off. Please ask for it again."


@dataclass(frozen=True, slots=True)
class TextFile:
    """``row`` gives the text of one feature; ``between`` stands between two of them.

    A file of lines has ``line_end`` after each instead, so that one without features has none.

    ``cut_off`` is what ends a file that could not be finished, so that nobody takes it
    for whole: HTTP has no way to say so once an answer has begun.
    """

    head: bytes
    row: sql.Composed
    between: bytes
    tail: bytes
    cut_off: bytes
    first_members: bytes = b""
    line_end: bytes = b""

    def chunk(self, rows: list[bytes], *, is_first: bool) -> bytes:
        """Return features with what stands between them, and before them unless first."""
        if self.first_members and rows and is_first:
            opening = b'{"type":"Feature",'
            rows = [rows[0].replace(opening, opening + self.first_members, 1), *rows[1:]]
        if self.line_end:
            return b"".join(row + self.line_end for row in rows)
        return (b"" if is_first else self.between) + self.between.join(rows)


def text_file(format_name: str, extract: Extract, *, small_integers: frozenset[str]) -> TextFile:
    """Return how a file of that format is written.

    Parameters
    ----------
    small_integers
        Fields whose values fit 32 bits, as KML's only whole numbers must.
    """
    if format_name == "geojson":
        return _geojson(extract)
    if format_name == "geojsonseq":
        return _geojson_lines(extract)
    if format_name == "csv":
        return _csv(extract)
    return _kml(extract, small_integers)


def _geojson(extract: Extract) -> TextFile:
    members: dict[str, object] = {"name": extract.layer.slug, **provenance(extract.layer)}
    if extract.srid != 4326:
        # RFC 7946 knows no other system; GDAL and QGIS read what GeoJSON had before it.
        name = f"urn:ogc:def:crs:EPSG::{extract.srid}"
        members["crs"] = {"type": "name", "properties": {"name": name}}
    head = b'{"type":"FeatureCollection",' + orjson.dumps(members)[1:-1] + b',"features":[\n'
    return TextFile(head, _feature(extract), b",\n", b"\n]}\n", b"\n")


def _geojson_lines(extract: Extract) -> TextFile:
    # A file of nothing but features has no place of its own for this: the first one carries it.
    told = orjson.dumps({"provenance": provenance(extract.layer)})[1:-1] + b","
    cut_off = b"\n{" + orjson.dumps(_CUT_OFF) + b"\n"
    row = _feature(extract)
    return TextFile(b"", row, b"", b"", cut_off, first_members=told, line_end=b"\n")


def _feature(extract: Extract) -> sql.Composed:
    # Each field by its name: what is not public can be in no file, whatever a row holds.
    properties = [
        sql.SQL("{} || {}").format(literal(orjson.dumps(field.name).decode() + ":"), _json(field))
        for field in extract.fields
    ]
    return sql.SQL(
        """'{{"type":"Feature","id":"' || fid || '","geometry":'"""
        """ || coalesce(ST_AsGeoJSON({geometry}, {decimals}, 0), 'null')"""
        """ || ',"properties":{{' || concat_ws(',', VARIADIC {properties}) || '}}}}'"""
    ).format(
        geometry=extract.geometry,
        decimals=sql.Literal(_DECIMALS[extract.srid]),
        properties=array_of(properties),
    )


def _json(field: PublishedField) -> sql.Composed:
    """Return a property as JSON that GDAL reads: it gives up at whole numbers beyond 64 bits.

    Such a number is written as text in a field of whole numbers, and with a point in others.
    """
    otherwise = {
        "integer": "to_json(properties ->> {name})::text",
        "number": "(properties ->> {name}) || '.0'",
    }.get(field.type)
    if otherwise is None:
        return sql.SQL("(properties -> {name})::text").format(name=literal(field.name))
    return sql.SQL(
        "CASE WHEN jsonb_typeof(properties -> {name}) = 'number'"
        " AND abs((properties ->> {name})::numeric) > 9223372036854775807"
        " AND scale((properties ->> {name})::numeric) = 0"
        f" THEN {otherwise} ELSE (properties -> {{name}})::text END"
    ).format(name=literal(field.name))


def _csv(extract: Extract) -> TextFile:
    names = named_columns("id", extract)
    columns: list[tuple[str, sql.Composable]] = [("id", _quoted(sql.SQL("fid")))]
    columns += [(names[field.name], _cell(field)) for field in extract.fields]
    for name, value in _place_columns(extract):
        columns.append((free_name(name, names.values()), value))
    row = sql.SQL("concat_ws(',', VARIADIC {})").format(array_of(value for _, value in columns))
    header = io.StringIO()
    csv.writer(header).writerow([name for name, _ in columns])
    # Excel takes a CSV for UTF-8 only if it begins so.
    head = "\ufeff" + header.getvalue()
    cut_off = f'\r\n"{_CUT_OFF}"\r\n'.encode()
    return TextFile(head.encode(), row, b"", b"", cut_off, line_end=b"\r\n")


def _place_columns(extract: Extract) -> list[tuple[str, sql.Composable]]:
    if not extract.has_geometry:
        return []
    if not extract.has_points:
        wkt = sql.SQL("coalesce('\"' || ST_AsText({}, {}) || '\"', '')")
        digits = sql.Literal(_DECIMALS[extract.srid])
        return [("WKT", wkt.format(extract.geometry, digits))]
    number = "coalesce(round(ST_{axis}({geom})::numeric, {digits})::text, '')"
    return [
        ("longitude", sql.SQL(number.format(axis="X", geom="geom_4326", digits=7))),
        ("latitude", sql.SQL(number.format(axis="Y", geom="geom_4326", digits=7))),
        ("easting", sql.SQL(number.format(axis="X", geom="geom_27700", digits=3))),
        ("northing", sql.SQL(number.format(axis="Y", geom="geom_27700", digits=3))),
    ]


def _cell(field: PublishedField) -> sql.Composed:
    quoted = _quoted(text_of(field.name))
    if field.type not in ("integer", "number", "boolean"):
        return quoted
    return sql.SQL(
        "CASE WHEN jsonb_typeof(properties -> {name}) IN ('number', 'boolean')"
        " THEN properties ->> {name} ELSE {quoted} END"
    ).format(name=literal(field.name), quoted=quoted)


def _quoted(value: sql.Composable) -> sql.Composed:
    """Return a cell that a spreadsheet shows and does not run: see `layers.query.csv_rows`."""
    safe = sql.SQL(
        "CASE WHEN left(ltrim({0}, ' '), 1) = ANY(ARRAY['=', '+', '-', '@', E'\\t', E'\\r',"
        " E'\\n', '＝', '＋', '－', '＠'])"
        " AND {0} !~ '^[+-]?[0-9][0-9 .,()-]*([eE][+-]?[0-9]+)?$'"
        " THEN '''' || ({0}) ELSE {0} END"
    ).format(sql.SQL("({})").format(value))
    return sql.SQL("coalesce('\"' || replace({}, '\"', '\"\"') || '\"', '')").format(safe)


# Not "id": GDAL takes a field of that name for the element's own attribute. No field of ours
# may have this one.
_KML_ID = "feature_id"
_KML_TYPES = {"integer": "int", "number": "double", "boolean": "bool"}


def _kml(extract: Extract, small_integers: frozenset[str]) -> TextFile:
    layer = extract.layer
    declared = [(_KML_ID, "string")]
    for field in extract.fields:
        is_wide = field.type == "integer" and field.name not in small_integers
        type_ = "string" if is_wide else _KML_TYPES.get(field.type, "string")
        declared.append((field.name, type_))
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<name>{escape(layer.title)}</name>"
        f"<description>{escape(describe(extract))}</description>"
        f"<Schema name={quoteattr(layer.slug)} id={quoteattr(layer.slug)}>"
        + "".join(
            f"<SimpleField name={quoteattr(name)} type={quoteattr(type_)}/>"
            for name, type_ in declared
        )
        + "</Schema>"
        f"<Folder><name>{escape(layer.slug)}</name>\n"
    )
    tail = "\n</Folder></Document></kml>\n"
    return TextFile(head.encode(), _placemark(extract), b"\n", tail.encode(), b"\n")


def _placemark(extract: Extract) -> sql.Composed:
    simple = sql.SQL("{} || {} || '</SimpleData>'")
    members = [
        simple.format(literal(f"<SimpleData name={quoteattr(name)}>"), _escaped(value))
        for name, value in _named_values(extract)
    ]
    title = text_of(extract.layer.title_field)
    is_public = any(field.name == extract.layer.title_field for field in extract.fields)
    return sql.SQL(
        "'<Placemark><name>' || coalesce({name}, fid) || '</name><ExtendedData><SchemaData"
        " schemaUrl=' || {schema} || '>' || concat_ws('', VARIADIC {members})"
        " || '</SchemaData></ExtendedData>' || coalesce(ST_AsKML(geom_4326, 7), '')"
        " || '</Placemark>'"
    ).format(
        name=_escaped(title) if is_public else sql.SQL("NULL"),
        schema=literal(quoteattr(f"#{extract.layer.slug}")),
        members=array_of(members),
    )


def _named_values(extract: Extract) -> Sequence[tuple[str, sql.Composable]]:
    fields = [(field.name, text_of(field.name)) for field in extract.fields]
    return [(_KML_ID, sql.SQL("fid")), *fields]


def _escaped(value: sql.Composable) -> sql.Composed:
    """Return a text for XML 1.0, which has no control characters, escaped or not."""
    return sql.SQL(
        "replace(replace(replace(regexp_replace({},"
        " '[\\u0001-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]', '', 'g'),"
        " '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"
    ).format(value)


def describe(extract: Extract) -> str:
    """Return in words what a file holds and on what terms it may be used."""
    layer = extract.layer
    words = [layer.description, f"Licence: {layer.licence}."]
    if layer.licence_url:
        words.append(layer.licence_url)
    words += [
        layer.attribution,
        f"Edition {layer.edition_id}, published {layer.published_at:%d %B %Y}.",
    ]
    if layer.is_sample:
        words.append("This data is made up, for trying the service.")
    return "\n".join(words)
