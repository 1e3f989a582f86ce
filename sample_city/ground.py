"""What everything in the sample city stands on: its wards, streets, addresses and postcodes."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import shapely
from shapely import Polygon

from sample_city.addresses import Address, number_addresses
from sample_city.streets import Street, lay_streets
from sample_city.wards import WardArea, draw_wards


@dataclass(frozen=True, slots=True)
class Ground:
    """The city before any department has put something in it. Everything is in EPSG:27700."""

    seed: int
    wards: list[WardArea]
    streets: list[Street]
    addresses: list[Address]
    outline: Polygon

    def random(self, noun: str) -> Random:
        """Return chance of its own for one layer, so that a change to one moves no other."""
        return _chance(self.seed, noun)

    def pick_sites(self, random: Random, count: int) -> list[Address]:
        """Return so many addresses where a building of its own may stand: no flats."""
        return random.sample([address for address in self.addresses if not address.flat], count)

    def neighbours_by_postcode(self) -> Iterator[tuple[str, list[Address]]]:
        """Yield each postcode with its addresses."""
        by_postcode: dict[str, list[Address]] = {}
        for address in self.addresses:
            by_postcode.setdefault(address.postcode, []).append(address)
        yield from by_postcode.items()


def lay_ground(seed: int) -> Ground:
    """Return the ground of the city that ``seed`` makes."""
    wards = draw_wards(_chance(seed, "wards"))
    streets = lay_streets(wards, _chance(seed, "streets"))
    return Ground(
        seed=seed,
        wards=wards,
        streets=streets,
        addresses=number_addresses(streets, _chance(seed, "addresses")),
        outline=shapely.union_all([area.polygon for area in wards]),
    )


def _chance(seed: int, noun: str) -> Random:
    return Random(f"{seed} {noun}")
