"""OGC API - Features - Part 3 1.0.0, classes "filter" and "features-filter"."""

import pytest

from tests.conformance.filtered import CRS, CRS84
from tests.conformance.test_cql2_spatial import corners, square

pytestmark = pytest.mark.django_db(databases=["default", "read"])

SPECIFICATION = "http://www.opengis.net/spec/ogcapi-features-3/1.0"
SLUGS = ("places", "fields", "becks", "papers")
LOCATED = ("places", "fields", "becks")
LANGUAGES = ("cql2-text", "cql2-json")


def box_filter(low, high) -> str:
    return f"S_INTERSECTS(geometry,BBOX({low[0]},{low[1]},{high[0]},{high[1]}))"


def extent(site, slug) -> tuple:
    [[west, south, east, north]] = site.read(f"collections/{slug}").json["extent"]["spatial"][
        "bbox"
    ]
    return (west, south), (east, north)


def located(site, slug) -> set[str]:
    return {one.key for one in site.features(slug) if one.shape_27700 is not None}


@pytest.mark.parametrize("name", ["filter", "features-filter"])
def test_conf_filter_get_conformance(filter_site, name):
    """/conf/filter/get-conformance and /conf/features-filter/get-conformance"""
    assert f"{SPECIFICATION}/conf/{name}" in filter_site.read("conformance").json["conformsTo"]


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_conf_filter_filter_param(filter_site, slug, language):
    """/conf/filter/filter-param: a valid filter narrows, an invalid one is refused."""
    keys = filter_site.found(slug, "name IS NULL", language)
    invalid = filter_site.ask(
        f"collections/{slug}/items",
        **{"filter": "THIS IS NOT A FILTER", "filter-lang": language},
    )

    assert keys == filter_site.expected(slug, lambda properties, _: properties["name"] is None)
    assert invalid.status == 400
    assert invalid.json["parameter"] == "filter"
    assert invalid.json["type"].endswith("#filter-invalid")


@pytest.mark.parametrize("slug", SLUGS)
def test_conf_filter_filter_lang_default(filter_site, slug):
    """/conf/filter/filter-lang-default: without `filter-lang`, a filter is CQL2 text."""
    answer = filter_site.read(f"collections/{slug}/items", filter="name IS NULL", limit=1000)
    keys = {feature["id"] for feature in answer.json["features"]}

    assert keys == filter_site.found(slug, "name IS NULL")
    refused = filter_site.ask(f"collections/{slug}/items", filter="THIS IS NOT A FILTER")
    assert refused.status == 400


def test_a_language_that_is_not_known_is_refused(filter_site):
    answer = filter_site.ask(
        "collections/places/items", **{"filter": "name = 'x'", "filter-lang": "ecql"}
    )

    assert answer.status == 400
    assert answer.json["parameter"] == "filter-lang"


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("name", ["this_is_not_a_queryable", "note", "secret"])
def test_conf_filter_expression_construction(filter_site, slug, name):
    """/conf/filter/expression-construction: only queryables may be named."""
    answer = filter_site.ask(f"collections/{slug}/items", filter=f"{name} IS NULL")

    assert answer.status == 400
    assert name in answer.json["detail"]


@pytest.mark.parametrize("slug", LOCATED)
def test_conf_filter_filter_crs_wgs84(filter_site, slug):
    """/conf/filter/filter-crs-wgs84: without `filter-crs`, positions are in degrees."""
    assert filter_site.found(slug, box_filter(*extent(filter_site, slug))) == located(
        filter_site, slug
    )
    far = filter_site.filtered(slug, box_filter((1_000_000, 1_000_000), (2_000_000, 2_000_000)))
    assert far.status == 400


@pytest.mark.parametrize("slug", LOCATED)
@pytest.mark.parametrize(
    "uri", [CRS84, f"{CRS}EPSG/0/4326", f"{CRS}EPSG/0/27700", f"{CRS}EPSG/0/3857"]
)
def test_conf_filter_filter_crs_param(filter_site, slug, uri):
    """/conf/filter/filter-crs-param: positions may be in each CRS, and in no other."""
    low, high = corners(square(-10_000, -10_000, 30_000), uri)
    small_low, small_high = corners(square(-600, -600, 10), uri)

    parameters = {"filter-crs": uri}
    assert filter_site.found(slug, box_filter(low, high), **parameters) == located(
        filter_site, slug
    )
    assert filter_site.found(slug, box_filter(small_low, small_high), **parameters) == set()
    unknown = filter_site.filtered(
        slug, box_filter(low, high), **{"filter-crs": f"{CRS}OGC/0/does_not_exist"}
    )
    assert unknown.status == 400
    assert unknown.json["parameter"] == "filter-crs"


def test_filter_crs_takes_the_short_names_that_crs_takes(filter_site):
    slug, uri = LOCATED[0], f"{CRS}EPSG/0/27700"
    text = box_filter(*corners(square(-10_000, -10_000, 30_000), uri))

    short = filter_site.found(slug, text, **{"filter-crs": "EPSG:27700"})

    assert short == filter_site.found(slug, text, **{"filter-crs": uri}) != set()


@pytest.mark.parametrize("slug", LOCATED)
def test_conf_filter_mixing_expression(filter_site, slug):
    """/conf/filter/mixing-expression: a filter and a box both have to be fulfilled."""
    low, high = extent(filter_site, slug)
    text = box_filter(low, high)

    whole = f"{low[0]},{low[1]},{high[0]},{high[1]}"
    assert filter_site.found(slug, text, bbox=whole) == located(filter_site, slug)
    beside = f"{high[0] + 1},{low[1]},{high[0] + 2},{high[1]}"
    assert filter_site.found(slug, text, bbox=beside) == set()


def test_pages_of_what_a_filter_finds_follow_one_another(filter_site):
    expected = filter_site.found("places", "pop > 100")
    answer = filter_site.read("collections/places/items", filter="pop > 100", limit=7)
    keys = [feature["id"] for feature in answer.json["features"]]
    while more := answer.links("next"):
        answer = filter_site.read(more[0]["href"])
        keys += [feature["id"] for feature in answer.json["features"]]

    assert len(keys) == len(set(keys))
    assert set(keys) == expected
