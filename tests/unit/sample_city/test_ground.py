"""Wards, streets, addresses and postcodes of the sample city, in EPSG:27700."""

import json
from collections import Counter
from pathlib import Path
from random import Random

import numpy as np
import pytest
import shapely
from shapely import Point, Polygon

from sample_city.addresses import ADDRESS_COUNT, SHARED_POSTCODES, Address
from sample_city.ground import Ground
from sample_city.neighbours import draw_neighbours, postcodes_beyond
from sample_city.streets import STREET_COUNT
from sample_city.wards import WARDS, draw_wards

ROOT = Path(__file__).resolve().parents[3]
REAL_WARDS = ROOT.parent / "shared" / "data" / "boundaries" / "birmingham-wards.geojson"
EXTENT_27700 = (397_800, 275_890, 418_500, 301_230)


@pytest.mark.parametrize("seed", [1, 7, 2026])
def test_the_wards_tile_the_city_without_gap_or_overlap(seed: int) -> None:
    polygons = [area.polygon for area in draw_wards(Random(seed))]

    whole = shapely.union_all(polygons)

    assert len(polygons) == 69
    assert shapely.is_valid(polygons).all()
    assert whole.geom_type == "Polygon"
    assert not whole.interiors, "there is a gap between wards"
    overlap_m2 = shapely.area(polygons).sum() - whole.area
    assert overlap_m2 == pytest.approx(0, abs=0.01)


def test_neighbouring_wards_share_every_vertex_of_their_border(ground: Ground) -> None:
    polygons = [area.polygon for area in ground.wards]

    assert shapely.coverage_is_valid(polygons)


def test_each_ward_lies_where_its_name_does(ground: Ground) -> None:
    for area in ground.wards:
        assert area.polygon.contains(Point(area.ward.easting, area.ward.northing)), area.ward.name


def test_the_city_fills_the_councils_extent(ground: Ground) -> None:
    west, south, east, north = ground.outline.bounds

    off_m = np.abs(np.subtract((west, south, east, north), EXTENT_27700))
    assert off_m.max() < 1500
    assert 250e6 < ground.outline.area < 310e6


@pytest.mark.skipif(not REAL_WARDS.is_file(), reason="the real wards are not on this machine")
def test_names_and_codes_are_the_real_ones() -> None:
    features = json.loads(REAL_WARDS.read_text(encoding="utf-8"))["features"]
    real = {(f["properties"]["WD22CD"], f["properties"]["WD22NM"]) for f in features}

    assert {(ward.code, ward.name) for ward in WARDS} == real


def test_streets_stay_in_their_ward_and_clear_of_each_other(ground: Ground) -> None:
    polygon_of = {area.ward.code: area.polygon for area in ground.wards}
    lines = [street.line for street in ground.streets]

    crossings = shapely.STRtree(lines).query(lines, predicate="intersects")

    assert len(lines) == STREET_COUNT
    assert len({street.usrn for street in ground.streets}) == STREET_COUNT
    assert all(polygon_of[s.ward.code].contains(s.line) for s in ground.streets)
    crossed = int((crossings[0] != crossings[1]).sum()) // 2
    assert crossed < STREET_COUNT * 0.02, f"{crossed} pairs of streets cross"


def test_every_ward_has_streets_and_a_few_names_repeat(ground: Ground) -> None:
    per_ward = Counter(street.ward.code for street in ground.streets)
    names = Counter(street.name for street in ground.streets)

    assert len(per_ward) == 69
    assert names["High Street"] == 4
    assert len(names) > 850


def test_addresses_are_numbered_along_their_street(ground: Ground) -> None:
    assert len(ground.addresses) == ADDRESS_COUNT
    assert len({address.uprn for address in ground.addresses}) == ADDRESS_COUNT
    for address in ground.addresses[::97]:
        distance_m = address.street.line.distance(Point(address.easting, address.northing))
        assert distance_m == pytest.approx(14, abs=1.5), address.line


def test_flats_hang_below_the_block_they_are_in(ground: Ground) -> None:
    by_uprn = {address.uprn: address for address in ground.addresses}
    flats = [address for address in ground.addresses if address.flat]

    assert flats
    for flat in flats:
        parent = by_uprn[flat.parent_uprn or 0]
        assert (parent.block, parent.number, parent.flat) == (flat.block, flat.number, None)


def test_a_postcode_is_of_one_street_and_about_fifteen_addresses(ground: Ground) -> None:
    postcodes = dict(ground.neighbours_by_postcode())
    sizes = [len(neighbours) for neighbours in postcodes.values()]

    assert sum(sizes) == ADDRESS_COUNT
    assert 12 < np.mean(sizes) < 18
    of_one_ward = [each for each in postcodes.values() if len(wards_of(each)) == 1]
    assert max(len(neighbours) for neighbours in of_one_ward) <= 30
    for neighbours in of_one_ward:
        assert len({address.street.usrn for address in neighbours}) == 1


def test_a_few_postcodes_lie_in_two_wards(ground: Ground) -> None:
    postcodes = dict(ground.neighbours_by_postcode())
    divided = [each for each in postcodes.values() if len(wards_of(each)) > 1]

    assert 3 <= len(divided) <= SHARED_POSTCODES
    for neighbours in divided:
        points = shapely.MultiPoint([(each.easting, each.northing) for each in neighbours])
        west, south, east, north = points.bounds
        assert max(east - west, north - south) < 900
        assert len({address.street.ward.district for address in neighbours}) == 1


def wards_of(addresses: list[Address]) -> set[str]:
    return {address.street.ward.name for address in addresses}


def test_the_neighbours_share_the_citys_border_and_each_has_a_postcode(ground: Ground) -> None:
    areas = draw_neighbours(ground.outline)
    whole = shapely.union_all([ground.outline, *areas.values()])

    overlap_m2 = ground.outline.area + sum(area.area for area in areas.values()) - whole.area
    assert abs(overlap_m2) < 100, "areas overlap"
    assert not [hole for hole in whole.interiors if Polygon(hole).area > 100], "there is a gap"
    for neighbour, point in postcodes_beyond(ground.outline):
        assert areas[neighbour].contains(point), neighbour.name
        assert point.distance(ground.outline) < 1000


def test_b1_1bb_is_in_ladywood(ground: Ground) -> None:
    neighbours = dict(ground.neighbours_by_postcode())["B1 1BB"]

    assert neighbours[0].street.ward.name == "Ladywood"
