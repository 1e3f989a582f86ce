"""AddressBase Plus and Code-Point Open, as Ordnance Survey delivers them."""

import csv
from pathlib import Path
from typing import Any

from shapely import Point

from layers.crs import point_4326
from sample_city.addresses import Address
from sample_city.dates import REFERENCE_DATE
from sample_city.files import read_header, write_csv
from sample_city.ground import Ground
from sample_city.neighbours import Neighbour, postcodes_beyond

ADDRESSBASE_PLUS = read_header("addressbase-plus")
CODE_POINT_OPEN = read_header("code-point-open")

_CUSTODIAN = 4605
_SUTTON_DISTRICTS = ("B72", "B73", "B74", "B75", "B76")


def write_addresses(ground: Ground, folder: Path) -> Path:
    """Write every address, and below them four rows that are wrong in one way each."""
    rows = [_address_row(address) for address in ground.addresses]
    rows += [
        {**rows[10], "STREET_DESCRIPTION": "SAME UPRN AGAIN"},
        {**rows[20], "UPRN": 990_999_999_991, "X_COORDINATE": "", "Y_COORDINATE": ""},
        {**rows[30], "UPRN": 990_999_999_992, "X_COORDINATE": 392_500, "Y_COORDINATE": 405_000},
        {**rows[40], "UPRN": 990_999_999_993, "STREET_DESCRIPTION": " "},
    ]
    return write_csv(folder / "AddressBase_Plus_Birmingham.csv", ADDRESSBASE_PLUS, rows)


def write_postcodes(ground: Ground, folder: Path) -> Path:
    """Write every postcode and some just beyond the border, as OS's file of a whole area has.

    Of two more, one is a postcode that OS cannot place and one padded as it was until 2014.
    """
    rows = [_postcode_row(*item) for item in ground.neighbours_by_postcode()]
    rows += [_row_beyond(*item) for item in postcodes_beyond(ground.outline)]
    rows += [
        {**rows[0], "Postcode": "B99 9ZZ", "Positional_quality_indicator": 90}
        | {"Eastings": 0, "Northings": 0},
        {**rows[1], "Postcode": "B1  9ZZ"},
    ]
    return write_csv(
        folder / "b.csv", CODE_POINT_OPEN, rows, has_header=False, quoting=csv.QUOTE_NONNUMERIC
    )


def _address_row(address: Address) -> dict[str, Any]:
    street, ward = address.street, address.street.ward
    is_sutton = ward.district in _SUTTON_DISTRICTS
    longitude, latitude = point_4326(address.easting, address.northing)
    flat = f"FLAT {address.flat}" if address.flat else ""
    return {
        "UPRN": address.uprn,
        "CHANGE_TYPE": "I",
        "STATE": 2,
        "CLASS": _classification(address),
        "PARENT_UPRN": address.parent_uprn or "",
        "X_COORDINATE": f"{address.easting:.2f}",
        "Y_COORDINATE": f"{address.northing:.2f}",
        "LATITUDE": f"{latitude:.7f}",
        "LONGITUDE": f"{longitude:.7f}",
        "RPC": 1,
        "LOCAL_CUSTODIAN_CODE": _CUSTODIAN,
        "COUNTRY": "E",
        "LAST_UPDATE_DATE": REFERENCE_DATE.isoformat(),
        "RM_ORGANISATION_NAME": address.organisation.upper(),
        "SUB_BUILDING_NAME": flat,
        "BUILDING_NAME": address.block.upper(),
        "BUILDING_NUMBER": address.number,
        "SAO_TEXT": flat,
        "PAO_START_NUMBER": address.number,
        "PAO_TEXT": address.block.upper(),
        "USRN": street.usrn,
        "USRN_MATCH_INDICATOR": 1,
        "OFFICIAL_FLAG": "Y",
        "STREET_DESCRIPTION": street.name.upper(),
        "THOROUGHFARE": street.name.upper(),
        "LOCALITY": ward.name.upper(),
        "TOWN_NAME": "SUTTON COLDFIELD" if is_sutton else "BIRMINGHAM",
        "ADMINISTRATIVE_AREA": "BIRMINGHAM",
        "POST_TOWN": "SUTTON COLDFIELD" if is_sutton else "BIRMINGHAM",
        "POSTCODE": address.postcode,
        "POSTCODE_LOCATOR": address.postcode,
        "POSTCODE_TYPE": "S",
        "ADDRESSBASE_POSTAL": "D",
        "WARD_CODE": ward.code,
    }


def _classification(address: Address) -> str:
    if address.organisation:
        return "CR08"
    if address.flat:
        return "RD06"
    return "PP" if address.block else "RD04"


def _postcode_row(postcode: str, neighbours: list[Address]) -> dict[str, Any]:
    count = len(neighbours)
    middle = Point(
        round(sum(address.easting for address in neighbours) / count),
        round(sum(address.northing for address in neighbours) / count),
    )
    return _code_point(postcode, middle, "E08000025", neighbours[0].street.ward.code)


def _row_beyond(neighbour: Neighbour, middle: Point) -> dict[str, Any]:
    return _code_point(neighbour.postcode, middle, neighbour.code, "E05999999")


def _code_point(postcode: str, middle: Point, district: str, ward: str) -> dict[str, Any]:
    return {
        "Postcode": postcode,
        "Positional_quality_indicator": 10,
        "Eastings": round(middle.x),
        "Northings": round(middle.y),
        "Country_code": "E92000001",
        "NHS_regional_HA_code": "E19000001",
        "NHS_HA_code": "E18000005",
        "Admin_county_code": "",
        "Admin_district_code": district,
        "Admin_ward_code": ward,
    }
