"""A seeded city to measure with: 60,000 planning polygons and six layers of points."""

import numpy as np
import shapely

from layers.models import Layer
from tests.factories import MadeFeature, make_field, make_layer, publish_features

SEED = 20240611
WEST, SOUTH, EAST, NORTH = 398_000.0, 276_500.0, 414_500.0, 299_500.0
PLANNING_COUNT = 60_000
POINT_COUNTS = {
    "schools": 500,
    "recycling": 5_000,
    "assets": 100_000,
    "bus-stops": 4_500,
    "surgeries": 250,
    "play-areas": 600,
}
_STATUSES = ("live", "decided", "withdrawn", "appeal")


def publish_city() -> None:
    """Publish every layer of the city in the test's database."""
    _publish_planning()
    for slug, count in POINT_COUNTS.items():
        _publish_points(slug, count)


def _publish_planning() -> None:
    random = np.random.default_rng(SEED)
    fields = [
        make_field("reference", is_queryable=True),
        make_field("status"),
        make_field("received_on", "date"),
        make_field("dwellings", "integer"),
        make_field("description"),
    ]
    layer = make_layer("planning", "Polygon", fields=fields, title_field="reference")
    shapes = _blobs(random, PLANNING_COUNT)
    dwellings = random.integers(0, 200, PLANNING_COUNT)
    features = [
        MadeFeature(
            key=str(100_000 + place),
            shape_27700=shape,
            properties={
                "reference": f"2026/{place:05d}/PA",
                "status": _STATUSES[place % len(_STATUSES)],
                "received_on": f"2026-{place % 12 + 1:02d}-{place % 28 + 1:02d}",
                "dwellings": int(dwellings[place]),
                "description": "Erection of a two storey rear extension with a pitched roof",
            },
        )
        for place, shape in enumerate(shapes)
    ]
    publish_features(layer, features)


def _publish_points(slug: str, count: int) -> Layer:
    random = np.random.default_rng([SEED, count])
    layer = make_layer(slug, is_service=True)
    places = shapely.points(random.uniform(WEST, EAST, count), random.uniform(SOUTH, NORTH, count))
    features = [
        MadeFeature(key=str(place), shape_27700=point, properties={"name": f"{slug} {place}"})
        for place, point in enumerate(places)
    ]
    publish_features(layer, features)
    return layer


def _blobs(random: np.random.Generator, count: int) -> list[shapely.Geometry]:
    """Return star-shaped, hence valid, polygons of 8 to 60 vertices and 5 to 120 m across."""
    centres = np.column_stack(
        [random.uniform(WEST, EAST, count), random.uniform(SOUTH, NORTH, count)]
    )
    blobs = []
    for centre, corners in zip(centres, random.integers(8, 60, count), strict=True):
        angles = np.linspace(0, 2 * np.pi, corners, endpoint=False)
        radii = random.uniform(0.6, 1.0, corners) * random.uniform(5, 60)
        ring = centre + np.column_stack([radii * np.cos(angles), radii * np.sin(angles)])
        blobs.append(shapely.Polygon(np.round(ring, 2)))
    return blobs
