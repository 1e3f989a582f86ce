"""Features as batches of Arrow, each field with its type: what the binary formats are made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from psycopg import sql

from layers.exports.extract import Extract, free_name, named_columns, text_of
from layers.exports.read import feature_rows
from layers.exports.survey import Survey, fits
from layers.query.registry import PublishedField

GEOMETRY_COLUMN = "geometry"
_TYPES = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file. ``kind`` is the type of the field it holds."""

    name: str
    kind: str
    value: sql.Composable
    title: str = ""

    @property
    def type(self) -> pa.DataType:
        return _TYPES.get(self.kind, pa.string())


def columns_of(extract: Extract, survey: Survey) -> tuple[Column, ...]:
    """Return the columns: the feature's id, then the fields.

    A value that its field's type cannot hold, such as the date ``2024-05``, is left out
    there and stands, as it was written, in a column of its own: ``<name>_text``. It
    is only there where the features have such values, and then holds all of the field's.
    """
    names = named_columns("id", extract)
    columns = [Column("id", "text", sql.SQL("fid"), "The feature's id")]
    for field in extract.fields:
        columns.append(Column(names[field.name], field.type, _value(field), field.title))
        if field.name in survey.misfits:
            taken = [*names.values(), *(each.name for each in columns)]
            name = free_name(f"{field.name}_text", taken)
            title = f"{field.title}, as written"
            columns.append(Column(name, "text", text_of(field.name), title))
    return tuple(columns)


def schema_of(columns: tuple[Column, ...]) -> pa.Schema:
    """Return the Arrow schema of the batches; the shape is the last column, as WKB."""
    fields = [pa.field(column.name, column.type) for column in columns]
    shape = pa.field(
        GEOMETRY_COLUMN, pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"}
    )
    return pa.schema([*fields, shape])


def batches_of(extract: Extract, columns: tuple[Column, ...]) -> Iterator[pa.RecordBatch]:
    """Yield the features in the order of their ids, a thousand at a time."""
    schema = schema_of(columns)
    selected = sql.SQL(", ").join(
        [
            *(sql.SQL("({})").format(column.value) for column in columns),
            sql.SQL("ST_AsBinary({})").format(extract.geometry),
        ]
    )
    for rows in feature_rows(extract, selected):
        *values, shapes = zip(*rows, strict=True)
        arrays = [_array(value, column) for value, column in zip(values, columns, strict=True)]
        yield pa.RecordBatch.from_arrays([*arrays, pa.array(shapes, pa.binary())], schema=schema)


def _value(field: PublishedField) -> sql.Composable:
    if field.type not in _TYPES:
        return text_of(field.name)
    value = text_of(field.name)
    if field.type == "integer":
        value = sql.SQL("trunc(({})::numeric)::text").format(value)
    if field.type == "datetime":
        # A time without a zone is taken as UTC, as the filters and views take it.
        value = sql.SQL(
            "CASE WHEN {0} ~ '(Z|[+-][0-9]{{2}}:[0-9]{{2}})$' THEN {0} ELSE ({0}) || 'Z' END"
        ).format(sql.SQL("({})").format(value))
    return sql.SQL("CASE WHEN {} THEN {} END").format(fits(field), value)


def _array(values: tuple[Any, ...], column: Column) -> pa.Array:
    texts = pa.array(values, pa.string())
    return texts if column.type == pa.string() else texts.cast(column.type)
