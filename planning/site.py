"""The site that a check is about."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.contrib.gis.geos import GEOSGeometry, Point

GivenAs = Literal["point", "address", "uprn", "postcode", "drawn", "typed", "file", "feature"]


@dataclass(frozen=True)
class Site:
    """A point, or an area of one or several parts.

    ``geom_27700`` is a Point, Polygon or MultiPolygon in EPSG:27700 (easting, northing; metres),
    valid and not empty. ``label`` is what people call it; ``given_as`` is how they said where it
    is. Nothing else of what they gave is kept.
    """

    geom_27700: GEOSGeometry
    label: str
    given_as: GivenAs

    @property
    def is_point(self) -> bool:
        """Whether nothing but a point is known of it: then nothing overlaps by an area."""
        return isinstance(self.geom_27700, Point)

    @cached_property
    def area_m2(self) -> float:
        """Its area on the British National Grid, 0 of a point."""
        return float(self.geom_27700.area)
