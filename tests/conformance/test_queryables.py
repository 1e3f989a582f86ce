"""OGC API - Features - Part 3 1.0.0, class "queryables", and the schema of the features."""

import jsonschema_rs
import pytest

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
