"""The indexes of an edition serve filters: PostgreSQL's own plans say so."""

import numpy as np
import psycopg
import pytest
import shapely
from django.db import connections

from layers.query.filters import compile_filter, equality_conditions
from layers.query.filters.crs import CRS84, FILTER_CRS
from layers.query.registry import find_layer

pytestmark = pytest.mark.django_db(databases=["default", "read"])

GRID = "http://www.opengis.net/def/crs/EPSG/0/27700"


@pytest.fixture(scope="module")
def stalls(django_db_setup, django_db_blocker):
    """5,000 points with values that are nearly all different."""
    from tests.factories import (
        MadeFeature,
        drop_everything,
        make_field,
        make_layer,
        publish_features,
    )

    def made(n: int, x: float, y: float) -> MadeFeature:
        day = f"{1900 + n % 120}-{n % 12 + 1:02}-{n % 28 + 1:02}"
        return MadeFeature(
            str(n),
            shapely.Point(x, y),
            {"name": f"stall {n:05}", "price": n / 4, "places": n, "opened": day,
             "checked": f"{day}T12:00:00Z"},
        )  # fmt: skip

    types = {"name": "text", "price": "number", "places": "integer", "opened": "date",
             "checked": "datetime"}  # fmt: skip
    with django_db_blocker.unblock():
        try:
            layer = make_layer(
                "stalls",
                fields=[
                    make_field(name, type_, is_queryable=True) for name, type_ in types.items()
                ],
            )
            positions = np.random.default_rng(1).uniform(0, 9000, (5000, 2)) + (402000, 280000)
            publish_features(layer, [made(n, *place) for n, place in enumerate(positions.round(2))])
            yield find_layer("stalls")
        finally:
            drop_everything()


def plan(layer, condition) -> str:
    """Return how PostgreSQL would read a page, as the web's own cursors ask for it."""
    statement = (
        "EXPLAIN SELECT fid FROM layers_feature WHERE edition_id = %(edition)s AND "
        + condition.text
    )
    connections["read"].ensure_connection()
    with psycopg.ClientCursor(connections["read"].connection) as cursor:
        cursor.execute(statement, {"edition": layer.edition_id, **condition.values})
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("name = 'stall 00042'", "name"),
        ("'stall 00042' = name", "name"),
        ("name IN ('stall 00042', 'stall 00043')", "name"),
        ("name > 'stall 04990'", "name"),
        ("places = 42", "places"),
        ("places BETWEEN 40 AND 44", "places"),
        ("places IN (1, 2, 3)", "places"),
        ("price > 1247.5", "price"),
        ("opened = DATE('1950-03-03')", "opened"),
        ("opened > DATE('2019-01-01')", "opened"),
        ("opened < DATE('1901-01-01')", "opened"),
        ("T_DURING(opened, INTERVAL('1950-01-01', '1950-12-31'))", "opened"),
        ("checked = TIMESTAMP('1950-03-03T12:00:00Z')", "checked"),
        ("checked < DATE('1901-01-01')", "checked"),
    ],
)
def test_a_comparison_is_served_by_the_index_of_its_property(stalls, text, name):
    condition = compile_filter(text, "cql2-text", CRS84, stalls)

    found = plan(stalls, condition)

    assert "Index Cond" in found
    assert "Seq Scan" not in found
    [condition_line] = [line for line in found.splitlines() if "Index Cond" in line]
    assert f"'{name}'" in condition_line


@pytest.mark.parametrize("uri", FILTER_CRS)
@pytest.mark.parametrize(
    "function", ["S_INTERSECTS", "S_WITHIN", "S_CONTAINS", "S_TOUCHES", "S_EQUALS"]
)
def test_a_spatial_function_is_served_by_the_index_of_its_geometry(stalls, uri, function):
    literal = {
        CRS84: "BBOX(-1.9,52.44,-1.899,52.441)",
        GRID: "BBOX(406000,285000,406100,285100)",
    }.get(uri, "POINT(52.44 -1.9)")

    found = plan(
        stalls, compile_filter(f"{function}(geometry,{literal})", "cql2-text", uri, stalls)
    )

    geometry = "geom_27700" if uri == GRID else "geom_4326"
    assert "geom_27700_geom_4326_idx" in found
    [condition_line] = [line for line in found.splitlines() if "Index Cond" in line]
    assert f"({geometry} " in condition_line


@pytest.mark.parametrize(("name", "value"), [("name", "stall 00042"), ("places", "42")])
def test_a_parameter_is_served_by_the_index_of_its_property(stalls, name, value):
    assert "Index Cond" in plan(stalls, equality_conditions({name: value}, stalls))
