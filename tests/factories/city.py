"""A small city of six layers, every number of it known."""

import numpy as np
import shapely

from layers.models import Layer
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

SEED = 20260331


class City:
    """Points, areas with a hole, and a layer that is not public, in EPSG:27700 metres.

    ::

        areas        west (405-406 km) | east (406-407 km), with a hole; they share an edge
        lakes        one polygon inside the hole of the eastern area
        schools      400 points, seeded; the last two on one spot
        bring-banks  1,010 points, seeded: more than the largest page
        licences     rows without any location
        addresses    3 points that nobody outside may see
    """

    def __init__(self) -> None:
        random = np.random.default_rng(SEED)
        west = shapely.box(405000, 285000, 406000, 286000)
        hole = shapely.box(406400, 285400, 406600, 285600)
        east = shapely.box(406000, 285000, 407000, 286000) - hole
        self.features = {
            "areas": [
                MadeFeature("west", west, {"name": "West"}),
                MadeFeature("east", east, {"name": "East"}),
            ],
            "lakes": [MadeFeature("lake", hole.buffer(-10), {"name": "The lake"})],
            "schools": _points(random, 399),
            "bring-banks": _points(random, 1010),
            "licences": [MadeFeature(str(n), None, {"name": f"Licence {n}"}) for n in range(3)],
            "addresses": _points(random, 3),
        }
        on_one_spot = self.features["schools"][-1]
        self.features["schools"].append(
            MadeFeature("twin", on_one_spot.shape_27700, {"name": "Twin"})
        )
        self.layers = {slug: self._publish(slug) for slug in self.features}

    def _publish(self, slug: str) -> Layer:
        layer = make_layer(
            slug,
            {"areas": "Polygon", "lakes": "Polygon", "licences": "None"}.get(slug, "Point"),
            fields=[
                make_field("name", description="What people call it."),
                make_field("opened_on", "date"),
                make_field("pupils", "integer", unit="pupils", is_queryable=True),
            ],
            is_public=slug != "addresses",
            is_service=slug in ("schools", "bring-banks"),
            is_area=slug == "areas",
            is_constraint=slug == "lakes",
            datetime_field="opened_on" if slug == "schools" else "",
        )
        publish_features(layer, self.features[slug], is_sample=slug == "lakes")
        return layer


def _points(random: np.random.Generator, count: int) -> list[MadeFeature]:
    """Return points over 10 km x 10 km of Birmingham; every tenth has no date."""
    eastings = random.uniform(402000, 412000, count).round(2)
    northings = random.uniform(280000, 290000, count).round(2)
    return [
        MadeFeature(
            f"s{place}",
            shapely.Point(easting, northing),
            {
                "name": f"Nº {place} “quoted” \\ school",
                "opened_on": None if place % 10 == 0 else f"20{place % 25:02}-03-31",
                "pupils": place,
            },
        )
        for place, (easting, northing) in enumerate(zip(eastings, northings, strict=True))
    ]
