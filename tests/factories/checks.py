"""Constraint layers around one field, and sites in it, in EPSG:27700 metres."""

from typing import Any

import shapely

from layers.models import Layer
from planning.site import Site, make_site
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_layer

# The council's area; a field of a hectare in it; the field beside it.
CITY = shapely.box(400000, 280000, 410000, 290000)
FIELD = shapely.box(405000, 285000, 405100, 285100)
NEXT_FIELD = shapely.box(405100, 285000, 405200, 285100)
WHOLE_CITY = {"extent_27700": list(CITY.bounds)}


def site_of(shape: shapely.Geometry = FIELD, label: str = "The field") -> Site:
    return make_site(shape, label, "drawn")


def make_constraint(slug: str, type_: str = "Polygon", **changes: Any) -> Layer:
    return make_layer(slug, type_, is_constraint=True, **{"coverage": WHOLE_CITY, **changes})


def publish_shapes(layer: Layer, **shapes: shapely.Geometry) -> None:
    """Publish a new edition of ``layer`` whose features are named so."""
    publish_features(
        layer, [MadeFeature(name, shape, {"name": name}) for name, shape in shapes.items()]
    )
