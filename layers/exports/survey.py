"""A first look at the features of a file: which values and shapes it has to hold."""

from dataclasses import dataclass
from typing import Any

from psycopg import sql

from layers.exports.extract import Extract, literal, text_of
from layers.exports.read import one_row
from layers.query.registry import PublishedField

_INTEGER_FITS = (
    "CASE WHEN jsonb_typeof(properties -> {name}) = 'number' THEN {value}::numeric BETWEEN"
    " -9223372036854775808 AND 9223372036854775807 AND trunc({value}::numeric) = {value}::numeric"
    " ELSE false END"
)
_NUMBER_FITS = (
    "CASE WHEN jsonb_typeof(properties -> {name}) = 'number'"
    " THEN abs({value}::numeric) < 1.7e308::numeric ELSE false END"
)
_DAY = (
    "CASE WHEN {value} ~ '^(?!0000)[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]){time}$'"
    " THEN substr({value}, 9, 2) <= '28' OR substr({value}, 9, 2)::int <= extract(day FROM"
    " (substr({value}, 1, 7) || '-01')::date + interval '1 month - 1 day') ELSE false END"
)
_TIME = "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{{1,6}})?(Z|[+-][0-9]{{2}}:[0-9]{{2}})?"


@dataclass(frozen=True, slots=True)
class Survey:
    """What is among the features of an extract.

    ``misfits`` are the fields of which some value cannot be held by the field's type: a
    date without its day, a whole number of more than 64 bits, a time without its zone.
    ``small_integers`` are those whose every value fits 32 bits; ``longest`` the bytes of
    the longest value of each field. ``geometry_types`` in PostGIS's words, such as Polygon.
    """

    count: int
    geometry_types: tuple[str, ...]
    has_empty: bool
    box: tuple[float, float, float, float] | None
    misfits: frozenset[str]
    small_integers: frozenset[str]
    longest: dict[str, int]


def survey_extract(extract: Extract) -> Survey:
    """Read every feature once, in the database, and say what is among them."""
    statement = sql.SQL("SELECT {} FROM layers_feature WHERE {}").format(
        sql.SQL(", ").join([*_shape_columns(extract), *_field_columns(extract)]), extract.where()
    )
    count, types, empty, west, south, east, north, *told = one_row(statement, extract.values())
    names = [field.name for field in extract.fields]
    return Survey(
        count=count,
        geometry_types=tuple(sorted(types or ())),
        has_empty=bool(empty),
        box=None if west is None else (west, south, east, north),
        misfits=frozenset(name for name, value in zip(names, told[0::3], strict=True) if value),
        small_integers=frozenset(
            name for name, value in zip(names, told[1::3], strict=True) if value
        ),
        longest={name: value or 0 for name, value in zip(names, told[2::3], strict=True)},
    )


def fits(field: PublishedField) -> sql.Composed:
    """Return the SQL that says whether a value of the field can be held by the field's type."""
    text = {
        "integer": _INTEGER_FITS,
        "number": _NUMBER_FITS,
        "boolean": "jsonb_typeof(properties -> {name}) = 'boolean'",
        "date": _DAY.replace("{time}", ""),
        "datetime": _DAY.replace("{time}", _TIME),
    }.get(field.type, "true")
    value = sql.SQL("({})").format(text_of(field.name))
    return sql.SQL(text).format(name=literal(field.name), value=value)


def _shape_columns(extract: Extract) -> list[sql.Composable]:
    shape = extract.geometry
    columns = [
        "count(*)",
        "array_agg(DISTINCT substr(ST_GeometryType({0}), 4)) FILTER (WHERE {0} IS NOT NULL)",
        "bool_or({0} IS NULL OR ST_IsEmpty({0}))",
        *(f"min(ST_{side}({{0}}))" for side in ("XMin", "YMin")),
        *(f"max(ST_{side}({{0}}))" for side in ("XMax", "YMax")),
    ]
    return [sql.SQL(column).format(shape) for column in columns]


def _field_columns(extract: Extract) -> list[sql.Composable]:
    columns: list[Any] = []
    for field in extract.fields:
        value = sql.SQL("({})").format(text_of(field.name))
        columns.append(
            sql.SQL("bool_or(NOT ({}) AND {} IS NOT NULL)").format(fits(field), value)
            if field.type not in ("text", "url")
            else sql.SQL("false")
        )
        columns.append(
            sql.SQL(
                "coalesce(bool_and(CASE WHEN {fits} THEN {value}::numeric BETWEEN -2147483648"
                " AND 2147483647 ELSE {value} IS NULL END), true)"
            ).format(fits=fits(field), value=value)
            if field.type == "integer"
            else sql.SQL("false")
        )
        columns.append(sql.SQL("max(octet_length({}))").format(value))
    return columns
