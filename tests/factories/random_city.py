"""A seeded city of addresses, areas and services, and what lies where by another way of reckoning.

Everything is in EPSG:27700 metres. The reckoning goes through every feature with shapely, asks no
index and no database, and knows nothing of ours.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import numpy as np
import shapely
import shapely.affinity

from layers.models import Layer
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

WEST, SOUTH, SIDE_M = 402000.0, 280000.0, 10000.0
_WARDS_A_SIDE = 8
# Neither is a divisor of the wards' eight: their borders and those of wards cross.
_ROUNDS_A_SIDE = {"refuse": 5, "recycling": 7}
_POSTCODE_M = 1400.0
Near = list[tuple[str, float]]


class RandomCity:
    """500 addresses in 64 wards with ragged borders, and services of every sort of geometry.

    Refuse and recycling each have rounds of their own, whose areas leave some of the city out;
    a part of the addresses is on a round that the council names. A postcode is whoever lives in
    a square that keeps to no border. ``features`` are the shapes by slug of layer, as they were
    before they were published.
    """

    def __init__(self, seed: int, *, addresses: int = 500) -> None:
        random = np.random.default_rng(seed)
        self.features = {
            "wards": _wards(random),
            "addresses": [
                MadeFeature(str(100_070_000_000 + number), place, {"street": "OAK ROAD"})
                for number, place in enumerate(_points(random, addresses))
            ],
            "libraries": _as_features(_points(random, 37)),
            "bring-banks": _as_features([*_points(random, 400), *_points(random, 1) * 2]),
            "parks": _as_features([_park(random, middle) for middle in _points(random, 60)]),
            "playgrounds": _as_features(
                [shapely.MultiPoint(_points(random, 3)) for _ in range(20)]
            ),
            "cycle-routes": _as_features(
                [shapely.LineString(_points(random, 4)) for _ in range(15)]
            ),
            "tips": _as_features(_points(random, 2)),
            "flood-zones": _as_features([_park(random, middle) for middle in _points(random, 80)]),
        }
        self._give_postcodes()
        self.features["rounds"] = [*_round_areas(random), *_ROUNDS_WITHOUT_AREA]
        self.features["premises"] = list(_premises(random, self.features["addresses"]))
        self._keys = {
            slug: np.array([feature.key for feature in features])
            for slug, features in self.features.items()
        }
        self._shapes = {
            slug: np.array([feature.shape_27700 for feature in features], dtype=object)
            for slug, features in self.features.items()
        }

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(slug for slug in self.features if slug not in _DESCRIBED)

    def publish(self) -> dict[str, Layer]:
        return {slug: self._publish(slug) for slug in self.features}

    def nearest(self, slug: str, place: shapely.Point) -> Near:
        """Return every feature of a layer with its distance in metres, nearest first."""
        distances = shapely.distance(self._shapes[slug], place)
        order = distances.argsort(kind="stable")
        return list(zip(self._keys[slug][order].tolist(), distances[order].tolist(), strict=True))

    def containing(self, slug: str, place: shapely.Geometry | None) -> set[str]:
        """Return the features of a layer that a place is in, edges included."""
        return set(self._keys[slug][shapely.intersects(self._shapes[slug], place)].tolist())

    def counts(self, slug: str, postcode: str) -> Counter[str]:
        """Return how many addresses of a postcode each feature of a layer contains."""
        return Counter(
            fid for place in self.homes_of(postcode) for fid in self.containing(slug, place)
        )

    def homes_of(self, postcode: str) -> list[shapely.Geometry | None]:
        """Return where the addresses of a postcode are."""
        return [
            address.shape_27700
            for address in self.features["addresses"]
            if address.properties["postcode"] == postcode
        ]

    def rounds(self, uprn: str, place: shapely.Point) -> dict[str, MadeFeature]:
        """Return the round of each service that an address has, by what the service is called.

        What the council says of the property comes before where it lies.
        """
        rounds = self.features["rounds"]
        said = [
            row.properties for row in self.features["premises"] if row.properties["uprn"] == uprn
        ]
        on_all_of = {row["round"] for row in said if "service" not in row}
        if on_all_of:
            return {
                row.properties["service"]: row
                for row in rounds
                if row.properties["round"] in on_all_of
            }
        around = self.containing("rounds", place)
        found = {row.properties["service"]: row for row in rounds if row.key in around}
        named = {(row["round"], row["service"]) for row in said}
        return found | {
            row.properties["service"]: row
            for row in rounds
            if (row.properties["round"], row.properties["service"]) in named
        }

    def _give_postcodes(self) -> None:
        """Write into each address its postcode, and lay each postcode in its addresses' middle."""
        homes: dict[tuple[int, int], list[MadeFeature]] = defaultdict(list)
        for address in self.features["addresses"]:
            point = address.shape_27700
            assert isinstance(point, shapely.Point)
            square = int((point.x - WEST) // _POSTCODE_M), int((point.y - SOUTH) // _POSTCODE_M)
            homes[square].append(address)
        self.features["addresses"], self.features["postcodes"] = [], []
        for number, square in enumerate(sorted(homes)):
            code = f"B{1 + number // 9} {1 + number % 9}AA"
            shapes = [address.shape_27700 for address in homes[square]]
            middle = shapely.set_precision(shapely.MultiPoint(shapes).centroid, 0.01)
            self.features["postcodes"].append(
                MadeFeature(code.replace(" ", ""), middle, {"postcode": code})
            )
            self.features["addresses"] += [
                replace(address, properties={**address.properties, "postcode": code})
                for address in homes[square]
            ]

    def _publish(self, slug: str) -> Layer:
        described = _DESCRIBED.get(slug, {"is_service": True})
        fields = [make_field(name, is_queryable=True) for name in _FIELDS.get(slug, ("name",))]
        layer = make_layer(slug, _GEOMETRY_TYPES.get(slug, "Point"), fields=fields, **described)
        publish_features(layer, self.features[slug])
        return layer


# Every other layer is a service.
_DESCRIBED: dict[str, dict[str, Any]] = {
    "wards": {"role": "ward", "is_area": True, "theme": "boundaries"},
    "addresses": {"role": "address", "title_field": "street", "is_public": False},
    "postcodes": {"role": "postcode", "title_field": "postcode"},
    "flood-zones": {"is_constraint": True, "theme": "planning"},
    "rounds": {"role": "collection-round", "title_field": "round", "theme": "waste"},
    "premises": {"role": "collection-premises", "title_field": "uprn", "is_public": False},
}
_FIELDS = {
    "addresses": ("street", "postcode"),
    "postcodes": ("postcode",),
    "rounds": ("round",),
    "premises": ("uprn",),
}
_GEOMETRY_TYPES = {
    "wards": "Polygon",
    "parks": "Polygon",
    "flood-zones": "Polygon",
    "rounds": "Polygon",
    "playgrounds": "MultiPoint",
    "cycle-routes": "LineString",
    "premises": "None",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def _round(name: str, kind: str, area: shapely.Polygon | None, number: int) -> MadeFeature:
    return MadeFeature(
        f"{name}{kind}".replace(" ", ""),
        area,
        {
            "round": name,
            "service": kind.capitalize(),
            "service_kind": kind,
            "weekday": WEEKDAYS[number % len(WEEKDAYS)],
        },
    )


# What no area decides, such as blocks of flats: only rows about a property lead there.
_ROUNDS_WITHOUT_AREA = [
    _round(f"Flats {number}", kind, None, number + place)
    for number in range(3)
    for place, kind in enumerate(_ROUNDS_A_SIDE)
]


def _round_areas(random: np.random.Generator) -> Iterator[MadeFeature]:
    """Yield rounds with their areas; every ninth area is nobody's."""
    numbers = count()
    for kind, a_side in _ROUNDS_A_SIDE.items():
        for area in _ragged_areas(random, a_side).values():
            number = next(numbers)
            if number % 9:
                yield _round(f"{kind} {number}", kind, area, number)


def _premises(
    random: np.random.Generator, addresses: Sequence[MadeFeature]
) -> Iterator[MadeFeature]:
    """Yield the rounds of one address in four: with all of its services, or with one of them."""
    for number, address in enumerate(addresses):
        chance = random.uniform()
        if chance > 0.25:
            continue
        row = {"uprn": address.key, "round": f"Flats {number % 3}"}
        yield MadeFeature(
            str(number), None, row if chance < 0.12 else {**row, "service": "Recycling"}
        )


def _points(random: np.random.Generator, count: int) -> list[shapely.Point]:
    """Return places on the centimetre."""
    eastings = random.uniform(WEST, WEST + SIDE_M, count).round(2)
    northings = random.uniform(SOUTH, SOUTH + SIDE_M, count).round(2)
    return [shapely.Point(at) for at in zip(eastings, northings, strict=True)]


def _as_features(shapes: Sequence[shapely.Geometry]) -> list[MadeFeature]:
    return [
        MadeFeature(f"n{number}", shape, {"name": f"Nº {number}"})
        for number, shape in enumerate(shapes)
    ]


def _wards(random: np.random.Generator) -> list[MadeFeature]:
    return [
        MadeFeature(f"W{column}{row}", area, {"name": f"Ward {column}{row}"})
        for (column, row), area in _ragged_areas(random, _WARDS_A_SIDE).items()
    ]


def _ragged_areas(
    random: np.random.Generator, a_side: int
) -> dict[tuple[int, int], shapely.Polygon]:
    """Return areas that share their corners, which are no grid's: a city without gaps."""
    step = SIDE_M / a_side
    corners = {
        (column, row): (
            round(WEST + column * step + _shift(random, column, a_side), 2),
            round(SOUTH + row * step + _shift(random, row, a_side), 2),
        )
        for column in range(a_side + 1)
        for row in range(a_side + 1)
    }
    return {
        (column, row): shapely.Polygon(
            [corners[column + right, row + up] for right, up in ((0, 0), (1, 0), (1, 1), (0, 1))]
        )
        for column in range(a_side)
        for row in range(a_side)
    }


def _shift(random: np.random.Generator, place: int, a_side: int) -> float:
    """Return how far a corner lies off the grid in metres; the city's own edge is straight."""
    if place in (0, a_side):
        return 0.0
    return float(random.uniform(-0.3, 0.3)) * SIDE_M / a_side


def _park(random: np.random.Generator, middle: shapely.Point) -> shapely.Polygon:
    """Return a ring around a lake: inside the lake nobody is in the park."""
    radius = float(random.uniform(40, 300))
    outside = shapely.affinity.scale(middle.buffer(radius), xfact=float(random.uniform(0.4, 1.6)))
    return outside - middle.buffer(radius / 4)
