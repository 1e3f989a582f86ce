"""No answer of any address gives away a field or a layer that is not public.

The addresses are those of the OpenAPI document, in every format that it names, and all that their
answers link to: a new address is looked at without being listed here.
"""

import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
import shapely
from django.test import Client

from layers.models import Edition
from layers.publish import hide_fields, replace_view
from layers.query.cache import forget_layers
from tests.factories import MadeFeature, drop_everything, make_field, make_layer, publish_features

HERE = shapely.Point(407_300, 286_600)  # EPSG:27700; the second is its longitude and latitude
PLACE = {"lon": "-1.8938", "lat": "52.4772"}
# Of what is not public: names, titles, descriptions and values. None occurs anywhere else.
SECRETS = [
    "zq_keyholder", "Zq keyholder", "Zq alarm description", "ZqValueOfKeyholder",
    "zq_head", "Zq head", "ZqValueOfHead",
    "zq_phone", "Zq phone", "ZqValueOfPhone",
    "zq-registers", "Zq registers", "ZqValueInRegister",
]  # fmt: skip
PRIVATE_FIELDS = ["zq_keyholder", "zq_head", "zq_phone"]
NO_FIELD = "zq_nothing"
MOST_ADDRESSES = 1500

_HREF = re.compile(r"""(?:href|src|action)=["']([^"']+)["']""")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# What a path of the document may stand for, where it does not say so itself.
_IN_PATHS = {
    "fileName": ["schools.geojson", "schools.gpkg"],
    "collectionId": ["schools"],
    "featureId": ["A", "B"],
    "editionId": [],
    "edition": [],
    "tileMatrixSetId": ["WebMercatorQuad"],
    "tileMatrix": ["10"], "z": ["10"],
    "tileCol": ["506"], "x": ["506"],
    "tileRow": ["337"], "y": ["337"],
    "ext": ["mvt"],
    "uprn": ["1"],
}  # fmt: skip
_IN_QUERIES = {**PLACE, "collections": "schools", "collection": "schools", "q": "a",
               "within": "-1.8938,52.4772,500", "near": "-1.8938,52.4772"}  # fmt: skip


@pytest.fixture(scope="module")
def first_edition(django_db_setup: None, django_db_blocker: Any) -> "Iterator[Edition]":
    """Publish two editions of a layer with fields that nobody may see, and a layer of such."""
    with django_db_blocker.unblock():
        try:
            yield _publish()
        finally:
            drop_everything()


def _publish() -> Edition:
    fields = [
        make_field("name", is_queryable=True),
        make_field("opened_on", "date", is_queryable=True),
        make_field("zq_keyholder", title="Zq keyholder", description="Zq alarm description",
                   is_public=False),
        make_field("zq_head", title="Zq head", is_public=False, is_personal=True),
        make_field("zq_phone", title="Zq phone"),
    ]  # fmt: skip
    layer = make_layer(fields=fields, is_service=True, datetime_field="opened_on")
    first = publish_features(layer, [_school("A", 1), _school("C", 1)])
    publish_features(layer, [_school("A", 2), _school("B", 1)])
    layer.fields.filter(name="zq_phone").update(is_public=False)
    hide_fields(layer, ["zq_phone"])
    replace_view(layer)
    registers = make_layer("zq-registers", title="Zq registers", is_public=False, is_service=True)
    publish_features(registers, [MadeFeature("R", HERE, {"name": "ZqValueInRegister"})])
    forget_layers()
    return first


def _school(key: str, number: int) -> MadeFeature:
    return MadeFeature(
        key,
        HERE,
        {
            "name": f"School {key}",
            "opened_on": "2001-09-03",
            "zq_phone": f"ZqValueOfPhone {number}",
        },
        {"zq_keyholder": f"ZqValueOfKeyholder {number}", "zq_head": f"ZqValueOfHead {number}"},
    )


def _addresses_of(document: dict[str, Any], edition_id: int) -> Iterator[str]:
    """Give every address of the document: bare, in each format, and with each of its choices."""
    for path, item in document["paths"].items():
        parameters = [_resolved(document, each) for each in item["get"].get("parameters", [])]
        given = {p["name"]: p for p in parameters}
        needed = {
            name: _IN_QUERIES[name]
            for name, p in given.items()
            if p["in"] == "query" and p.get("required")
        }
        for filled in _filled(path, given, edition_id):
            yield _address(filled, needed)
            for name, parameter in given.items():
                for value in _values_for(parameter, edition_id):
                    yield _address(filled, {**needed, name: value})


def _resolved(document: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    for name in part.get("$ref", "#").split("/")[1:]:
        document = document[name]
    return document if "$ref" in part else part


def _values_for(parameter: dict[str, Any], edition_id: int) -> list[str]:
    if parameter["in"] != "query":
        return []
    name, schema = parameter["name"], parameter.get("schema", {})
    values = [str(each) for each in schema.get("enum", schema.get("items", {}).get("enum", []))]
    if name == "changed-since":
        return [str(edition_id), "1970-01-01"]
    if name == "edition":
        return [str(edition_id)]
    return values or ([_IN_QUERIES[name]] if name in _IN_QUERIES else [])


def _filled(path: str, given: dict[str, Any], edition_id: int) -> list[str]:
    paths = [path]
    for name in _PLACEHOLDER.findall(path):
        values = given.get(name, {}).get("schema", {}).get("enum") or _IN_PATHS.get(name)
        if values == []:
            values = [str(edition_id), str(edition_id + 1)]
        assert values, f"say in _IN_PATHS what “{name}” of {path} may be"
        paths = [p.replace(f"{{{name}}}", quote(str(v))) for p in paths for v in values]
    return paths


def _address(path: str, query: dict[str, str]) -> str:
    return f"/api{path}" + (f"?{urlencode(query)}" if query else "")


def _linked(body: str, base: str) -> Iterator[str]:
    """Give the addresses of this site that an answer names."""
    found = {unescape(link) for link in _HREF.findall(body)}
    found |= set(re.findall(r'https?://testserver(/[^"\s<>\\]*)', body))
    for link in found:
        parts = urlsplit(link)
        is_ours = parts.netloc in ("", "testserver") and parts.path.startswith("/")
        if is_ours and "{" not in link and not parts.path.startswith(("/static/", "/manage/")):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _readable(body: bytes) -> bytes:
    """Return what is in an answer, unpacked."""
    if body.startswith(b"\x1f\x8b"):
        return _readable(gzip.decompress(body))
    if body.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(body))
        return b"\n".join(
            name.encode() + b"\n" + _readable(archive.read(name)) for name in archive.namelist()
        )
    if body.startswith(b"PAR1"):
        from pyarrow import BufferReader, parquet

        return str(parquet.read_table(BufferReader(body)).to_pydict()).encode()
    return body


def _body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.django_db(databases=["default", "read"])
def test_no_answer_names_what_is_not_public_or_holds_a_value_of_it(
    first_edition: Edition, client: Client
) -> None:
    document = json.loads(client.get("/api/openapi").content)
    waiting = [
        "/api/openapi",
        "/layers/",
        "/sitemap.xml",
        *_addresses_of(document, first_edition.pk),
    ]
    seen: dict[str, int] = {}
    told: dict[str, list[str]] = {}

    while waiting and len(seen) < MOST_ADDRESSES:
        address = waiting.pop()
        if address in seen:
            continue
        response = client.get(address)
        body = _readable(_body(response))
        seen[address] = response.status_code
        text = body.decode("utf-8", "replace")
        headers = str(response.headers)
        if names := [secret for secret in SECRETS if secret in text or secret in headers]:
            told[address] = names
        if response.status_code == 200:
            waiting += [link for link in _linked(text, address) if link not in seen]

    assert not told
    answered = {address for address, status in seen.items() if status == 200}
    assert len(answered) > 20
    assert any("changed-since" in address for address in answered)
    assert not {address: status for address, status in seen.items() if status >= 500}


QUESTIONS = [
    ("/collections/schools/items", "{name}=ZqValueOfHead 1"),
    ("/collections/schools/items", "filter={name}='ZqValueOfHead 1'"),
    ("/collections/schools/items", "filter={name} IS NOT NULL"),
    ("/collections/schools/items", "sortby={name}"),
    ("/collections/schools/items", "sortby=-{name}"),
    ("/collections/schools/items", "properties={name}"),
    ("/collections/schools/items", "properties=name,{name}"),
    ("/collections/schools/items/A", "properties={name}"),
    ("/collections/schools/download", "properties={name}"),
    ("/collections/schools/download", "filter={name} IS NOT NULL"),
]


@pytest.mark.django_db(databases=["default", "read"])
@pytest.mark.parametrize("name", PRIVATE_FIELDS)
@pytest.mark.parametrize(("path", "query"), QUESTIONS)
def test_a_field_that_is_not_public_is_answered_as_one_that_does_not_exist(
    first_edition: Edition, client: Client, path: str, query: str, name: str
) -> None:
    def ask(field: str) -> tuple[int, str]:
        pairs = dict([query.format(name=field).split("=", 1)])
        response = client.get(f"/api{path}", pairs)
        text = response.content.decode().replace(field, "FIELD").replace(quote(field), "FIELD")
        return response.status_code, re.sub(r'"timeStamp":"[^"]*"', "", text)

    private, absent = ask(name), ask(NO_FIELD)

    assert private == absent
    assert private[0] == 400
    values = ["ZqValueOfKeyholder", "ZqValueOfPhone"]
    assert not [value for value in values if value in private[1]]
