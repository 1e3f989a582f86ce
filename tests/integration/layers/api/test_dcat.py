"""The catalogue for data portals."""

import json
import re

import pytest

from layers.api.dcat import frequency_of

pytestmark = pytest.mark.django_db(databases=["default", "read"])


def terms_of(node):
    """Return every prefixed name that the document uses as a key or a type."""
    if isinstance(node, list):
        return set().union(*map(terms_of, node))
    if not isinstance(node, dict):
        return set()
    own = {key for key in node if not key.startswith("@")} | {node.get("@type", "")}
    return own.union(*(terms_of(v) for k, v in node.items() if k != "@context")) - {""}


@pytest.fixture
def catalogue(city, read):
    return read("/dcat")


def test_it_can_be_read_without_fetching_anything_else(catalogue):
    prefixes = catalogue["@context"].keys()

    assert all(isinstance(value, str) for value in catalogue["@context"].values())
    assert {term.partition(":")[0] for term in terms_of(catalogue)} <= prefixes


def test_it_lists_the_public_layers(catalogue):
    found = [dataset["dct:identifier"] for dataset in catalogue["dcat:dataset"]]

    assert sorted(found) == ["areas", "bring-banks", "lakes", "licences", "schools"]


def test_a_dataset_has_what_the_profile_asks_for(city, catalogue):
    [schools] = [d for d in catalogue["dcat:dataset"] if d["dct:identifier"] == "schools"]

    layer = city.layers["schools"]
    assert schools["dct:title"] == {"@value": layer.title, "@language": "en"}
    assert schools["dct:publisher"]["foaf:name"]
    published = layer.published_edition.published_at.isoformat(timespec="seconds")
    assert schools["dct:modified"]["@value"] == published
    assert schools["owl:versionInfo"] == str(layer.published_edition_id)
    assert re.fullmatch(r"POLYGON\(\(.*\)\)", schools["dct:spatial"]["dcat:bbox"]["@value"])
    for distribution in schools["dcat:distribution"]:
        assert distribution["dct:license"] == {"@id": layer.licence_url}


def test_every_distribution_answers_with_its_media_type(city, client, catalogue):
    for dataset in catalogue["dcat:dataset"]:
        assert dataset["dcat:distribution"]
        for distribution in dataset["dcat:distribution"]:
            answer = client.get(distribution["dcat:accessURL"]["@id"])
            assert answer.status_code == 200
            kind = distribution["dcat:mediaType"]["@id"].partition("media-types/")[2]
            assert answer["Content-Type"].partition(";")[0] == kind
            # A file made on demand keeps its place until it is read.
            assert b"".join(answer)


def test_a_layer_without_places_has_no_extent(catalogue):
    [licences] = [d for d in catalogue["dcat:dataset"] if d["dct:identifier"] == "licences"]

    assert "dct:spatial" not in licences


def test_it_is_a_page_too(city, client):
    page = client.get("/api/dcat?f=html").content.decode()

    assert "dct:accrualPeriodicity" in page
    json.loads(client.get("/api/dcat").content)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(1, "DAILY"), (7, "WEEKLY"), (30, "MONTHLY"), (90, "QUARTERLY"), (365, "ANNUAL"),
     (None, "UNKNOWN"), (2000, "IRREG")],
)  # fmt: skip
def test_the_rhythm_is_named_as_the_list_has_it(days, expected):
    assert frequency_of(days) == expected
