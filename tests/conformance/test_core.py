"""OGC API - Features - Part 1: Core 1.0.1, class "core": a test for each abstract test."""

from datetime import UTC, datetime, timedelta

import pytest
import shapely

from tests.conformance.site import Site

pytestmark = pytest.mark.django_db(databases=["default", "read"])

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
SPECIFICATION = "http://www.opengis.net/spec/ogcapi-features-1/1.0"
COLLECTIONS = ["areas", "bring-banks", "lakes", "licences", "schools"]


def parameter(site: Site, name: str) -> dict:
    """Return how the definition describes a parameter of the items of a collection."""
    return site.parameters("/collections/areas/items")[name]


def bounds_meet(bounds: tuple[float, ...], feature: dict) -> bool:
    return shapely.box(*bounds).intersects(shapely.geometry.shape(feature["geometry"]))


@pytest.mark.parametrize("path", ["", "conformance", "collections", "collections/areas/items"])
def test_conf_core_http(site, path):
    """/conf/core/http: the server speaks HTTP 1.1, also to HEAD and to other methods."""
    assert site.ask(path).status == 200
    assert site.ask(path, method="HEAD").body == b""
    assert site.ask(path, method="DELETE").status == 405


def test_conf_core_root_op(site):
    """/conf/core/root-op: the landing page can be read."""
    assert site.ask("").status == 200


def test_conf_core_root_success(site):
    """/conf/core/root-success: it links to the definition, the conformance and the data."""
    landing = site.read("")

    assert landing.links("service-desc") or landing.links("service-doc")
    assert landing.links("conformance")
    assert landing.links("data")
    assert landing.links("self")[0]["href"] == site.api
    assert all({"href", "rel", "type"} <= link.keys() for link in landing.json["links"])


def test_conf_core_api_definition_op(site):
    """/conf/core/api-definition-op: every link to a definition can be followed."""
    for link in site.read("").links("service-desc"):
        assert site.ask(link["href"]).status == 200


def test_conf_core_api_definition_success(site):
    """/conf/core/api-definition-success: it is of the type that the link says."""
    for link in site.read("").links("service-desc"):
        assert site.read(link["href"]).headers["content-type"] == link["type"]


def test_conf_core_conformance_op(site):
    """/conf/core/conformance-op: the conformance can be read where the landing page says."""
    [link] = site.read("").links("conformance")

    assert site.ask(link["href"]).status == 200


def test_conf_core_conformance_success(site):
    """/conf/core/conformance-success: it lists the classes that are kept to."""
    declared = site.read("conformance").json["conformsTo"]

    assert {f"{SPECIFICATION}/conf/{name}" for name in ("core", "geojson", "oas30")} <= {*declared}


@pytest.mark.parametrize(
    "path",
    ["", "conformance", "openapi", "collections", "collections/areas", "collections/areas/items",
     "collections/areas/items/west"],
)  # fmt: skip
def test_conf_core_query_param_unknown(site, path):
    """/conf/core/query-param-unknown: a parameter that is not in the definition is a 400."""
    assert site.ask(path, unheard_of="1").status == 400


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("bbox", value) for value in ("1,2,3", "a,b,c,d", "1,2,3,4,5", "", "0,90,1,91")),
        *(("limit", value) for value in ("0", "-1", "abc", "1.5")),
        *(("datetime", value) for value in ("abc", "2020-13-01", "2020-01-02/2020-01-01", "")),
    ],
)
def test_conf_core_query_param_invalid(site, name, value):
    """/conf/core/query-param-invalid: a value that is not allowed is a 400."""
    assert site.ask("collections/areas/items", **{name: value}).status == 400


def test_conf_core_crs84(site):
    """/conf/core/crs84: geometries are longitude, latitude."""
    for feature in site.read("collections/schools/items", limit=1000).json["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -2.0 < longitude < -1.8
        assert 52.4 < latitude < 52.6


def test_conf_core_fc_md_op(site):
    """/conf/core/fc-md-op: the collections can be read where the landing page says."""
    [link] = site.read("").links("data")

    assert site.ask(link["href"]).status == 200


def test_conf_core_fc_md_success(site):
    """/conf/core/fc-md-success: every collection is there with what a client needs."""
    collections = site.read("collections").json["collections"]

    assert sorted(one["id"] for one in collections) == COLLECTIONS
    for one in collections:
        assert one["links"]
        assert CRS84 in one["crs"]


def test_conf_core_fc_md_links(site):
    """/conf/core/fc-md-links: the list links to itself, and its links have rel and type."""
    answer = site.read("collections")

    [itself] = answer.links("self")
    assert itself["href"] == site.api + "collections"
    assert itself["type"] == answer.media_type
    assert answer.links("alternate")
    assert all({"rel", "type"} <= link.keys() for link in answer.json["links"])


def test_conf_core_fc_md_items(site):
    """/conf/core/fc-md-items: each collection of the definition is in the list."""
    definition = site.read("openapi").json
    operation = definition["paths"]["/collections/{collectionId}"]["get"]
    [collection_id] = [one for one in operation["parameters"] if one["in"] == "path"]

    listed = [one["id"] for one in site.read("collections").json["collections"]]

    assert sorted(collection_id["schema"]["enum"]) == sorted(listed)


def test_conf_core_fc_md_items_links(site):
    """/conf/core/fc-md-items-links: each collection links to its items, with rel and type."""
    for one in site.read("collections").json["collections"]:
        items = [link for link in one["links"] if link["rel"] == "items"]
        assert [link["type"] for link in items] == ["application/geo+json"]
        assert site.ask(items[0]["href"]).status == 200


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_conf_core_fc_md_extent(site, collection):
    """/conf/core/fc-md-extent: the extent holds every feature."""
    described = site.read(f"collections/{collection}").json
    features = site.read(f"collections/{collection}/items", limit=1000).json["features"]
    shapes = [feature["geometry"] for feature in features if feature["geometry"]]

    if not shapes:
        assert "spatial" not in described["extent"]
        return
    assert described["extent"]["spatial"]["crs"] == CRS84
    for bbox in described["extent"]["spatial"]["bbox"]:
        rounding = 1e-6  # of a degree; the answer has seven decimals
        extent = shapely.box(*bbox).buffer(rounding)
        assert all(extent.covers(shapely.geometry.shape(shape)) for shape in shapes)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_conf_core_fc_md_extent_multi(site, collection):
    """/conf/core/fc-md-extent-multi: there is one box, and so no part of it to be told apart."""
    extent = site.read(f"collections/{collection}").json["extent"]

    assert len(extent.get("spatial", {}).get("bbox", [None])) == 1


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_conf_core_sfc_md_op(site, collection):
    """/conf/core/sfc-md-op: a collection can be read by its id."""
    assert site.ask(f"collections/{collection}").status == 200


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_conf_core_sfc_md_success(site, collection):
    """/conf/core/sfc-md-success: it says of itself what the list says of it."""
    [listed] = [
        one for one in site.read("collections").json["collections"] if one["id"] == collection
    ]

    described = site.read(f"collections/{collection}").json

    assert described == listed


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_conf_core_fc_op(site, collection):
    """/conf/core/fc-op: a collection's features can be read."""
    assert site.ask(f"collections/{collection}/items").status == 200


def test_conf_core_fc_bbox_definition(site):
    """/conf/core/fc-bbox-definition: bbox is defined as the standard has it."""
    bbox = parameter(site, "bbox")

    assert (bbox["in"], bbox["required"]) == ("query", False)
    assert (bbox["style"], bbox["explode"]) == ("form", False)
    assert bbox["schema"]["type"] == "array"
    assert (bbox["schema"]["minItems"], bbox["schema"]["maxItems"]) == (4, 6)
    assert bbox["schema"]["items"]["type"] == "number"


@pytest.mark.parametrize(
    "bounds",
    [
        (-1.93, 52.46, -1.90, 52.48),
        (-1.93, 52.40, -1.85, 52.47),
        (-1.9111, 52.4611, -1.9110, 52.4612),
        (-180, -90, 180, 90),
        (0, 0, 1, 1),
    ],
)
@pytest.mark.parametrize("collection", ["areas", "schools"])
def test_conf_core_fc_bbox_response(site, collection, bounds):
    """/conf/core/fc-bbox-response: only features that meet the box, and all of them."""
    items = f"collections/{collection}/items"
    every = site.read(items, limit=1000).json["features"]

    inside = site.read(items, limit=1000, bbox=",".join(map(str, bounds))).json["features"]

    assert inside == [feature for feature in every if bounds_meet(bounds, feature)]


def test_conf_core_fc_limit_definition(site):
    """/conf/core/fc-limit-definition: limit is defined as the standard has it."""
    limit = parameter(site, "limit")

    assert (limit["in"], limit["required"]) == ("query", False)
    assert (limit["style"], limit["explode"]) == ("form", False)
    assert limit["schema"] == {"type": "integer", "minimum": 1, "default": 100}


@pytest.mark.parametrize(("limit", "expected"), [(1, 1), (7, 7), (100, 100), (5000, 400)])
def test_conf_core_fc_limit_response(site, limit, expected):
    """/conf/core/fc-limit-response: never more features than asked for, nor than the most."""
    assert len(site.read("collections/schools/items", limit=limit).json["features"]) == expected


@pytest.mark.parametrize("limit", [1000, 1001, 10**17])
def test_conf_core_fc_limit_response_most(site, limit):
    """/conf/core/fc-limit-response: more than the most is answered with the most."""
    page = site.read("collections/bring-banks/items", limit=limit)

    assert len(page.json["features"]) == 1000
    assert page.links("next")


def test_conf_core_fc_limit_response_default(site):
    """/conf/core/fc-limit-response: without a limit, the default of the definition."""
    default = parameter(site, "limit")["schema"]["default"]

    assert len(site.read("collections/schools/items").json["features"]) == default


def test_conf_core_fc_time_definition(site):
    """/conf/core/fc-time-definition: datetime is defined as the standard has it."""
    time = parameter(site, "datetime")

    assert (time["in"], time["required"]) == ("query", False)
    assert (time["style"], time["explode"]) == ("form", False)
    assert time["schema"] == {"type": "string"}


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("2010-03-31", "2010-03-31", "2010-03-31"),
        ("2010-01-01/2012-12-31", "2010-01-01", "2012-12-31"),
        ("2010-01-01T00:00:00Z/2012-12-31T00:00:00Z", "2010-01-01", "2012-12-31"),
        ("2018-01-01/..", "2018-01-01", "9999"),
        ("../2005-12-31", "0000", "2005-12-31"),
    ],
)
def test_conf_core_fc_time_response(site, asked, first, last):
    """/conf/core/fc-time-response: only features of that time, and those without any."""
    items = "collections/schools/items"
    every = site.read(items, limit=1000).json["features"]

    of_that_time = site.read(items, limit=1000, datetime=asked).json["features"]

    assert of_that_time == [
        feature
        for feature in every
        if not (opened := feature["properties"].get("opened_on")) or first <= opened <= last
    ]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_conf_core_fc_response(site, collection):
    """/conf/core/fc-response: a page is a feature collection."""
    page = site.read(f"collections/{collection}/items").json

    assert page["type"] == "FeatureCollection"
    assert isinstance(page["features"], list)


def test_conf_core_fc_links(site):
    """/conf/core/fc-links: a page links to itself, to another form of it, and to the next."""
    page = site.read("collections/schools/items", limit=399)

    [itself] = page.links("self")
    assert itself["href"] == site.api + "collections/schools/items?limit=399"
    assert itself["type"] == page.media_type
    assert page.links("alternate")
    [following] = page.links("next")
    last = site.read(following["href"])
    assert len(last.json["features"]) == 1
    assert last.links("next") == []


def test_conf_core_fc_timestamp(site):
    """/conf/core/fc-timeStamp: the time is when the answer was made."""
    made_at = datetime.fromisoformat(site.read("collections/areas/items").json["timeStamp"])

    assert abs(datetime.now(UTC) - made_at) < timedelta(minutes=1)


def test_conf_core_fc_number_matched(site):
    """/conf/core/fc-numberMatched: if it is given, it is the number of all that match."""
    assert site.read("collections/areas/items").json["numberMatched"] == 2
    assert site.read("collections/schools/items", limit=1000).json["numberMatched"] == 400
    assert site.read("collections/schools/items").json["numberMatched"] == 400


@pytest.mark.parametrize("limit", [1, 3, 1000])
def test_conf_core_fc_number_returned(site, limit):
    """/conf/core/fc-numberReturned: it is the number of features in the page."""
    page = site.read("collections/schools/items", limit=limit).json

    assert page["numberReturned"] == len(page["features"])


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_conf_core_f_op(site, collection):
    """/conf/core/f-op: a feature can be read by its id."""
    feature = site.read(f"collections/{collection}/items").json["features"][0]

    assert site.ask(f"collections/{collection}/items/{feature['id']}").status == 200


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_conf_core_f_success(site, collection):
    """/conf/core/f-success: it is the same feature as in the page."""
    for feature in site.read(f"collections/{collection}/items", limit=5).json["features"]:
        alone = site.read(f"collections/{collection}/items/{feature['id']}").json
        assert {name: alone[name] for name in feature} == feature


def test_conf_core_f_links(site):
    """/conf/core/f-links: it links to itself, another form of it, and its collection."""
    address = site.api + "collections/areas/items/west"
    feature = site.read(address)

    assert [link["href"] for link in feature.links("self")] == [address]
    assert feature.links("alternate")
    [collection] = feature.links("collection")
    assert site.read(collection["href"]).json["id"] == "areas"
    assert all({"rel", "type"} <= link.keys() for link in feature.json["links"])
