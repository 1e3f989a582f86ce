"""Trees with properties of every type, many of them the same, and some without."""

import numpy as np
import shapely

from layers.models import Layer
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

COUNT = 120
_FIELDS = {
    "name": "text",
    "height": "number",
    "rings": "integer",
    "planted": "date",
    "seen": "datetime",
    "felled": "boolean",
}


def make_orchard() -> list[MadeFeature]:
    """Return seeded trees in EPSG:27700 metres; every tenth is nowhere, and four share a spot."""
    random = np.random.default_rng(7)
    trees = []
    for number in range(COUNT):
        place = shapely.Point(*random.uniform((405000, 285000), (407000, 287000)).round(2))
        if number % 40 in (1, 2):
            place = shapely.Point(406000, 286000)
        properties = {
            "name": None if number % 11 == 0 else random.choice(["Ash", "Birch", "Élm", "oak"]),
            "height": None if number % 7 == 0 else float(random.integers(1, 12)) / 4,
            "rings": None if number % 13 == 0 else int(random.integers(-3, 12)),
            "planted": None if number % 5 == 0 else f"20{number % 20:02}-0{number % 9 + 1}-01",
            # Half of them written an hour ahead: by the clock, not by the text, is the order.
            "seen": f"2026-03-31T{number % 20 + 2:02}:30:00+0{number % 2}:00",
            "felled": None if number % 17 == 0 else bool(number % 3),
            "note": "of no use",
        }
        trees.append(MadeFeature(f"t{number}", None if number % 10 == 5 else place, properties))
    return trees


def publish_orchard(trees: list[MadeFeature], **changes: object) -> Layer:
    """Return a layer that has them; all properties but `note` are queryables."""
    fields = [make_field(name, kind, is_queryable=True) for name, kind in _FIELDS.items()]
    layer = make_layer("trees", fields=[*fields, make_field("note")], **changes)
    publish_features(layer, trees)
    return layer
