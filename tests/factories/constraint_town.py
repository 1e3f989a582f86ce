"""A small town of every kind of constraint, and seeded sites that are hard to answer for.

EPSG:27700, metres. Four kilometres each way, of which a pond in the middle is no ward::

    zones     stars that overlap          coverage: the wards
    floods    up to 8,000 vertices        coverage: a box, the western three quarters
    parcels   boxes that share edges      coverage: the parcels themselves
    rings     areas with a hole           coverage: nobody has said
    twins     areas of two parts          coverage: the wards
    trees     points                      coverage: the wards
    paths     lines                       coverage: the floods' box, by its name
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.models import Layer
from tests.factories.constraint_city import star
from tests.factories.council import make_council
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_layer

SEED = 20261129
WEST, SOUTH, SIDE_M = 404_000.0, 284_000.0, 4_000.0
TOWN = shapely.box(WEST, SOUTH, WEST + SIDE_M, SOUTH + SIDE_M)
POND = shapely.Point(WEST + 2_000, SOUTH + 2_000).buffer(300)
BOX = shapely.box(WEST, SOUTH, WEST + 3_000, SOUTH + SIDE_M)
Random = np.random.Generator


@dataclass(frozen=True)
class TownLayer:
    """What is published of a layer. ``area`` is what it covers, None where nobody has said."""

    slug: str
    geometry_type: str
    shapes: dict[str, BaseGeometry]
    coverage: dict[str, Any]
    area: BaseGeometry | None
    accuracy_m: float = 1.0
    margin_m: float = 100.0
    changes: dict[str, Any] = field(default_factory=dict)

    def publish(self) -> Layer:
        layer = make_layer(
            self.slug,
            self.geometry_type,
            is_constraint=True,
            coverage=self.coverage,
            constraint={"accuracy_m": self.accuracy_m, "margin_m": self.margin_m},
            **self.changes,
        )
        self.publish_again(layer)
        return layer

    def publish_again(self, layer: Layer) -> None:
        publish_features(
            layer,
            [MadeFeature(key, shape, {"name": key}) for key, shape in self.shapes.items()],
        )


def town_layers() -> dict[str, TownLayer]:
    random = np.random.default_rng(SEED)
    wards = TOWN - POND
    council = {"area": "council"}
    parcels = _named(
        shapely.box(x, y, x + 60, y + 60)
        for x in np.arange(WEST + 600, WEST + 1_320, 60)
        for y in np.arange(SOUTH + 600, SOUTH + 1_320, 60)
    )
    layers = [
        TownLayer("zones", "Polygon", _stars(random, 300, (30, 300), (8, 200)), council, wards),
        TownLayer(
            "floods", "Polygon", _stars(random, 12, (400, 1_500), (3_000, 8_000), 0.2),
            {"extent_27700": list(BOX.bounds)}, BOX, 2.0, 300.0,
        ),
        TownLayer(
            "parcels", "Polygon", parcels, {"features": True},
            shapely.union_all(list(parcels.values())), 2.0,
        ),
        TownLayer("rings", "Polygon", _rings(random), {}, None),
        TownLayer("twins", "Polygon", _twins(random), council, wards, 0.5, 50.0),
        TownLayer("trees", "Point", _named(_spots(random, 400)), council, wards, 5.0, 20.0),
        TownLayer("paths", "LineString", _paths(random), {"layer": "box"}, BOX),
    ]  # fmt: skip
    return {layer.slug: layer for layer in layers}


def publish_town() -> dict[str, TownLayer]:
    """Publish the wards, what the paths' coverage is made of, and every layer of the town."""
    make_council()
    wards = make_layer("wards", "Polygon", role="ward", is_area=True)
    halves = [
        shapely.box(WEST, SOUTH, WEST + 2_000, SOUTH + SIDE_M) - POND,
        shapely.box(WEST + 2_000, SOUTH, WEST + SIDE_M, SOUTH + SIDE_M) - POND,
    ]
    publish_features(wards, [MadeFeature(f"w{n}", each) for n, each in enumerate(halves)])
    publish_features(make_layer("box", "Polygon"), [MadeFeature("b", BOX)])
    layers = town_layers()
    for layer in layers.values():
        layer.publish()
    return layers


def seeded_sites(
    layers: dict[str, TownLayer], count: int, seed: int = SEED
) -> Iterator[tuple[str, BaseGeometry]]:
    """Yield sites with a word for what is hard about each, the same for the same seed."""
    random = np.random.default_rng(seed)
    kinds = (
        _anywhere, _beside, _thin, _in_hole, _outside, _across_edge, _many_parts, _in_parcels,
        _point, _point_on_edge, _narrow, _same,
    )  # fmt: skip
    for number in range(count):
        kind = kinds[number % len(kinds)]
        # One in fifty has ten thousand vertices.
        make = _many_vertices if number % 50 == 49 else kind
        yield make.__name__.strip("_"), make(random, layers)


def _anywhere(random: Random, layers: dict[str, TownLayer]) -> BaseGeometry:
    return star(random, _spot(random), random.uniform(30, 150), int(random.integers(4, 20)), 0.7)


def _beside(random: Random, layers: dict[str, TownLayer]) -> BaseGeometry:
    """Share an edge, to the last digit, with an area that has corners alone."""
    feature = _pick(random, layers["zones"])
    around = feature.buffer(random.uniform(5, 40), join_style="mitre", mitre_limit=2)
    return _largest(around - feature)


def _thin(random: Random, layers: dict[str, TownLayer]) -> BaseGeometry:
    """Overlap an area by less, or a little more, than layers are accurate."""
    feature = _pick(random, layers["zones"])
    inner = feature.buffer(-random.uniform(0.2, 2.5))
    return _largest(feature.buffer(random.uniform(10, 40)) - inner)


def _in_hole(random: Random, layers: dict[str, TownLayer]) -> BaseGeometry:
    ring = _pick(random, layers["rings"])
    hole = shapely.Polygon(ring.interiors[0])
    return hole.buffer(-float(random.choice([0.0, 0.0, 0.5, 5.0])))


def _outside(random: Random, layers: dict[str, TownLayer]) -> BaseGeometry:
    middle = WEST - random.uniform(300, 900), SOUTH + random.uniform(0, SIDE_M)
    return star(random, middle, random.uniform(20, 150), 9, 1.0)


def _across_edge(random: Random, layers: dict[str, TownLayer]) -> BaseGeometry:
    """Lie across the edge of the town, the pond or the box."""
    box_edge = shapely.LineString([(WEST + 3_000, SOUTH), (WEST + 3_000, SOUTH + SIDE_M)])
    edge = (TOWN.exterior, POND.exterior, box_edge)[int(random.integers(3))]
    at = edge.interpolate(random.random(), normalized=True)
    return star(random, (at.x, at.y), random.uniform(20, 120), 11, 0.8)


def _many_parts(random: Random, layers: dict[str, TownLayer]) -> BaseGeometry:
    parts = [
        star(random, _spot(random), random.uniform(20, 80), 8, 0.8)
        for _ in range(int(random.integers(2, 5)))
    ]
    return shapely.union_all(parts)


def _in_parcels(random: Random, layers: dict[str, TownLayer]) -> BaseGeometry:
    """Cover some parcels whole, with edges that are theirs."""
    x, y = random.integers(0, 10, 2)
    wide, high = random.integers(1, 4, 2)
    west, south = WEST + 600 + 60 * x, SOUTH + 600 + 60 * y
    return shapely.box(west, south, west + 60 * wide, south + 60 * high)


def _point(random: Random, layers: dict[str, TownLayer]) -> BaseGeometry:
    return shapely.Point(_spot(random))


def _point_on_edge(random: Random, layers: dict[str, TownLayer]) -> BaseGeometry:
    feature = _pick(random, layers[str(random.choice(["zones", "floods", "parcels", "paths"]))])
    corners = shapely.get_coordinates(feature)
    return shapely.Point(corners[int(random.integers(len(corners)))])


def _narrow(random: Random, layers: dict[str, TownLayer]) -> BaseGeometry:
    """Be narrower than twice what layers are accurate."""
    x, y = _spot(random)
    wide = random.uniform(0.5, 3)
    return shapely.affinity.rotate(shapely.box(x, y, x + 200, y + wide), random.uniform(0, 180))


def _same(random: Random, layers: dict[str, TownLayer]) -> BaseGeometry:
    return _pick(random, layers[str(random.choice(["zones", "twins", "rings"]))])


def _many_vertices(random: Random, layers: dict[str, TownLayer]) -> BaseGeometry:
    return star(random, _spot(random), random.uniform(150, 400), 10_000, 0.6)


def _pick(random: Random, layer: TownLayer) -> BaseGeometry:
    keys = list(layer.shapes)
    return layer.shapes[keys[int(random.integers(len(keys)))]]


def _largest(shape: BaseGeometry) -> BaseGeometry:
    return max(shapely.get_parts(shape), key=lambda part: float(part.area))


def _spot(random: Random) -> tuple[float, float]:
    x, y = random.uniform(150, SIDE_M - 150, 2)
    return round(WEST + x, 2), round(SOUTH + y, 2)


def _spots(random: Random, count: int) -> Iterator[BaseGeometry]:
    for _ in range(count):
        yield shapely.Point(_spot(random))


def _named(shapes: Iterator[BaseGeometry]) -> dict[str, BaseGeometry]:
    return {f"f{number}": shape for number, shape in enumerate(shapes)}


def _stars(
    random: Random,
    count: int,
    radius_m: tuple[float, float],
    vertices: tuple[int, int],
    flat: float = 0.7,
) -> dict[str, BaseGeometry]:
    return _named(
        star(
            random, _spot(random), random.uniform(*radius_m), int(random.integers(*vertices)), flat
        )
        for _ in range(count)
    )


def _rings(random: Random) -> dict[str, BaseGeometry]:
    outer = [star(random, _spot(random), random.uniform(80, 250), 60, 0.9) for _ in range(40)]
    return _named(each - each.centroid.buffer(25, quad_segs=4) for each in outer)


def _twins(random: Random) -> dict[str, BaseGeometry]:
    return _named(
        shapely.union_all(
            [star(random, _spot(random), random.uniform(30, 120), 30, 0.8) for _ in range(2)]
        )
        for _ in range(40)
    )


def _paths(random: Random) -> dict[str, BaseGeometry]:
    return _named(
        shapely.LineString([_spot(random) for _ in range(int(random.integers(2, 6)))])
        for _ in range(60)
    )
