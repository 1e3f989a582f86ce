"""Which values a queryable property has, where they are few enough to choose from."""

from functools import lru_cache

from psycopg import sql

from layers.query.registry import PublishedField, PublishedLayer
from layers.query.run import fetch_rows
from layers.query.selection import property_value
from layers.sql import read_statement

MOST_VALUES = 30


def common_values(layer: PublishedLayer, field: PublishedField) -> tuple[str, ...] | None:
    """Return the different values of a text property in order, or None: more than `MOST_VALUES`.

    Parameters
    ----------
    field
        A queryable one, so that an index holds its values.
    """
    # An edition never changes, so what was read of it once is true for good.
    return _read(layer.edition_id, field.name, field.type)


@lru_cache(maxsize=1_000)
def _read(edition_id: int, name: str, kind: str) -> tuple[str, ...] | None:
    # The name is a literal: only then the planner finds the property's index.
    value = sql.SQL(property_value(kind, "name").replace("%(name)s", "{name}")).format(
        name=sql.Literal(name)
    )
    statement = sql.SQL(read_statement("common_values")).format(
        value=value, edition_id=sql.Literal(edition_id)
    )
    found = tuple(str(value) for (value,) in fetch_rows(statement, {"most": MOST_VALUES}))
    return found if len(found) <= MOST_VALUES else None
