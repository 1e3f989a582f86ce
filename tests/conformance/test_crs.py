"""OGC API - Features - Part 2: CRS by Reference 1.0.1, class "crs": a test for each abstract test.

What is asked for in another CRS is compared with what OSTN15 says of it, not with PROJ: its own
way between the two datums is 1.6 to 1.9 m off here.
"""

import re

import geopandas
import numpy as np
import pyproj
import pytest
import shapely

from layers.crs import lonlat_from_national_grid, national_grid_from_lonlat
from tests.conformance.site import Site

pytestmark = pytest.mark.django_db(databases=["default", "read"])

PREFIX = "http://www.opengis.net/def/crs"
CRS84 = f"{PREFIX}/OGC/1.3/CRS84"
EPSG_4326, EPSG_27700, EPSG_3857 = (f"{PREFIX}/EPSG/0/{code}" for code in (4326, 27700, 3857))
EVERY = [CRS84, EPSG_4326, EPSG_27700, EPSG_3857]
COLLECTIONS = ["areas", "bring-banks", "lakes", "licences", "schools"]
SPATIAL = ["areas", "bring-banks", "lakes", "schools"]
FEATURE = {"areas": "west", "bring-banks": "s1", "lakes": "lake", "licences": "0", "schools": "s1"}

# OGC 09-048r5: authority, version and code of a definition.
OGC_URI = re.compile(r"http://www\.opengis\.net/def/crs/[A-Za-z]+/[\w.]+/\w+")
# 7 decimals of a degree, half of the last one: 0.006 m; 3 decimals of a metre, and what the
# transformation itself leaves.
ROUNDING_DEGREES = 6e-8


def documents(site: Site) -> list[dict]:
    return [
        *site.read("collections").json["collections"],
        *(site.read(f"collections/{collection}").json for collection in COLLECTIONS),
    ]


def to_crs84(shape: dict, crs: str) -> np.ndarray:
    """Return the coordinates of a GeoJSON geometry as longitude, latitude."""
    numbers = shapely.get_coordinates(shapely.geometry.shape(shape))
    if crs == EPSG_4326:
        return numbers[:, ::-1]
    if crs == EPSG_27700:
        return np.column_stack(lonlat_from_national_grid(numbers[:, 0], numbers[:, 1]))
    if crs == EPSG_3857:
        inverse = pyproj.Transformer.from_crs("EPSG:3857", "EPSG:4326", always_xy=True)
        return np.column_stack(inverse.transform(numbers[:, 0], numbers[:, 1]))
    return numbers


def from_crs84(bounds: tuple[float, float, float, float], crs: str) -> str:
    """Return a box of degrees, west to north, as `bbox` has it in a CRS."""
    west, south, east, north = bounds
    if crs == EPSG_4326:
        return f"{south},{west},{north},{east}"
    if crs == EPSG_3857:
        forward = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
        corners = [*forward.transform(west, south), *forward.transform(east, north)]
        return ",".join(map(repr, corners))
    if crs == EPSG_27700:
        x, y = national_grid_from_lonlat(np.array([west, east]), np.array([south, north]))
        return f"{x[0]},{y[0]},{x[1]},{y[1]}"
    return ",".join(map(str, bounds))


def ids(answer: dict) -> list[str]:
    return [feature["id"] for feature in answer["features"]]


def test_conf_crs_crs_uri(site):
    """/conf/crs/crs-uri: every identifier is a URI of the OGC's own form."""
    listed = site.read("collections").json["crs"]
    for document in documents(site):
        listed += [
            *document["crs"],
            *([document["storageCrs"]] if "storageCrs" in document else []),
        ]

    assert all(OGC_URI.fullmatch(uri) for uri in listed), listed
    assert set(listed) == set(EVERY)


def test_conf_crs_default_crs(site):
    """/conf/crs/default-crs: the default CRS is among those of every collection."""
    assert all(CRS84 in document["crs"] for document in documents(site))


def test_conf_crs_storage_crs(site):
    """/conf/crs/storageCrs: the storage CRS is among those of its collection."""
    stored = [document for document in documents(site) if "storageCrs" in document]

    assert {document["id"] for document in stored} == set(SPATIAL)
    assert all(document["storageCrs"] in document["crs"] for document in stored)


@pytest.mark.parametrize("crs", EVERY)
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_conf_crs_crs_parameter(site, collection, crs):
    """/conf/crs/crs-parameter: every listed CRS can be asked for, and the answer says which."""
    page = site.read(f"collections/{collection}/items", crs=crs)
    alone = site.read(f"collections/{collection}/items/{FEATURE[collection]}", crs=crs)

    assert page.json["type"] == "FeatureCollection"
    assert alone.json["type"] == "Feature"
    for answer in (page, alone):
        assert answer.headers["content-crs"] == f"<{crs}>"
        # RFC 7946 took the member out of GeoJSON; by it GDAL and others know metres from degrees.
        if crs in (EPSG_27700, EPSG_3857):
            urn = f"urn:ogc:def:crs:EPSG::{crs.rpartition('/')[2]}"
            assert answer.json["crs"] == {"type": "name", "properties": {"name": urn}}
        else:
            assert "crs" not in answer.json


@pytest.mark.parametrize("crs", [CRS84, EPSG_27700, EPSG_3857])
def test_a_reader_of_geojson_that_sees_no_header_knows_the_system(site, crs):
    read = geopandas.read_file(f"{site.api}collections/schools/items?limit=5&crs={crs}")

    assert read.crs.equals(pyproj.CRS.from_user_input(crs), ignore_axis_order=True)


def test_changes_in_metres_say_so_too(site):
    items = "collections/schools/items"
    answer = site.read(items, crs=EPSG_27700, limit=1, **{"changed-since": "1970-01-01"})

    assert answer.json["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::27700"


def test_conf_crs_crs_parameter_definition(site):
    """/req/crs/fc-crs-definition: both addresses define crs as the standard has it."""
    for path in ("/collections/areas/items", "/collections/areas/items/{featureId}"):
        parameter = site.parameters(path)["crs"]
        assert (parameter["in"], parameter["required"]) == ("query", False)
        assert (parameter["style"], parameter["explode"]) == ("form", False)
        assert (parameter["schema"]["type"], parameter["schema"]["format"]) == ("string", "uri")
        assert parameter["schema"]["enum"] == site.read("collections/areas").json["crs"]


@pytest.mark.parametrize(
    "crs", [f"{PREFIX}/EPSG/0/4258", f"{PREFIX}/EPSG/0/0", "EPSG:4326", "unknown", "",
            "http://127.0.0.1/crs"]
)  # fmt: skip
@pytest.mark.parametrize("collection", SPATIAL)
def test_conf_crs_crs_parameter_invalid(site, collection, crs):
    """/conf/crs/crs-parameter-invalid: any other is a 400 that says which there are."""
    for path in ("items", f"items/{FEATURE[collection]}"):
        answer = site.ask(f"collections/{collection}/{path}", crs=crs)
        assert answer.status == 400
        assert all(uri in answer.json["detail"] for uri in EVERY)


@pytest.mark.parametrize("collection", SPATIAL)
def test_conf_crs_crs_parameter_default(site, collection):
    """/conf/crs/crs-parameter-default: without crs, it is the default that the answer names."""
    for path in ("items", f"items/{FEATURE[collection]}"):
        answer = site.read(f"collections/{collection}/{path}")
        assert answer.headers["content-crs"] == f"<{CRS84}>"


@pytest.mark.parametrize("crs", EVERY)
@pytest.mark.parametrize("collection", SPATIAL)
def test_conf_crs_crs_parameter_transform(site, collection, crs):
    """/conf/crs/crs-parameter-transform: turned back, it is what the default CRS has."""
    items = f"collections/{collection}/items"
    pages = [(site.read(items).json["features"], site.read(items, crs=crs).json["features"])]
    for feature in pages[0][0][:3]:
        one = f"{items}/{feature['id']}"
        pages.append(([site.read(one).json], [site.read(one, crs=crs).json]))

    for expected, found in pages:
        assert [one["id"] for one in found] == [one["id"] for one in expected]
        for had, given in zip(expected, found, strict=True):
            off = to_crs84(given["geometry"], crs) - to_crs84(had["geometry"], CRS84)
            assert np.abs(off).max() <= 2 * ROUNDING_DEGREES, had["id"]


def test_conf_crs_crs_parameter_transform_metres_are_those_that_were_measured(site):
    """/conf/crs/crs-parameter-transform: and metres come from no transformation at all."""
    found = site.read("collections/schools/items", crs=EPSG_27700, limit=1000).json["features"]

    for given, made in zip(found, site.city.features["schools"], strict=True):
        assert shapely.geometry.shape(given["geometry"]).distance(made.shape_27700) <= 0.001


@pytest.mark.parametrize("crs", EVERY)
@pytest.mark.parametrize("collection", SPATIAL)
def test_conf_crs_bbox_crs_parameter(site, collection, crs):
    """/conf/crs/bbox-crs-parameter: a box finds the same features in every CRS."""
    items = f"collections/{collection}/items"
    [[west, south, east, north]] = site.read(f"collections/{collection}").json["extent"]["spatial"][
        "bbox"
    ]
    # A box of the grid is turned a little against one of degrees: it ends where nothing is near.
    box = (west - 0.001, south - 0.001, west + 0.4 * (east - west), north + 0.001)

    in_degrees = ids(site.read(items, limit=1000, bbox=from_crs84(box, CRS84)).json)
    in_crs = ids(site.read(items, limit=1000, bbox=from_crs84(box, crs), **{"bbox-crs": crs}).json)

    assert in_degrees
    if crs == EPSG_27700:
        turned = shapely.box(*map(float, from_crs84(box, crs).split(",")))
        made = site.city.features[collection]
        assert in_crs == [one.key for one in made if one.shape_27700.intersects(turned)][:1000]
        assert len(set(in_crs) ^ set(in_degrees)) <= 0.1 * len(in_degrees)
    else:
        assert in_crs == in_degrees


def test_conf_crs_bbox_crs_parameter_definition(site):
    """/req/crs/fc-bbox-crs-definition: bbox-crs is defined as the standard has it."""
    parameter = site.parameters("/collections/areas/items")["bbox-crs"]

    assert (parameter["in"], parameter["required"]) == ("query", False)
    assert (parameter["style"], parameter["explode"]) == ("form", False)
    assert (parameter["schema"]["type"], parameter["schema"]["format"]) == ("string", "uri")


@pytest.mark.parametrize("collection", SPATIAL)
def test_conf_crs_bbox_crs_parameter_invalid(site, collection):
    """/conf/crs/bbox-crs-parameter-invalid: a box in an unknown CRS is a 400."""
    for crs in (f"{PREFIX}/EPSG/0/4258", "unknown", ""):
        asked = {"bbox": "-1.9,52.4,-1.8,52.5", "bbox-crs": crs}
        assert site.ask(f"collections/{collection}/items", **asked).status == 400


@pytest.mark.parametrize("collection", SPATIAL)
def test_conf_crs_bbox_crs_parameter_default(site, collection):
    """/conf/crs/bbox-crs-parameter-default: without bbox-crs, a box is in the default CRS."""
    items, box = f"collections/{collection}/items", "-1.95,52.42,-1.90,52.47"

    named = site.read(items, limit=1000, bbox=box, **{"bbox-crs": CRS84}).json

    assert ids(named) == ids(site.read(items, limit=1000, bbox=box).json)
