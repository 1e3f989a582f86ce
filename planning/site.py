"""The site that a check is about."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import shapely
from django.contrib.gis.geos import GEOSGeometry

from layers.crs import BRITISH_NATIONAL_GRID

GivenAs = Literal[
    "point", "address", "uprn", "postcode", "middle", "drawn", "typed", "file", "feature"
]
LONGEST_LABEL = 80


@dataclass(frozen=True)
class Site:
    """A point, or an area of one or several parts.

    ``shape_27700`` is a Point, Polygon or MultiPolygon in EPSG:27700 (easting, northing; metres),
    valid and not empty. ``label`` is what people call it; ``given_as`` is how they said where it
    is: ``middle`` is that of something wider, such as a street. Nothing else of what they gave is
    kept.
    """

    shape_27700: shapely.Geometry
    label: str
    given_as: GivenAs

    @cached_property
    def is_point(self) -> bool:
        """Whether nothing but a point is known of it: then nothing overlaps by an area."""
        return isinstance(self.shape_27700, shapely.Point)

    @cached_property
    def area_m2(self) -> float:
        """Its area on the British National Grid, 0 of a point."""
        return float(self.shape_27700.area)

    @cached_property
    def geom_27700(self) -> GEOSGeometry:
        """The shape as Django's models keep it."""
        return GEOSGeometry(memoryview(self.wkb), srid=BRITISH_NATIONAL_GRID)

    @cached_property
    def wkb(self) -> bytes:
        """The shape as well-known binary, which does not say its reference system."""
        return bytes(shapely.to_wkb(self.shape_27700))


def make_site(shape_27700: shapely.Geometry, label: str, given_as: GivenAs) -> Site:
    """Return the site of a shapely shape in EPSG:27700 metres, with its label as plain text."""
    return Site(shape_27700, plain_label(label), given_as)


def plain_label(text: str) -> str:
    """Return a label on one line, without characters that cannot be seen, and not too long."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(seen.split())[:LONGEST_LABEL].rstrip()
