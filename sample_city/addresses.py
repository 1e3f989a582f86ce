"""The sample city's addresses: numbered houses along its streets, flats, shops and postcodes."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, islice
from random import Random

from shapely import LineString

from sample_city.names import STEMS, TRADES
from sample_city.streets import Street

ADDRESS_COUNT = 20_000
ADDRESSES_PER_POSTCODE = 15

_FIRST_UPRN = 990_000_000_017
_HOUSE_SETBACK_M = 14
_STREETS_WITH_FLATS = 0.15
_ADDRESSES_THAT_ARE_SHOPS = 0.03
# The letters that the second half of a postcode uses: all but C, I, K, M, O and V.
_UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_FIRST_UNIT, _UNIT_STEP, _UNITS_PER_SECTOR = 21, 37, 60
# How many postcodes lie in two wards, and how near to each other their two halves are.
SHARED_POSTCODES = 12
_SHARED_WITHIN_M = 320


@dataclass(frozen=True, slots=True)
class Address:
    """One address. A flat shares its point and its number with the block that is its parent."""

    uprn: int
    street: Street
    number: int
    easting: float
    northing: float
    flat: int | None = None
    block: str = ""
    parent_uprn: int | None = None
    organisation: str = ""
    postcode: str = ""

    @property
    def line(self) -> str:
        """The address as one line, without town and postcode."""
        flat = f"Flat {self.flat}, " if self.flat else ""
        block = f"{self.block}, " if self.block else ""
        return f"{flat}{block}{self.number} {self.street.name}"


def number_addresses(streets: list[Street], random: Random) -> list[Address]:
    """Return `ADDRESS_COUNT` addresses with postcodes, street by street."""
    counts = _shares([street.line.length for street in streets], ADDRESS_COUNT)
    addresses: list[Address] = []
    for street, count in zip(streets, counts, strict=True):
        addresses += _along(street, count, _FIRST_UPRN + 7 * len(addresses), random)
    return _with_postcodes(addresses)


def _shares(weights: list[float], total: int) -> list[int]:
    """Return whole numbers in proportion to ``weights`` whose sum is ``total``."""
    whole = sum(weights)
    bounds, running = [0], 0.0
    for weight in weights:
        running += weight
        bounds.append(round(total * running / whole))
    return [after - before for before, after in zip(bounds, bounds[1:], strict=False)]


def _along(street: Street, count: int, uprn: int, random: Random) -> list[Address]:
    has_flats = count >= 16 and random.random() < _STREETS_WITH_FLATS
    flats = random.randint(4, 10) if has_flats else 0
    houses = count - flats
    addresses = []
    for place in range(houses):
        easting, northing = _beside(street.line, place, houses)
        shop = _shop(random) if random.random() < _ADDRESSES_THAT_ARE_SHOPS else ""
        addresses.append(
            Address(uprn + 7 * place, street, place + 1, easting, northing, organisation=shop)
        )
    if flats:
        addresses[-1:] = _block_of_flats(addresses[-1], flats, random)
    return addresses


def _beside(line: LineString, place: int, places: int) -> tuple[float, float]:
    """Return a point odd numbers left and even numbers right of the street."""
    distance_m = line.length * (place // 2 + 0.5) / math.ceil(places / 2)
    here = line.interpolate(distance_m)
    ahead = line.interpolate(min(distance_m + 1, line.length))
    behind = line.interpolate(max(distance_m - 1, 0))
    bearing = math.atan2(ahead.y - behind.y, ahead.x - behind.x)
    side = _HOUSE_SETBACK_M if place % 2 == 0 else -_HOUSE_SETBACK_M
    return (
        round(here.x - side * math.sin(bearing), 2),
        round(here.y + side * math.cos(bearing), 2),
    )


def _shop(random: Random) -> str:
    return f"{random.choice(STEMS)} {random.choice(TRADES)}"


def _block_of_flats(house: Address, flats: int, random: Random) -> Iterator[Address]:
    block = replace(house, block=f"{random.choice(STEMS)} Court", organisation="")
    yield block
    for flat in range(1, flats + 1):
        yield replace(block, uprn=block.uprn + 7 * flat, flat=flat, parent_uprn=block.uprn)


def _with_postcodes(addresses: list[Address]) -> list[Address]:
    """Give each run of neighbours on a street a postcode of its ward's district."""
    districts: dict[str, Iterator[str]] = {}
    coded: list[Address] = []
    for run in _runs_of_neighbours(addresses):
        district = run[0].street.ward.district
        postcode = next(districts.setdefault(district, _postcodes_of(district)))
        coded += [replace(address, postcode=postcode) for address in run]
    return _share_across_borders(coded)


def _share_across_borders(addresses: list[Address]) -> list[Address]:
    """Give some pairs of neighbouring runs, a ward's border between them, one postcode."""
    shared = dict(islice(_pairs_across_borders(addresses), SHARED_POSTCODES))
    return [
        replace(address, postcode=shared.get(address.postcode, address.postcode))
        for address in addresses
    ]


def _pairs_across_borders(addresses: list[Address]) -> Iterator[tuple[str, str]]:
    """Yield pairs of postcodes of one district, in two wards, each postcode at most once."""
    by_district: dict[str, dict[str, Address]] = {}
    for address in addresses:
        by_postcode = by_district.setdefault(address.street.ward.district, {})
        by_postcode.setdefault(address.postcode, address)
    for by_postcode in by_district.values():
        taken: set[str] = set()
        # The first of a district is known to tests and documents by its place.
        for one, other in combinations(list(by_postcode.values())[1:], 2):
            is_free = taken.isdisjoint((one.postcode, other.postcode))
            if is_free and one.street.ward != other.street.ward and _are_near(one, other):
                taken |= {one.postcode, other.postcode}
                yield other.postcode, one.postcode


def _are_near(one: Address, other: Address) -> bool:
    distance_m = math.hypot(one.easting - other.easting, one.northing - other.northing)
    return distance_m < _SHARED_WITHIN_M


def _runs_of_neighbours(addresses: list[Address]) -> Iterator[list[Address]]:
    by_street: dict[int, list[Address]] = {}
    for address in addresses:
        by_street.setdefault(address.street.usrn, []).append(address)
    for neighbours in by_street.values():
        runs = max(1, round(len(neighbours) / ADDRESSES_PER_POSTCODE))
        size = math.ceil(len(neighbours) / runs)
        for start in range(0, len(neighbours), size):
            yield neighbours[start : start + size]


def _postcodes_of(district: str) -> Iterator[str]:
    """Yield a district's postcodes. The first is 1BB, so that B1 1BB, known to all, exists."""
    letters = len(_UNIT_LETTERS)
    for sector in range(1, 10):
        for step in range(_UNITS_PER_SECTOR):
            first, second = divmod((_FIRST_UNIT + _UNIT_STEP * step) % letters**2, letters)
            yield f"{district} {sector}{_UNIT_LETTERS[first]}{_UNIT_LETTERS[second]}"
