"""A city of constraint layers as a large council has them: 30,000 polygons in twelve layers.

EPSG:27700, metres; ten kilometres of Birmingham each way. Flood zones have up to 50,000 vertices.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.models import Layer
from tests.factories.council import make_council
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

SEED = 20261128
WEST, SOUTH, SIDE_M = 400_000, 280_000, 14_000
# What an edge does within one length of itself: the power of each wave against the one before.
_ROUGHNESS = 1.55


@dataclass(frozen=True)
class Kind:
    """One layer: how many polygons, how far across, of how many vertices, how flat."""

    slug: str
    count: int
    radius_m: tuple[float, float]
    vertices: tuple[int, int]
    flat: tuple[float, float]
    category: str = "General policy"


KINDS = (
    Kind("listed-buildings", 11_000, (10, 40), (5, 20), (0.4, 1.0), "Heritage and conservation"),
    Kind("tree-preservation-zones", 9_000, (10, 60), (5, 30), (0.5, 1.0), "Trees"),
    Kind("contaminated-land", 4_500, (20, 300), (8, 120), (0.4, 1.0)),
    Kind("archaeology", 2_500, (50, 600), (20, 300), (0.4, 1.0), "Heritage and conservation"),
    Kind("ancient-woodland", 900, (60, 900), (60, 2_000), (0.3, 1.0), "Ecology"),
    Kind("flood-zone-2", 560, (150, 3_000), (400, 50_000), (0.05, 0.3), "Flooding"),
    Kind("flood-zone-3", 500, (100, 2_500), (300, 50_000), (0.05, 0.25), "Flooding"),
    Kind("article-4", 340, (100, 1_500), (40, 800), (0.4, 1.0)),
    Kind("conservation-areas", 300, (150, 1_200), (60, 1_500), (0.4, 1.0)),
    Kind("sssi", 300, (100, 1_500), (100, 4_000), (0.3, 1.0), "Ecology"),
    Kind("green-belt", 60, (1_000, 3_000), (1_500, 10_000), (0.4, 1.0)),
    Kind("airport-safeguarding", 40, (1_500, 3_000), (64, 400), (0.6, 1.0)),
)


def publish_constraint_city(layers: int = len(KINDS), share: float = 1.0) -> list[Layer]:
    """Publish so many layers, which repeat after twelve, and the council's area in four wards.

    ``share``: of the polygons, for a city that is made sooner.
    """
    make_council()
    publish_wards()
    return [_publish(KINDS[n % len(KINDS)], n // len(KINDS), share) for n in range(layers)]


def publish_wards() -> None:
    half = SIDE_M / 2
    corners = [(WEST + x * half, SOUTH + y * half) for x in (0, 1) for y in (0, 1)]
    wards = [shapely.box(x, y, x + half, y + half) for x, y in corners]
    layer = make_layer("wards", "Polygon", role="ward", is_area=True, theme="boundaries")
    publish_features(
        layer,
        [MadeFeature(f"E{n}", ward, {"name": f"Ward {n}"}) for n, ward in enumerate(wards)],
    )


def _publish(kind: Kind, copy: int, share: float) -> Layer:
    random = np.random.default_rng([SEED, copy, *map(ord, kind.slug)])
    layer = make_layer(
        f"{kind.slug}-{copy}" if copy else kind.slug,
        "Polygon",
        fields=[make_field("name"), make_field("reference"), make_field("designated_on", "date")],
        is_constraint=True,
        constraint={"category": kind.category, "margin_m": 100},
        coverage={"area": "council"},
        theme="planning",
    )
    shapes = polygons(random, kind, max(1, round(kind.count * share)))
    features = [
        MadeFeature(
            f"{kind.slug[:3].upper()}{n:05}",
            shape,
            {
                "name": f"{kind.slug} {n}",
                "reference": f"{kind.slug[:3].upper()}{n:05}",
                "designated_on": f"19{n % 70 + 29}-0{n % 9 + 1}-11",
            },
        )
        for n, shape in enumerate(shapes)
    ]
    publish_features(layer, features)
    return layer


def polygons(random: np.random.Generator, kind: Kind, count: int) -> Iterator[shapely.Polygon]:
    """Yield star-shaped polygons of a kind; small ones are many and large ones few."""
    for _ in range(count):
        size = random.random() ** 3
        radius_m = kind.radius_m[0] * (kind.radius_m[1] / kind.radius_m[0]) ** size
        vertices = int(kind.vertices[0] * (kind.vertices[1] / kind.vertices[0]) ** size)
        x, y = random.uniform(200, SIDE_M - 200, 2)
        yield star(random, (WEST + x, SOUTH + y), radius_m, vertices, random.uniform(*kind.flat))


def star(
    random: np.random.Generator,
    middle: tuple[float, float],
    radius_m: float,
    vertices: int,
    flat: float,
) -> shapely.Polygon:
    """Return a valid polygon around a middle, in EPSG:27700 to the centimetre."""
    angles = 2 * np.pi * (np.arange(vertices) + 0.8 * (random.random(vertices) - 0.5)) / vertices
    if vertices > 200:
        radii = radius_m * (0.62 + 0.38 * _rough_edge(random, vertices))
    else:
        radii = radius_m * (0.55 + 0.45 * random.random(vertices))
    turn = random.uniform(0, np.pi)
    x, y = radii * np.cos(angles), radii * np.sin(angles) * flat
    turned = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
    shape = shapely.Polygon(np.round(np.column_stack(turned) + middle, 2))
    if shape.is_valid:
        return shape
    # Rounding may have an edge touch itself.
    return max(shapely.get_parts(shape.buffer(0)), key=lambda part: part.area)


def _rough_edge(random: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Return closed noise of about unit height, rougher the closer one looks."""
    waves = np.fft.rfftfreq(count, 1 / count)
    waves[0] = 1
    power = waves**-_ROUGHNESS
    power[0] = 0
    edge = np.fft.irfft(power * np.exp(2j * np.pi * random.random(waves.size)), count)
    return edge / np.abs(edge).max()
