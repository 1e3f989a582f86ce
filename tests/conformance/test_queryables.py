"""OGC API - Features - Part 3 1.0.0, class "queryables", and the schema of the features."""

from datetime import datetime

import jsonschema_rs
import pytest

from tests.factories.filter_layers import FIELDS as TYPES

pytestmark = pytest.mark.django_db(databases=["default", "read"])

SPECIFICATION = "http://www.opengis.net/spec/ogcapi-features-3/1.0"
REL = "http://www.opengis.net/def/rel/ogc/1.0/"
SLUGS = ("places", "fields", "becks", "papers")


def test_conf_queryables_get_conformance(filter_site):
    """/conf/queryables/get-conformance"""
    assert f"{SPECIFICATION}/conf/queryables" in filter_site.read("conformance").json["conformsTo"]


@pytest.mark.parametrize("resource", ["queryables", "schema"])
def test_conf_queryables_get_queryables(filter_site, resource):
    """/conf/queryables/get-queryables-uris and -response: for each collection, as JSON Schema."""
    for collection in filter_site.read("collections").json["collections"]:
        uri = f"{filter_site.api}collections/{collection['id']}/{resource}"
        answer = filter_site.read(uri)

        schema = answer.json
        assert answer.headers["content-type"] == "application/schema+json"
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["$id"] == uri
        assert filter_site.read(f"{uri}?f=json").json["$id"] == uri
        assert schema["type"] == "object"
        assert schema["properties"]
        jsonschema_rs.meta.validate(schema)


@pytest.mark.parametrize("slug", SLUGS)
def test_conf_queryables_get_collection(filter_site, slug):
    """/conf/queryables/get-collection: each collection links to its queryables and its schema."""
    for resource in ("queryables", "schema"):
        [link] = filter_site.read(f"collections/{slug}").links(f"{REL}{resource}")

        assert link["href"] == f"{filter_site.api}collections/{slug}/{resource}"
        assert link["type"] == "application/schema+json"


def test_every_queryable_says_its_type_title_and_unit(filter_site):
    properties = filter_site.read("collections/places/queryables").json["properties"]

    types = {name: (one.get("type"), one.get("format")) for name, one in properties.items()}
    assert types == {
        "name": ("string", None),
        "name_ascii": ("string", None),
        "status": ("string", None),
        "pop": ("integer", None),
        "pop_min": ("integer", None),
        "pop_max": ("integer", None),
        "height": ("number", None),
        "open": ("boolean", None),
        "day": ("string", "date"),
        "until": ("string", "date"),
        "start": ("string", "date-time"),
        "finish": ("string", "date-time"),
        "link": ("string", "uri"),
        "geometry": (None, "geometry-point"),
    }
    assert properties["height"]["x-ogc-unit"] == "m"
    assert properties["day"]["x-ogc-role"] == "primary-instant"
    assert properties["geometry"]["x-ogc-role"] == "primary-geometry"
    assert all(one["title"] for one in properties.values())


def test_nothing_but_the_queryables_is_promised(filter_site):
    schema = filter_site.read("collections/places/queryables").json

    assert schema["additionalProperties"] is False
    assert not {"note", "secret"} & schema["properties"].keys()


@pytest.mark.parametrize(
    ("slug", "format_"),
    [
        ("places", "geometry-point"),
        ("fields", "geometry-polygon-or-multipolygon"),
        ("becks", "geometry-linestring-or-multilinestring"),
        ("papers", None),
    ],
)
def test_the_geometry_is_a_queryable_where_there_is_one(filter_site, slug, format_):
    properties = filter_site.read(f"collections/{slug}/queryables").json["properties"]

    assert properties.get("geometry", {}).get("format") == format_


def test_the_schema_has_every_public_property(filter_site):
    schema = filter_site.read("collections/places/schema").json

    assert "note" in schema["properties"]
    assert "secret" not in schema["properties"]
    assert schema["required"] == ["note"]
    assert schema["properties"]["note"]["description"] == "Not to be filtered by."


@pytest.mark.parametrize("resource", ["queryables", "schema"])
def test_a_layer_that_does_not_exist_has_neither(filter_site, resource):
    answer = filter_site.ask(f"collections/nothing/{resource}")

    assert answer.status == 404
    assert answer.media_type == "application/problem+json"


def test_conf_queryables_query_parameters_get_conformance(filter_site):
    """/conf/queryables-query-parameters/get-conformance"""
    declared = filter_site.read("conformance").json["conformsTo"]

    assert f"{SPECIFICATION}/conf/queryables-query-parameters" in declared


@pytest.mark.parametrize("name", TYPES)
def test_conf_queryables_query_parameters_parameters(filter_site, name):
    """/conf/queryables-query-parameters/parameters: each simple queryable is a parameter."""
    values = {feature.properties[name] for feature in filter_site.features("places")} - {None}
    for value in sorted(values, key=str)[:5]:
        written = str(value).lower() if TYPES[name] == "boolean" else str(value)
        answer = filter_site.read("collections/places/items", **{name: written, "limit": 1000})

        keys = {feature["id"] for feature in answer.json["features"]}
        assert keys == filter_site.expected(
            "places", lambda properties, _, value=value: is_equal(properties[name], value, name)
        )


def test_queryables_as_parameters_all_have_to_be_true(filter_site):
    answer = filter_site.read(
        "collections/places/items", status="open", open="true", filter="pop > 1000", limit=1000
    )

    keys = {feature["id"] for feature in answer.json["features"]}
    assert keys
    assert keys == filter_site.expected(
        "places",
        lambda p, _: p["status"] == "open" and p["open"] and p["pop"] and p["pop"] > 1000,
    )


@pytest.mark.parametrize(
    ("name", "value"), [("pop", "many"), ("open", "yes"), ("day", "soon"), ("start", "2022-13-01")]
)
def test_a_parameter_of_the_wrong_type_is_refused(filter_site, name, value):
    answer = filter_site.ask("collections/places/items", **{name: value})

    assert answer.status == 400
    assert answer.json["parameter"] == name


@pytest.mark.parametrize("name", ["note", "secret", "geometry", "nothing"])
def test_what_is_no_simple_queryable_is_no_parameter(filter_site, name):
    answer = filter_site.ask("collections/places/items", **{name: "x"})

    assert answer.status == 400
    assert answer.json["type"].endswith("#parameter-unknown")


def is_equal(one: object, other: object, name: str) -> bool:
    if one is not None and TYPES[name] == "datetime":
        return datetime.fromisoformat(str(one)) == datetime.fromisoformat(str(other))
    return one == other
