"""OGC API - Features - Part 1: Core 1.0.1, class "oas30": the definition says what is there."""

import json
import re
from typing import Any

import pytest

from tests.conformance.site import Site

pytestmark = pytest.mark.django_db(databases=["default", "read"])

# What the definition's path parameters stand for here.
REAL = {
    "collectionId": "areas",
    "featureId": "west",
    "tileMatrixSetId": "WebMercatorQuad",
    "tileMatrix": "12",
    "tileRow": "1344",
    "tileCol": "2026",
}
PLACE = {"lon": "-1.9", "lat": "52.45"}


@pytest.fixture
def definition(site: Site) -> dict[str, Any]:
    return site.read("openapi").json


def real_path(path: str) -> str:
    return path.lstrip("/").format(**REAL)


def needed(operation: dict[str, Any]) -> dict[str, str]:
    """Return values for the query parameters that the operation cannot do without."""
    names = [p["name"] for p in operation["parameters"] if p["in"] == "query" and p["required"]]
    return {name: PLACE[name] for name in names}


def test_conf_oas30_completeness(site, definition):
    """/conf/oas30/completeness: every operation is there, and does what it says."""
    for path, item in definition["paths"].items():
        for method, operation in item.items():
            answer = site.ask(real_path(path), method=method.upper(), **needed(operation))
            assert answer.status == 200, path
            declared = operation["responses"]["200"]["content"]
            assert answer.headers["content-type"] in declared, path


def test_conf_oas30_completeness_links(site, definition):
    """/conf/oas30/completeness: every address that an answer links to is in the definition."""
    patterns = [
        re.compile(
            re.sub(r"\{\w+\}", "[^/]+", re.escape(path).replace(r"\{", "{").replace(r"\}", "}"))
        )
        for path in definition["paths"]
    ]
    [server] = definition["servers"]
    for path in ("", "collections", "collections/areas", "collections/areas/items"):
        for link in site.read(path).json["links"]:
            if link["href"].startswith(site.api):
                inside = link["href"].removeprefix(server["url"]).partition("?")[0]
                assert any(pattern.fullmatch(inside) for pattern in patterns), inside


def test_conf_oas30_definition_1(site):
    """/conf/oas30/definition-1: the definition is offered under its media type."""
    [link] = site.read("").links("service-desc")

    assert link["type"] == "application/vnd.oai.openapi+json;version=3.0"
    assert site.read(link["href"]).headers["content-type"] == link["type"]


def test_conf_oas30_definition_2(definition):
    """/conf/oas30/definition-2: it is an OpenAPI 3.0 document, whole in itself."""
    assert re.fullmatch(r"3\.0\.\d+", definition["openapi"])
    assert definition["info"]["title"]
    assert definition["info"]["version"]
    operations = [operation for item in definition["paths"].values() for operation in item.values()]
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids))
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(definition)):
        found: Any = definition
        for name in reference.split("/"):
            found = found[name]
        assert found


def test_conf_oas30_definition_2_parameters(definition):
    """/conf/oas30/definition-2: each name in a path is a required path parameter."""
    for path, item in definition["paths"].items():
        for operation in item.values():
            declared = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert declared == set(re.findall(r"\{(\w+)\}", path))
            assert all(p["required"] for p in operation["parameters"] if p["in"] == "path")
            assert all("schema" in p for p in operation["parameters"])


@pytest.mark.parametrize(
    ("path", "parameters", "status"),
    [
        ("/collections/{collectionId}/items", {"limit": "0"}, 400),
        ("/collections/{collectionId}/items", {"cursor": "999999-1"}, 410),
        ("/nearest", {}, 400),
        ("/at", {**PLACE, "collections": "nothing"}, 404),
    ],
)
def test_conf_oas30_exception_codes(site, definition, path, parameters, status):
    """/conf/oas30/exception-codes: errors come with the codes and types that are declared."""
    answer = site.ask(real_path(path), **parameters)

    assert answer.status == status
    reference = definition["paths"][path]["get"]["responses"][str(status)]["$ref"]
    declared = definition["components"]["responses"][reference.rpartition("/")[2]]
    assert answer.media_type in declared["content"]
    assert {"type", "title", "status", "detail"} <= answer.json.keys()


def test_conf_oas30_oas_impl(site, definition):
    """/conf/oas30/oas-impl: every parameter that is defined is taken, and no other."""
    for path, item in definition["paths"].items():
        operation = item["get"]
        for one in operation["parameters"]:
            if one["in"] == "query":
                answer = site.ask(real_path(path), **{**needed(operation), one["name"]: ","})
                problem = answer.json
                assert answer.status == 400, (path, one["name"])
                assert problem["parameter"] == one["name"]
                assert "not a parameter" not in problem["detail"], (path, one["name"])


def test_conf_oas30_security(definition):
    """/conf/oas30/security: nothing is asked of a reader, and the definition says nothing."""
    assert "securitySchemes" not in definition["components"]
    assert not any("security" in item["get"] for item in definition["paths"].values())
