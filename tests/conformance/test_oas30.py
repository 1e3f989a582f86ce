"""OGC API - Features - Part 1: Core 1.0.1, class "oas30": the definition says what is there."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from ogcapi_registry import parse_conformance_classes, validate_ogc_api
from ogcapi_registry.known_classes import KNOWN_CONFORMANCE_CLASSES

from tests.conformance.site import Site

pytestmark = pytest.mark.django_db(databases=["default", "read"])

# What the definition's path parameters stand for here.
REAL = {
    "collectionId": "areas",
    "tileMatrixSetId": "WebMercatorQuad",
    "tileMatrix": "12",
    "tileRow": "1344",
    "tileCol": "2026",
    "editionId": "1",
    "fileName": "areas.csv",
    "uprn": "10",
}
# No file is made beforehand here, and there is no address to look up:
# test_downloads.py and test_api.py, of layers and of waste, ask for them.
ASKED_ELSEWHERE = (
    "/collections/{collectionId}/downloads/{editionId}/{fileName}",
    "/bins/{uprn}",
)
FIRST = {"areas": "west", "lakes": "lake", "licences": "0"}
PLACE = {"lon": "-1.9", "lat": "52.45"}
NEEDED = {**PLACE, "q": "B1 1BB"}


def objects(part: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a document, however deep."""
    if isinstance(part, dict):
        yield part
        part = list(part.values())
    for each in part if isinstance(part, list) else ():
        yield from objects(each)


@pytest.fixture
def definition(site: Site) -> dict[str, Any]:
    return site.read("openapi").json


def real_path(path: str) -> str:
    collection = path.split("/")[2] if path.count("/") > 2 else ""
    return path.lstrip("/").format(**REAL, featureId=FIRST.get(collection, "s1"))


def needed(site: Site, path: str) -> dict[str, str]:
    """Return values for the query parameters that the operation cannot do without."""
    needed_ones = (p for p in site.parameters(path).values() if p["required"])
    return {one["name"]: NEEDED[one["name"]] for one in needed_ones if one["in"] == "query"}


def test_conf_oas30_completeness(site, definition):
    """/conf/oas30/completeness: every operation is there, and does what it says."""
    for path, item in definition["paths"].items():
        if path in ASKED_ELSEWHERE:
            continue
        for method, operation in item.items():
            # What is sent to /constraints is tried by tests/integration/planning/test_api.py.
            if method == "post":
                continue
            answer = site.ask(real_path(path), method=method.upper(), **needed(site, path))
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


def test_conf_oas30_definition_2_parameters(site, definition):
    """/conf/oas30/definition-2: each name in a path is a required path parameter."""
    for path in definition["paths"]:
        parameters = site.parameters(path).values()
        in_path = [one for one in parameters if one["in"] == "path"]
        assert {one["name"] for one in in_path} == set(re.findall(r"\{(\w+)\}", path))
        assert all(one["required"] for one in in_path)
        assert all("schema" in one for one in parameters)


@pytest.mark.parametrize(
    ("path", "parameters", "status"),
    [
        ("/collections/areas/items", {"limit": "0"}, 400),
        ("/collections/areas/items", {"cursor": "999999-1"}, 410),
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
    for path in definition["paths"]:
        for name, one in site.parameters(path).items():
            if one["in"] == "query":
                answer = site.ask(real_path(path), **{**needed(site, path), name: ","})
                # Any text is one that a property can have; of all else, a comma is none.
                if answer.status == 200:
                    assert one["schema"]["type"] == "string", (path, name)
                    assert "enum" not in one["schema"], (path, name)
                    continue
                assert answer.status == 400, (path, name)
                assert answer.json["parameter"] == name
                assert "not a parameter" not in answer.json["detail"], (path, name)


def test_conf_oas30_security(definition):
    """/conf/oas30/security: nothing is asked of a reader, and the definition says nothing."""
    assert "securitySchemes" not in definition["components"]
    assert not any("security" in item["get"] for item in definition["paths"].values())


def test_conf_oas30_by_the_registry(site, definition):
    """The static validator of OGC API definitions finds nothing wrong."""
    classes = parse_conformance_classes(site.read("conformance").json["conformsTo"])

    found = validate_ogc_api(definition, classes)

    assert found.is_valid
    # Of "info" severity it says that one feature alone usually has a filter too, which it has not.
    told = [*found.errors, *found.warnings]
    assert [fault for fault in told if fault["severity"] != "info"] == []


def test_every_class_that_is_claimed_is_one_of_the_standards(site):
    """A misspelt URI claims nothing: each is in the registry's list, where it has the standard."""
    claimed = site.read("conformance").json["conformsTo"]

    listed = {known.spec for known in KNOWN_CONFORMANCE_CLASSES.values()}
    ours = [uri for uri in claimed if uri.split("/spec/")[1].split("/")[0] in listed]
    assert len(ours) >= 4
    assert [uri for uri in ours if uri not in KNOWN_CONFORMANCE_CLASSES] == []


def test_every_operation_is_in_a_chapter_and_declares_what_any_may_meet(definition):
    chapters = {tag["name"] for tag in definition["tags"]}

    for path, item in definition["paths"].items():
        for operation in item.values():
            assert operation["summary"], path
            assert set(operation.get("tags", ())) <= chapters, path
            assert {"200", "304", "400", "429", "500", "503"} <= operation["responses"].keys(), path


def test_it_says_whose_it_is_and_on_what_terms(site, definition):
    info = definition["info"]

    assert info["contact"]["name"]
    assert info["license"]["url"]
    assert site.read(info["termsOfService"]).status == 200


def test_no_list_of_what_is_required_is_empty(definition: dict[str, Any]) -> None:
    """Its JSON Schema asks for one name at least (Wright-00, 5.15)."""
    lists = [each["required"] for each in objects(definition) if "required" in each]

    assert len(lists) > 10
    assert [] not in lists


@pytest.mark.parametrize(
    ("said", "is_good"),
    [
        ("12", True),
        ("2026-03-31", True),
        ("2026-03-31T09:00:00Z", True),
        ("2026-11-30", True),
        ("2028-02-29", True),
        ("2026-11-31", False),
        ("2026-02-29", False),
        ("2026-02-30", False),
        ("2026-13-01", False),
    ],
)
def test_changes_since_the_end_of_a_month_can_be_asked_by_the_definition(
    site: Site, definition: dict[str, Any], said: str, is_good: bool
) -> None:
    asked = [each for each in objects(definition) if each.get("name") == "changed-since"]
    [pattern] = {each["schema"]["pattern"] for each in asked}

    assert bool(re.search(pattern, said)) == is_good
    if not said.isdigit():
        answer = site.ask("collections/areas/items", **{"changed-since": said})
        assert (answer.status != 400) == is_good
