"""What is to be written into one file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from layers.query.condition import Condition
from layers.query.registry import PublishedField, PublishedLayer

GEOMETRY = {4326: sql.SQL("geom_4326"), 27700: sql.SQL("geom_27700")}


@dataclass(frozen=True, slots=True)
class Extract:
    """Some or all features of one edition, with some or all of its public fields.

    ``layer.edition_id`` is the edition that is read, ``srid`` 4326 (longitude, latitude)
    or 27700 (easting, northing in metres).
    """

    layer: PublishedLayer
    fields: tuple[PublishedField, ...]
    conditions: tuple[Condition, ...] = ()
    srid: int = 4326

    @property
    def geometry(self) -> sql.SQL:
        return GEOMETRY[self.srid]

    @property
    def has_points(self) -> bool:
        return self.layer.geometry_type == "Point"

    @property
    def has_geometry(self) -> bool:
        return self.layer.geometry_type != "None"

    def values(self, **more: Any) -> dict[str, Any]:
        """Return what the statement over these features binds."""
        bound: dict[str, Any] = {"edition_id": self.layer.edition_id, **more}
        for condition in self.conditions:
            bound.update(condition.values)
        return bound

    def where(self) -> sql.Composed:
        """Return the WHERE clause: one edition, narrowed by each condition."""
        # Literally psycopg's placeholders: conditions are text of our own code alone.
        parts = [sql.SQL("edition_id = %(edition_id)s")]
        parts += [sql.SQL(f"({condition.text})") for condition in self.conditions]
        return sql.SQL(" AND ").join(parts)


def whole_layer(layer: PublishedLayer) -> Extract:
    """Return all features of a layer's edition with all public fields."""
    return Extract(layer, layer.fields)


def literal(text: str) -> sql.SQL:
    """Return a text of ours as a literal inside a statement that binds values."""
    return sql.SQL(sql.Literal(text).as_string().replace("%", "%%"))


def text_of(name: str) -> sql.Composed:
    """Return the SQL that reads a property as text."""
    return sql.SQL("properties ->> {}").format(literal(name))


def array_of(parts: Iterable[sql.Composable]) -> sql.Composed:
    """Return an array of texts, which a function takes any number of as VARIADIC."""
    return sql.SQL("ARRAY[{}]::text[]").format(sql.SQL(", ").join(parts))


def named_columns(id_name: str, extract: Extract) -> dict[str, str]:
    """Return how the columns of fields are called, by field: one like ``id_name`` gives way.

    ``id_name`` is that of the column with the feature's id, in every layer's file the same.
    """
    names: dict[str, str] = {}
    others = [id_name, *(field.name for field in extract.fields)]
    for field in extract.fields:
        is_taken = field.name.lower() == id_name.lower()
        names[field.name] = free_name(field.name, others) if is_taken else field.name
    return names


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """Return ``wanted``, or the first of ``wanted_2``, ``wanted_3``… that is not ``taken``.

    Names that differ in case alone are the same to SQLite and in shapefiles.
    """
    known = {name.lower() for name in taken}
    name, number = wanted, 1
    while name.lower() in known:
        number += 1
        name = f"{wanted}_{number}"
    return name
