"""A seeded city of addresses, wards and services, and what lies where by another way of reckoning.

Everything is in EPSG:27700 metres. The reckoning goes through every feature with geopandas, asks
no index and no database, and knows nothing of ours.
"""

from collections.abc import Sequence
from typing import Any

import geopandas
import numpy as np
import shapely
import shapely.affinity

from layers.models import Layer
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

WEST, SOUTH, SIDE_M = 402000.0, 280000.0, 10000.0
_WARDS_A_SIDE = 8
Near = list[tuple[str, float]]


class RandomCity:
    """500 addresses in 64 wards with ragged borders, and services of every sort of geometry.

    ``features`` are the shapes by slug of layer, as they were before they were published.
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
        }
        self._frames = {
            slug: geopandas.GeoDataFrame(
                {"key": [feature.key for feature in features]},
                geometry=[feature.shape_27700 for feature in features],
                crs="EPSG:27700",
            )
            for slug, features in self.features.items()
        }

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(slug for slug in self.features if slug not in ("wards", "addresses"))

    def publish(self) -> dict[str, Layer]:
        return {slug: self._publish(slug) for slug in self.features}

    def nearest(self, slug: str, place: shapely.Point) -> Near:
        """Return every feature of a layer with its distance in metres, nearest first."""
        frame = self._frames[slug]
        distances = frame.distance(place)
        order = distances.argsort(kind="stable")
        return [(frame["key"].iloc[row], float(distances.iloc[row])) for row in order]

    def containing(self, slug: str, place: shapely.Point) -> set[str]:
        """Return the features of a layer that a place is in, edges included."""
        frame = self._frames[slug]
        return set(frame["key"][frame.intersects(place)])

    def _publish(self, slug: str) -> Layer:
        described: dict[str, Any] = {"is_service": slug in self.services}
        if slug == "wards":
            described |= {"role": "ward", "is_area": True, "theme": "boundaries"}
        if slug == "addresses":
            described |= {"role": "address", "title_field": "street", "is_public": False}
            described["fields"] = [make_field("street")]
        layer = make_layer(slug, _GEOMETRY_TYPES.get(slug, "Point"), **described)
        publish_features(layer, self.features[slug])
        return layer


_GEOMETRY_TYPES = {
    "wards": "Polygon",
    "parks": "Polygon",
    "playgrounds": "MultiPoint",
    "cycle-routes": "LineString",
}


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
    """Return areas that share their corners, which are no grid's: a city without gaps."""
    step = SIDE_M / _WARDS_A_SIDE
    corners = {
        (column, row): (
            round(WEST + column * step + _shift(random, column, step), 2),
            round(SOUTH + row * step + _shift(random, row, step), 2),
        )
        for column in range(_WARDS_A_SIDE + 1)
        for row in range(_WARDS_A_SIDE + 1)
    }
    return [
        MadeFeature(
            f"W{column}{row}",
            shapely.Polygon(
                [
                    corners[column + right, row + up]
                    for right, up in ((0, 0), (1, 0), (1, 1), (0, 1))
                ]
            ),
            {"name": f"Ward {column}{row}"},
        )
        for column in range(_WARDS_A_SIDE)
        for row in range(_WARDS_A_SIDE)
    ]


def _shift(random: np.random.Generator, place: int, step: float) -> float:
    """Return how far a corner lies off the grid; the city's own edge is straight."""
    return 0.0 if place in (0, _WARDS_A_SIDE) else float(random.uniform(-0.3, 0.3)) * step


def _park(random: np.random.Generator, middle: shapely.Point) -> shapely.Polygon:
    """Return a ring around a lake: inside the lake nobody is in the park."""
    radius = float(random.uniform(40, 300))
    outside = shapely.affinity.scale(middle.buffer(radius), xfact=float(random.uniform(0.4, 1.6)))
    return outside - middle.buffer(radius / 4)
