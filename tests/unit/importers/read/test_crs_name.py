"""British National Grid is known by its numbers, however a program spells it."""

import pytest
from pyproj import CRS

from importers.errors import SourceUnreadable
from importers.read.child.crs_name import authority_code
from tests.unit.importers.read.made_files import NATIONAL_GRID_WKT

WITH_DATUM_SHIFT = (
    CRS.from_epsg(27700)
    .to_wkt("WKT1_GDAL")
    .replace(
        'AUTHORITY["EPSG","6277"]',
        'TOWGS84[446.448,-125.157,542.06,0.15,0.247,0.842,-20.489],AUTHORITY["EPSG","6277"]',
    )
)


@pytest.mark.parametrize(
    "wkt",
    [
        NATIONAL_GRID_WKT,
        NATIONAL_GRID_WKT.replace("British_National_Grid", "Transverse_Mercator"),
        NATIONAL_GRID_WKT.replace("British_National_Grid", "unnamed"),
        NATIONAL_GRID_WKT.replace("0.9996012717", "0.999601272"),
        CRS.from_epsg(27700).to_wkt(),
        CRS.from_epsg(27700).to_wkt("WKT1_ESRI"),
        WITH_DATUM_SHIFT,
    ],
)
def test_it_knows_british_national_grid(wkt):
    assert authority_code(wkt) == "EPSG:27700"


@pytest.mark.parametrize("code", [4326, 3857, 29903, 2157])
def test_it_knows_other_systems_by_their_code(code):
    assert authority_code(CRS.from_epsg(code).to_wkt("WKT1_ESRI")) == f"EPSG:{code}"


def test_it_says_longitude_latitude_as_epsg_4326():
    assert authority_code(CRS.from_user_input("OGC:CRS84").to_wkt()) == "EPSG:4326"


@pytest.mark.parametrize(
    "wkt",
    [
        "garbage",
        "",
        NATIONAL_GRID_WKT.replace('UNIT["Meter",1.0]', 'UNIT["Foot",0.3048]'),
        NATIONAL_GRID_WKT.replace("400000.0", "300000.0"),
    ],
)
def test_it_refuses_what_it_cannot_name(wkt):
    with pytest.raises(SourceUnreadable) as caught:
        authority_code(wkt)

    assert caught.value.code == "CRS-UNREADABLE"
