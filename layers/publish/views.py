"""Typed read-only views, so that QGIS, ogr2ogr and SQL users see ordinary tables."""

from django.db import connection
from psycopg import sql

from layers.models import Field, Layer

SCHEMA = "published"

_SQL_TYPES = {
    Field.Type.TEXT: "text",
    Field.Type.URL: "text",
    Field.Type.INTEGER: "bigint",
    Field.Type.NUMBER: "double precision",
    Field.Type.BOOLEAN: "boolean",
    Field.Type.DATE: "date",
    Field.Type.DATETIME: "timestamptz",
}


def view_name(layer: Layer) -> str:
    """Return the view's name inside the ``published`` schema."""
    return layer.slug.replace("-", "_")


def replace_view(layer: Layer) -> None:
    """Write the view ``published.<layer>`` anew from the layer's public fields.

    Columns: ``feature_id``, each public field with its type, ``geom`` in EPSG:27700. The
    view follows the layer's pointer by itself, so publishing does not touch it. A date of
    which only the year or month is known is empty there: SQL has no such dates.
    """
    view = sql.Identifier(SCHEMA, view_name(layer))
    fields = [field for field in layer.fields.all() if field.is_public and not field.is_personal]
    columns = [_column(field) for field in fields]
    statement = sql.SQL(
        "CREATE VIEW {view} AS SELECT {columns} FROM layers_feature WHERE edition_id ="
        " (SELECT published_edition_id FROM layers_layer WHERE id = {layer_id})"
    ).format(
        view=view,
        columns=sql.SQL(", ").join(
            [sql.SQL("fid AS feature_id"), *columns, sql.SQL("geom_27700 AS geom")]
        ),
        layer_id=sql.Literal(layer.pk),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP VIEW IF EXISTS {}").format(view))
        if layer.is_public and not layer.licence_restricted:
            cursor.execute(statement)


def _column(field: Field) -> sql.Composed:
    value = sql.SQL("properties ->> {}").format(sql.Literal(field.name))
    if field.type == Field.Type.DATE:
        value = sql.SQL("CASE WHEN length({0}) = 10 THEN {0} END").format(value)
    return sql.SQL("({})::{} AS {}").format(
        value, sql.SQL(_SQL_TYPES[Field.Type(field.type)]), sql.Identifier(field.name)
    )
