"""Boxes and reference systems as values, without any request."""

import math

import pytest
from django.http import QueryDict

from layers.api.box_parameters import read_bbox, read_reference_system
from layers.errors import ParameterInvalid
from layers.query.boxes import Bbox
from layers.query.reference_systems import (
    CRS84,
    EPSG_3857,
    EPSG_4326,
    EPSG_27700,
    SUPPORTED,
    find_reference_system,
)

BOX = Bbox(-1.95, 52.4, -1.85, 52.5)


def box_of(text: str, system=CRS84) -> Bbox:
    query = QueryDict(mutable=True)
    query.update({"bbox": text, "bbox-crs": system.uri})
    return read_bbox(query)


@pytest.mark.parametrize(
    ("text", "bbox"),
    [
        ("-1.95,52.4,-1.85,52.5", BOX),
        ("-1.95,52.4,10,-1.85,52.5,20", BOX),
        ("170,-10,-170,10", Bbox(170, -10, -170, 10)),
        ("%2B1e1,.5,2E1,1.", Bbox(10, 0.5, 20, 1)),
    ],
)
def test_a_box_is_west_south_east_north(text, bbox):
    assert read_bbox(QueryDict(f"bbox={text}")) == bbox


def test_latitude_comes_first_in_epsg_4326():
    assert box_of("52.4,-1.95,52.5,-1.85", EPSG_4326) == BOX


def test_a_box_of_the_national_grid_stays_in_metres():
    assert box_of("405000,285000,406000,286000", EPSG_27700) == Bbox(
        405000, 285000, 406000, 286000, srid=27700
    )


def test_a_box_of_web_mercator_becomes_degrees():
    # The sphere's equator is 2 pi R long; at x = R a radian is gone round, at y = R the latitude
    # is that whose Mercator ordinate is 1: the Gudermannian of 1.
    radian = 6378137.0

    box = box_of(f"{-radian},{-radian},{radian},{radian}", EPSG_3857)

    assert (box.west, box.east) == pytest.approx((-math.degrees(1), math.degrees(1)))
    gudermannian_of_1 = math.degrees(2 * math.atan(math.e) - math.pi / 2)
    assert (box.south, box.north) == pytest.approx((-gudermannian_of_1, gudermannian_of_1))
    assert box.srid == 4326


def test_a_box_of_web_mercator_ends_at_the_edge_of_the_world():
    assert box_of("-1e9,-1e9,1e9,1e9", EPSG_3857) == Bbox(
        -180, pytest.approx(-90), 180, pytest.approx(90)
    )


@pytest.mark.parametrize(
    ("text", "system", "told"),
    [
        ("52.4,-1.95,52.5", EPSG_4326, "south,west,north,east in degrees, such as 52.45,-1.95"),
        ("405000,285000,406000", EPSG_27700, "in metres of the National Grid"),
        ("406000,285000,405000,286000", EPSG_27700, "west (406000) to the east"),
        ("405000,286000,406000,285000", EPSG_27700, "south (286000) above its north (285000)"),
        ("-1.95,52.4,-1.85,152.5", CRS84, "latitude of 152.5"),
        ("-191,52.4,-1.85,52.5", EPSG_4326, "latitude of -191"),
        ("405000,285000,406000,286000", CRS84, "bbox-crs=http://www.opengis.net/def/crs/EPSG"),
    ],
)
def test_a_box_that_cannot_be_is_told_how_its_own_system_has_it(text, system, told):
    with pytest.raises(ParameterInvalid) as refusal:
        box_of(text, system)

    assert told in str(refusal.value)
    assert refusal.value.parameter == "bbox"


@pytest.mark.parametrize(
    ("name", "system"),
    [
        *((system.uri, system) for system in SUPPORTED),
        ("https://www.opengis.net/def/crs/EPSG/0/27700", EPSG_27700),
        ("http://www.opengis.net/def/crs/epsg/0/27700", EPSG_27700),
        ("urn:ogc:def:crs:EPSG::27700", EPSG_27700),
        ("urn:ogc:def:crs:EPSG::4326", EPSG_4326),
        ("[EPSG:27700]", EPSG_27700),
        ("[EPSG:4326]", EPSG_4326),
        ("[OGC:CRS84]", CRS84),
        ("EPSG:27700", EPSG_27700),
        ("epsg:3857", EPSG_3857),
        ("OGC:CRS84", CRS84),
        ("CRS84", CRS84),
    ],
)
def test_a_system_goes_by_names_that_can_mean_nothing_else(name, system):
    assert find_reference_system(name) is system


@pytest.mark.parametrize(
    "name",
    ["EPSG:4326", "4326", "27700", "", "[EPSG:27700", "[[EPSG:27700]]", "[EPSG:4258]",
     "http://www.opengis.net/def/crs/EPSG/0/4258", "http://127.0.0.1/crs", "x" * 10_000,
     "EPSG:２７７００", "EPSG:27700\0", "file:///etc/passwd"],
)  # fmt: skip
def test_a_name_that_is_unknown_or_could_mean_two_things_is_no_system(name):
    assert find_reference_system(name) is None


def test_a_system_that_there_is_not_is_told_which_there_are():
    with pytest.raises(ParameterInvalid) as refusal:
        read_reference_system(QueryDict("crs=EPSG:4326"), "crs")

    assert "“EPSG:4326”" in str(refusal.value)
    assert all(system.uri in str(refusal.value) for system in SUPPORTED)
    assert len(str(refusal.value)) < 500
