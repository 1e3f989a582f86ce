"""J15: filters that cannot be answered. Each says where it is wrong, and none reaches the parser
or the database that would harm it."""

import json

import pytest

from layers.query.filters import parse
from tests.integration.layers.api.test_bad_requests import refused

pytestmark = pytest.mark.django_db(databases=["default", "read"])

ITEMS = "/collections/trees/items"
GRID = "http://www.opengis.net/def/crs/EPSG/0/27700"


@pytest.fixture(scope="module")
def trees(django_db_setup, django_db_blocker):
    from tests.factories import drop_everything
    from tests.factories.trees import publish_trees

    with django_db_blocker.unblock():
        try:
            yield publish_trees()
        finally:
            drop_everything()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("species = 'Oak", "quote that is not closed, at character 11"),
        ('"species = 1', "quote that is not closed, at character 1"),
        ("(species = 'Oak'", "at its end"),
        ("species = 'Oak')", "at character 16"),
        ("1=1--", "at its end"),
        ("1=1; DROP TABLE layers_feature", "at character 4"),
        ("species = 'x' OR pg_sleep(5) = 1", "“pg_sleep” is not a function"),
        ("foo(species) = 1", "“foo” is not a function"),
        ("species ILIKE 'x'", "at character 9"),
        ("", "empty"),
        (" ", "empty"),
        ("'x'", "a value, not a condition"),
        ("species", "“species” alone is no condition"),
        ("NULL", "a value, not a condition"),
        ("species = NULL", "IS NULL"),
        ("species LIKE '" + "%a" * 50 + "'", "wildcards"),
        ("species LIKE 'a\\'", "quote that is not closed"),
        ("species LIKE 'a\\\\'", "ends with a backslash"),
        ("species LIKE 5", "LIKE needs a pattern"),
        ("species LIKE nickname", "LIKE needs a pattern"),
        ("age LIKE '1%'", "“age” is a number"),
        ("age IN (" + ",".join(["1"] * 10_000) + ")", "10,000 values"),
        ("age IN ()", "at character 9"),
        (" AND ".join(["age = 1"] * 1_000), "nested too deep"),
        ("(" * 200 + "age = 1" + ")" * 200, "nested too deep, at character 30"),
        ("NOT " * 1_000 + "protected", "nested too deep"),
        ("NOT " * 100 + "protected", "more than 50 levels"),
        ("age = " + "-" * 30_000 + "1", "nested too deep"),
        ("species = 5", "Write text in single quotes"),
        ("age = 'x'", "Write numbers without quotes"),
        ("protected = 'true'", "Write true or false, without quotes"),
        ("protected = 1", "“protected” is true or false"),
        ("planted = 5", "DATE('2026-03-31')"),
        ("planted = 'soon'", "“soon” is not a date"),
        ("planted > TIMESTAMP('2026-03-31T09:00:00Z')", "Write DATE('2026-03-31')"),
        ("inspected > TIMESTAMP('2026-03-31')", "is not a date and time"),
        ("planted < inspected", "has dates without times"),
        ("planted = DATE('2026-02-30')", "“2026-02-30” is not a date"),
        ("planted = DATE('10000-01-01')", "is not a date"),
        ("planted = DATE('2026')", "is not a date"),
        ("inspected = TIMESTAMP('0001-01-01T00:00:00+14:00')", "is not a date and time"),
        ("inspected = TIMESTAMP('2026-03-31T24:00:01Z')", "is not a date and time"),
        ("inspected = TIMESTAMP('99999999999-03-31T24:00:00Z')", "is not a date and time"),
        ("DATE(species) = planted", "DATE takes one text"),
        ("planted = INTERVAL('2020-01-01', '..')", "INTERVAL is compared by"),
        ("T_DURING(planted, INTERVAL('2021-01-01', '2020-01-01'))", "starts after it ends"),
        ("T_AFTER(species, DATE('2020-01-01'))", "“species” is not a date"),
        ("T_AFTER(planted)", "takes two dates"),
        ("age / 0 = 1", "divides by zero"),
        ("age % (2 - 2) = 1", "divides by zero"),
        ("0 ^ (0 - 1) = age", "what is no number"),
        ("10 ^ 10 ^ 10 ^ 10 = age", "what is no number"),
        ("age = 1e400", "too large or too small"),
        ("age = 9007199254740993", "more digits than can be compared exactly"),
        ("species + 1 = 2", "“species” is text"),
        ("(age = 1) = true", "not a function or operator that can stand here"),
        ("age = (1, 2)", "Lists are for IN"),
        ("unasked = 'x'", "cannot be filtered by “unasked”"),
        ("secret = 'x'", "no queryable “secret”"),
        ("specis = 'x'", "Did you mean “species”?"),
        ("\"__class__\" = 'x'", "no queryable"),
        ("geom = 'x'", "Did you mean “geometry”?"),
        ("geometry = 'x'", "Compare it with a spatial function"),
        ("S_INTERSECTS(species, POINT(1 1))", "“species” is not a geometry"),
        ("S_INTERSECTS(geometry, 'POINT(1 1)')", "compares “geometry” with a point"),
        ("S_INTERSECTS(geometry)", "takes two geometries"),
        ("S_INTERSECTS(geometry, SRID=27700;POINT(1 1))", "at character 34"),
        ("S_INTERSECTS(geometry, POINT(400000 280000))", "position that does not exist"),
        ("S_INTERSECTS(geometry, POINT(52.5 -190))", "longitude, latitude"),
        ("S_INTERSECTS(geometry, POINT(nan 1))", "cannot be read"),
        ("S_INTERSECTS(geometry, POINT EMPTY)", "geometry cannot be read"),
        ("S_INTERSECTS(geometry, LINESTRING EMPTY)", "is empty"),
        ("S_INTERSECTS(geometry, LINESTRING(1 1, 1 1))", "not valid"),
        ("S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 1 0)))", "not closed"),
        ("S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 0 1, 1 0, 0 0)))", "Self-intersection[0.5"),
        ("S_INTERSECTS(geometry, POLYGON((0 0, 0 0, 0 0, 0 0)))", "not valid"),
        ("S_INTERSECTS(geometry, BBOX(1, 2, 3))", "4 numbers"),
        ("S_INTERSECTS(geometry, BBOX(0, 50, 1, 49))", "lowest values comes first"),
        ("S_INTERSECTS(geometry, BBOX(age, 2, 3, 4))", "two finite numbers"),
        ("S_INTERSECTS(geometry, ENVELOPE(1, 2, 3, 4))", "or BBOX(-1.95"),
        ("S_TOUCHES(geometry, GEOMETRYCOLLECTION(POINT(0 0), LINESTRING(1 1, 2 2)))", "together"),
        ("A_CONTAINS(species, ('a', 'b'))", "“a_contains” is not a function"),
    ],
)  # fmt: skip
def test_j15_a_filter_that_cannot_be_answered_is_told_why(trees, ask, text, says):
    problem = refused(ask, ITEMS, filter=text)

    assert problem["parameter"] == "filter"
    assert problem["type"] == "/api/problems#filter-invalid"
    assert says in problem["detail"], problem["detail"]


@pytest.mark.parametrize(
    "text",
    [
        "NOT " * 1_000 + "protected",
        "f(" * 31 + "age" + ")" * 31,
        "age = " + " + ".join(["1"] * 300),
        "'a\\' NOT" + " NOT" * 10_000,
        '"a' + "(" * 1_000,
    ],
    ids=["NOT x 1,000", "calls", "sum", "escape", "name"],
)
def test_j15_what_would_harm_the_parser_never_gets_there(trees, ask, monkeypatch, text):
    monkeypatch.setattr(parse.cql2, "parse_text", lambda text: pytest.fail("it was parsed"))

    refused(ask, ITEMS, filter=text)


@pytest.mark.parametrize(
    "text",
    [
        "S_INTERSECTS(geometry, POLYGON((" + "1 2," * 1_250_000 + "1 2)))",
        "(" * 100_000 + "age = 1" + ")" * 100_000,
        "NOT " * 20_000 + "protected",
        "[" * 100_000,
        " AND ".join(["age = 1"] * 10_000),
    ],
    ids=["5 MB", "depth 100,000", "80 kB", "JSON", "many parts"],
)
def test_j15_a_filter_longer_than_an_address_may_be_is_told_so(trees, ask, monkeypatch, text):
    monkeypatch.setattr(parse.cql2, "parse_text", lambda text: pytest.fail("it was parsed"))

    problem = refused(ask, ITEMS, 414, filter=text)

    assert problem["type"] == "/api/problems#address-too-long"
    assert "may have 60,000" in problem["detail"]


def test_j15_a_page_of_the_longest_address_has_a_next_one_that_can_be_asked(trees, ask):
    longest = "species <> '" + "a" * (60_000 - len("limit=1&filter=species+%3C%3E+%27%27")) + "'"

    page = ask(ITEMS, limit="1", filter=longest)

    assert page.status_code == 200
    [following] = [one["href"] for one in page.json()["links"] if one["rel"] == "next"]
    assert len(following) > 60_000
    assert ask(following.partition("/api")[2]).status_code == 200


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("{", "not JSON, at character 2"),
        ("[" * 15_000, "nested too deep, at character 111"),
        ("[[[[", "not JSON"),
        ("null", "a value, not a condition"),
        ("{}", "a value, not a condition"),
        ('{"op": "="}', "no list of arguments"),
        ('{"op": "=", "args": []}', "compares two values"),
        ('{"op": "=", "args": {}}', "no list of arguments"),
        ('{"op": 5, "args": []}', "a value, not a condition"),
        ('{"op": "and", "args": []}', "joins two conditions"),
        ('{"op": "not", "args": []}', "NOT takes one"),
        ('{"op": "in", "args": [{"property": "age"}, []]}', "list of one or more"),
        ('{"op": "=", "args": [{"property": ["age"]}, 1]}', "cannot be read"),
        ('{"op": "=", "args": [{"property": "age"}, {}]}', "cannot be read"),
        ('{"op": "=", "args": [{"property": "age"}, 1e999]}', "not JSON"),
        ('{"op": "=", "args": [{"property": "age"}, NaN]}', "not JSON"),
        ('{"op": "=", "args": [{"property": "species"}, "\\u0000"]}', "NUL"),
        ('{"op": "=", "args": [{"property": "species"}, "\\ud800"]}', "not JSON"),
        ('{"op": "in", "args": [{"property": "species"}, ["\\u0000"]]}', "NUL"),
        ('{"op": "like", "args": [{"property": "species"}, "\\u0000"]}', "LIKE needs a pattern"),
        ('{"op": "casei", "args": ["x"]}', "“casei” is not a"),
        ('{"op": "=", "args": [{"date": 5}, {"property": "planted"}]}', "DATE takes one text"),
        ('{"op": "t_after", "args": [{"interval": ["..", {}]}, {"property": "planted"}]}', "read"),
        ('{"op": "t_after", "args": [{"interval": 5}, {"property": "planted"}]}', "two ends"),
        (
            '{"op": "s_within", "args": [{"property": "geometry"}, {"type": "Point"}]}',
            "two finite numbers",
        ),
        (
            '{"op": "s_within", "args": [{"property": "geometry"}, {"type": "Circle"}]}',
            "not a type of geometry",
        ),
        (
            '{"op": "s_within", "args": [{"property": "geometry"},'
            ' {"type": "Point", "coordinates": [true, "1"]}]}',
            "two finite numbers",
        ),
        (
            '{"op": "s_within", "args": [{"property": "geometry"},'
            ' {"type": "GeometryCollection", "geometries": [5]}]}',
            "two finite numbers",
        ),
        (
            '{"op": "s_within", "args": [{"property": "geometry"},'
            ' {"type": "Point", "coordinates": [1e308, 1]}]}',
            "does not exist",
        ),
    ],
)  # fmt: skip
def test_j15_json_that_is_no_filter_is_told_why(trees, ask, document, says):
    problem = refused(ask, ITEMS, **{"filter": document, "filter-lang": "cql2-json"})

    assert says in problem["detail"], problem["detail"]


def test_j15_200_levels_of_and_are_too_many(trees, ask):
    document = True
    for _ in range(200):
        document = {"op": "and", "args": [document, True]}

    refused(ask, ITEMS, **{"filter": json.dumps(document), "filter-lang": "cql2-json"})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("S_INTERSECTS(geometry, POINT(52.48 -1.9))", None),
        ("S_INTERSECTS(geometry, BBOX(406000, 285000, 405000, 286000))", "lowest values"),
        ("S_INTERSECTS(geometry, POINT(1e12 0))", "does not exist"),
    ],
)
def test_j15_positions_are_looked_at_in_their_own_crs(trees, ask, text, says):
    parameters = {"filter": text, "filter-crs": GRID}
    if says is None:
        assert ask(ITEMS, **parameters).status_code == 200
    else:
        assert says in refused(ask, ITEMS, **parameters)["detail"]


@pytest.mark.parametrize(
    "text",
    [
        "age / girth_m > 1",
        "age % girth_m = 0",
        "age div girth_m = 0",
        "girth_m ^ height_m > 0",
        "height_m ^ 0.5 > 1",
        "age ^ age > 0",
        "age * age * age * age * age * age * age * age * age > 1e100",
        "1 / (age - 80) / 1e-100 / 1e-100 > 1e100",
        "inspected < TIMESTAMP('9999-12-31T23:59:59Z')",
        "inspected > TIMESTAMP('0001-01-01T00:00:00Z')",
        "T_INTERSECTS(inspected, INTERVAL('..', '..'))",
        "planted < DATE('9999-12-31') AND planted > DATE('0001-01-01')",
        "ACCENTI(species) LIKE ACCENTI('x＼')",
        "ACCENTI(species) LIKE ACCENTI('％_＼＼＿')",
        "CASEI(species) LIKE CASEI('\\%')",
        "species LIKE '" + "_" * 5_000 + "'",
        "species = '" + "%s%(x)s{}" * 100 + "'",
        "S_WITHIN(geometry, BBOX(-1.9, 52.4, -1.9, 52.5))",
        "S_WITHIN(geometry, BBOX(-1.9, 52.4, -1.9, 52.4))",
        "S_INTERSECTS(POINT(1 1), POINT(1 1))",
        "S_EQUALS(geometry, geometry)",
        "S_INTERSECTS(geometry, POINT Z(-1.9 52.4 -9999))",
        "S_INTERSECTS(geometry, BBOX(-2, 52, -9999, -1, 53, 9999))",
    ],
)  # fmt: skip
def test_j15_no_value_makes_the_database_fail(trees, ask, text):
    assert ask(ITEMS, filter=text).status_code == 200
