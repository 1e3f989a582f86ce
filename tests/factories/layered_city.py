"""A city of as many layers as one asks for, a third of them services, the rest of areas."""

import numpy as np
import shapely

from tests.factories import MadeFeature, make_council, make_field, make_layer, publish_features

SEED = 20261127
# Square kilometres of Birmingham, EPSG:27700, metres.
_WEST, _SOUTH, _SIDE_M = 400_000, 280_000, 10_000
_THEMES = ("education", "waste", "leisure", "transport", "environment", "heritage")
_POINTS = 300
_CELLS = 20


def publish_layered_city(count: int) -> list[str]:
    """Publish ``count`` layers and return slugs of places to look up in them.

    Wards and postcodes are two; of the others two in five are services of `_POINTS` points and
    three in five constraints of `_CELLS` by `_CELLS` polygons, half of which hold nothing.
    Each layer has ten fields.
    """
    random = np.random.default_rng(SEED)
    make_council()
    _publish("wards", "Polygon", _cells(random, whole=True), role="ward", is_area=True)
    for number in range(count - 2):
        slug = f"layer-{number:03}"
        theme = _THEMES[number % len(_THEMES)]
        if number % 5 < 2:
            _publish(slug, "Point", _points(random), theme=theme, is_service=True)
        else:
            _publish(slug, "Polygon", _cells(random), theme=theme, is_constraint=True)
    return _publish_postcodes(random)


def _publish(slug: str, geometry_type: str, features: list[MadeFeature], **changes: object) -> None:
    fields = [make_field("name"), *(make_field(f"field_{n}") for n in range(9))]
    publish_features(make_layer(slug, geometry_type, fields=fields, **changes), features)


def _publish_postcodes(random: np.random.Generator) -> list[str]:
    postcodes = [
        f"B{n // 20 + 1} {n % 9 + 1}{'ABDEFGHJLN'[n % 10]}{'PQRSTUWXYZ'[n // 10 % 10]}"
        for n in range(100)
    ]
    features = [
        MadeFeature(code.replace(" ", ""), _point(random), {"postcode": code})
        for code in dict.fromkeys(postcodes)
    ]
    layer = make_layer(
        "postcodes", role="postcode", title_field="postcode", fields=[make_field("postcode")]
    )
    publish_features(layer, features)
    return [feature.key for feature in features]


def _points(random: np.random.Generator) -> list[MadeFeature]:
    return [MadeFeature(str(n), _point(random), _properties(n)) for n in range(_POINTS)]


def _cells(random: np.random.Generator, *, whole: bool = False) -> list[MadeFeature]:
    """Return squares that together cover the city, or about half of it."""
    side_m = _SIDE_M / _CELLS
    cells = [
        shapely.box(
            _WEST + x * side_m, _SOUTH + y * side_m,
            _WEST + (x + 1) * side_m, _SOUTH + (y + 1) * side_m,
        )
        for x in range(_CELLS)
        for y in range(_CELLS)
        if whole or random.random() < 0.5
    ]  # fmt: skip
    return [
        # With as many corners as a boundary that somebody has drawn.
        MadeFeature(str(n), shapely.segmentize(cell, side_m / 25), _properties(n))
        for n, cell in enumerate(cells)
    ]


def _point(random: np.random.Generator) -> shapely.Point:
    easting, northing = random.uniform((_WEST, _SOUTH), (_WEST + _SIDE_M, _SOUTH + _SIDE_M))
    return shapely.Point(round(easting, 2), round(northing, 2))


def _properties(number: int) -> dict[str, str]:
    words = {f"field_{n}": f"what is said of {number} in field {n}" for n in range(9)}
    return {"name": f"Number {number} of its kind", **words}
