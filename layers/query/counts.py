"""How many features are meant, counted no further than is worth it."""

from psycopg import sql

from layers.query.condition import all_of
from layers.query.registry import PublishedLayer
from layers.query.run import comparing, fetch_row
from layers.query.selection import Selection
from layers.sql import read_statement

MOST_COUNTED = 10_000


def count_features(
    layer: PublishedLayer, selection: Selection, *, must_be_somewhere: bool = False
) -> int | None:
    """Return how many features of ``layer`` are meant, or None: more than `MOST_COUNTED`.

    Parameters
    ----------
    must_be_somewhere
        Leave out features without a location.
    """
    where = all_of(selection.conditions(layer))
    text = f"{where.text} AND geom_27700 IS NOT NULL" if must_be_somewhere else where.text
    statement = sql.SQL(read_statement("items_count")).format(condition=sql.SQL(text)).as_string()
    values = {"edition_id": selection.edition_of(layer), "most": MOST_COUNTED, **where.values}
    with comparing(layer.title):
        [count] = fetch_row(statement, values)
    return None if count > MOST_COUNTED else count
