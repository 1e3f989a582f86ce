"""The CRS that the geometries of a filter may be in."""

from dataclasses import dataclass

from layers.errors import FilterInvalid


@dataclass(frozen=True, slots=True)
class FilterCrs:
    """How coordinates of a CRS are read, and which stored geometry they are compared with.

    ``x_range`` and ``y_range`` are what a coordinate can be, in the CRS's own unit, east and
    north whatever the order of its axes.
    """

    uri: str
    stored_srid: int
    axes: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    is_north_first: bool = False
    is_mercator: bool = False

    @property
    def is_geographic(self) -> bool:
        """Whether coordinates are degrees, so that a box may cross the antimeridian."""
        return self.stored_srid == 4326 and not self.is_mercator


_DEGREES = ((-180.0, 180.0), (-90.0, 90.0))
_MERCATOR_M = 20037508.35
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

FILTER_CRS = {
    crs.uri: crs
    for crs in (
        FilterCrs(CRS84, 4326, "longitude, latitude in degrees", *_DEGREES),
        FilterCrs(
            "http://www.opengis.net/def/crs/EPSG/0/4326",
            4326,
            "latitude, longitude in degrees",
            *_DEGREES,
            is_north_first=True,
        ),
        FilterCrs(
            "http://www.opengis.net/def/crs/EPSG/0/27700",
            27700,
            "easting, northing in metres",
            # A box may reach well past the grid, and still means its part of it.
            (-10_000_000.0, 10_000_000.0),
            (-10_000_000.0, 10_000_000.0),
        ),
        FilterCrs(
            "http://www.opengis.net/def/crs/EPSG/0/3857",
            4326,
            "x, y in metres of Web Mercator",
            (-_MERCATOR_M, _MERCATOR_M),
            (-_MERCATOR_M, _MERCATOR_M),
            is_mercator=True,
        ),
    )
}


def find_crs(uri: str) -> FilterCrs:
    """Return the CRS of a URI.

    Raises
    ------
    FilterInvalid
        Filters cannot be in it.
    """
    if uri not in FILTER_CRS:
        raise FilterInvalid(
            f"“filter-crs” cannot be “{uri[:100]}”. It can be: {', '.join(FILTER_CRS)}.",
            "filter-crs",
        )
    return FILTER_CRS[uri]
