"""OWSLib, which QGIS plugins and Python scripts ask OGC APIs with: it knows nothing about us."""

import pytest
from owslib.ogcapi.features import Features

from tests.conformance.site import Site

pytestmark = pytest.mark.django_db(databases=["default", "read"])


@pytest.fixture
def client(site: Site) -> Features:
    return Features(site.api)


def test_it_finds_the_definition_and_the_standards(client):
    assert client.api()["openapi"].startswith("3.0")
    assert (
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"
        in client.conformance()["conformsTo"]
    )


def test_it_lists_the_feature_collections(client):
    assert sorted(client.feature_collections()) == [
        "areas",
        "bring-banks",
        "lakes",
        "licences",
        "schools",
    ]


def test_it_reads_one_collection_and_one_feature(client):
    assert client.collection("areas")["extent"]["spatial"]["bbox"]
    assert client.collection_item("areas", "west")["properties"]["name"] == "West"


def test_it_learns_what_may_be_asked_about(client):
    queryables = client.collection_queryables("schools")

    assert queryables["properties"]["pupils"]["type"] == "integer"


def test_it_sorts_and_boxes(client):
    answer = client.collection_items(
        "schools", bbox=[-1.97, 52.42, -1.82, 52.51], sortby=("pupils", "desc"), limit=5
    )

    pupils = [feature["properties"]["pupils"] for feature in answer["features"]]
    assert pupils == sorted(pupils, reverse=True)
    assert len(pupils) == 5


def test_it_follows_every_page_to_the_end(site, client):
    ids, cursor = [], {}
    while cursor is not None:
        answer = client.collection_items("bring-banks", limit=300, **cursor)
        ids += [feature["id"] for feature in answer["features"]]
        following = [link for link in answer["links"] if link["rel"] == "next"]
        cursor = (
            {"cursor": following[0]["href"].partition("cursor=")[2].partition("&")[0]}
            if following
            else None
        )

    assert ids == [feature.key for feature in site.city.features["bring-banks"]]
