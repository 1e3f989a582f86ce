"""OGC API - Features - Part 3 1.0.0, class "queryables-query-parameters"."""

import pytest

pytestmark = pytest.mark.django_db(databases=["default", "read"])

CLASS = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters"
SLUGS = ("places", "fields", "becks", "papers")
UNFIT = {
    "integer": ["seven", "", "1e", "NaN"],
    "number": ["seven", "", "0x7", "inf"],
    "boolean": ["TRUE", "yes", "1", ""],
    "date": ["2026-02-30", "31.3.2026", "now", ""],
    "date-time": ["2026-03-31T25:00:00Z", "now", ""],
}


def queryables(filter_site, slug: str) -> dict[str, dict]:
    """Return those with a simple value, by name."""
    properties = filter_site.read(f"collections/{slug}/queryables").json["properties"]
    return {name: one for name, one in properties.items() if "type" in one}


def written(value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_conf_queryables_query_parameters_get_conformance(filter_site):
    """/conf/queryables-query-parameters/get-conformance"""
    assert CLASS in filter_site.read("conformance").json["conformsTo"]


@pytest.mark.parametrize("slug", SLUGS)
def test_conf_queryables_query_parameters_definition(filter_site, slug):
    """/req/queryables-query-parameters/parameters A: a parameter of the same schema for each."""
    parameters = filter_site.parameters(f"/collections/{slug}/items")

    for name, queryable in queryables(filter_site, slug).items():
        schema = {key: queryable[key] for key in ("type", "format") if key in queryable}
        assert parameters[name]["schema"] == schema
        assert (parameters[name]["in"], parameters[name]["required"]) == ("query", False)


@pytest.mark.parametrize("slug", SLUGS)
def test_conf_queryables_query_parameters_query_param(filter_site, slug):
    """/conf/queryables-query-parameters/query-param: what matches the value, and nothing else."""
    every = filter_site.read(f"collections/{slug}/items", limit=1000).json["features"]
    for name in queryables(filter_site, slug):
        if name in ("start", "finish"):
            continue  # One time may be written in many ways: compared below.
        values = {
            written(f["properties"][name]) for f in every if f["properties"][name] is not None
        }
        assert values, name
        for value in sorted(values)[:4]:
            answer = filter_site.read(f"collections/{slug}/items", limit=1000, **{name: value}).json
            assert [f["id"] for f in answer["features"]] == [
                f["id"] for f in every if written(f["properties"][name]) == value
            ], (name, value)


@pytest.mark.parametrize("slug", SLUGS)
def test_conf_queryables_query_parameters_query_param_time(filter_site, slug):
    """/conf/queryables-query-parameters/query-param: a time is one and the same everywhere."""
    every = filter_site.read(f"collections/{slug}/items", limit=1000).json["features"]
    value = next(f["properties"]["start"] for f in every if f["properties"]["start"])

    answer = filter_site.read(f"collections/{slug}/items", limit=1000, start=value).json

    found = {f["id"] for f in answer["features"]}
    assert found >= {f["id"] for f in every if f["properties"]["start"] == value} != set()
    assert len(found) < len(every)


@pytest.mark.parametrize("slug", SLUGS)
def test_conf_queryables_query_parameters_query_param_invalid(filter_site, slug):
    """/conf/queryables-query-parameters/query-param: a value of another type is a 400."""
    for name, queryable in queryables(filter_site, slug).items():
        for value in UNFIT.get(queryable.get("format", queryable["type"]), []):
            answer = filter_site.ask(f"collections/{slug}/items", **{name: value})
            assert answer.status == 400, (name, value)
            assert answer.json["parameter"] == name


@pytest.mark.parametrize(
    "asked", [{"secret": "x"}, {"sortby": "secret"}, {"properties": "secret"}, {"sortby": "-note"}]
)
def test_what_is_not_public_or_no_queryable_is_none_of_them(filter_site, asked):
    answer = filter_site.ask("collections/places/items", **asked)

    assert answer.status == 400
    [(name, value)] = asked.items()
    allowed = answer.json["detail"].split(":")[-1]
    assert "secret" not in allowed
    assert answer.json["parameter"] == name
