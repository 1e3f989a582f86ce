"""Clients that know nothing of us: filters through GDAL's OAPIF driver and through OWSLib."""

import pytest
from owslib.ogcapi.features import Features
from pyogrio import read_dataframe

pytestmark = pytest.mark.django_db(databases=["default", "read"])


@pytest.mark.parametrize(
    ("where", "predicate"),
    [
        ("pop > 2000", lambda p: p["pop"] is not None and p["pop"] > 2000),
        ("status = 'open'", lambda p: p["status"] == "open"),
        (
            "status = 'open' AND pop <= 1000",
            lambda p: p["status"] == "open" and p["pop"] is not None and p["pop"] <= 1000,
        ),
        ("name LIKE 'B%'", lambda p: (p["name"] or "").startswith("B")),
        ("name IN ('Kiev', 'Bor')", lambda p: p["name"] in ("Kiev", "Bor")),
        ("name IS NULL", lambda p: p["name"] is None),
        ("height > 59.5", lambda p: p["height"] is not None and p["height"] > 59.5),
    ],
)
def test_gdal_finds_by_attributes_what_is_there(filter_site, where, predicate):
    source = f"OAPIF:{filter_site.api.removesuffix('/')}"

    read = read_dataframe(source, layer="places", where=where)

    assert set(read["id"]) == filter_site.expected("places", lambda p, _: predicate(p))


def test_owslib_reads_queryables_and_filters(filter_site):
    features = Features(filter_site.api)

    queryables = features.collection_queryables("places")["properties"]
    found = features.collection_items("places", filter="pop > 2000 AND open = true", limit=1000)

    assert queryables["pop"]["type"] == "integer"
    assert {one["id"] for one in found["features"]} == filter_site.expected(
        "places", lambda p, _: p["open"] is True and p["pop"] is not None and p["pop"] > 2000
    )
