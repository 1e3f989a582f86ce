"""Exact OSGB36 to WGS84 and back by OSTN15: the only place that changes datum.

Axis order here is always x before y: easting, northing in EPSG:27700 and
longitude, latitude in EPSG:4326. EPSG:4326 and OGC:CRS84 are taken as ETRS89,
as Ordnance Survey's own transformation does.

Source: Ordnance Survey, *A guide to coordinate systems in Great Britain*, and
its OSTN15 developer pack. PROJ without the OSTN15 grid falls back to a Helmert
shift that is 1.6 to 1.9 m off in Birmingham, silently; so it is not used.
"""

from collections.abc import Callable

import numpy as np
import shapely
from convertbng.cutil import convert_bng, convert_lonlat
from numpy.typing import NDArray

from layers.errors import DatumShiftWrong

BRITISH_NATIONAL_GRID = 27700
WGS84 = 4326

Coordinates = NDArray[np.float64]
Geometries = NDArray[np.object_]

# TP01 (Scilly) and Caister of Ordnance Survey's pack: easting, northing, longitude, latitude.
_CONTROL_POINTS = (
    (91492.146, 11318.804, -6.29977752014, 49.92226393730),
    (651409.804, 313177.450, 1.71607397, 52.65800783),
)
_TOLERANCE_M = 0.01
_METRES_PER_DEGREE = 111_000


def national_grid_from_lonlat(
    longitudes: Coordinates, latitudes: Coordinates
) -> tuple[Coordinates, Coordinates]:
    """Return eastings and northings in metres (EPSG:27700).

    Parameters
    ----------
    longitudes, latitudes
        Degrees, EPSG:4326, arrays of one shape. Points outside OSTN15's area
        (Great Britain and its coast) and NaN give NaN.
    """
    return convert_bng(np.ascontiguousarray(longitudes), np.ascontiguousarray(latitudes))


def lonlat_from_national_grid(
    eastings: Coordinates, northings: Coordinates
) -> tuple[Coordinates, Coordinates]:
    """Return longitudes and latitudes in degrees (EPSG:4326).

    Parameters
    ----------
    eastings, northings
        Metres, EPSG:27700, arrays of one shape. Points outside OSTN15's area
        and NaN give NaN.
    """
    return convert_lonlat(np.ascontiguousarray(eastings), np.ascontiguousarray(northings))


def point_27700(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the easting and northing in metres of one point given in degrees."""
    eastings, northings = national_grid_from_lonlat(np.array([longitude]), np.array([latitude]))
    return float(eastings[0]), float(northings[0])


def point_4326(easting: float, northing: float) -> tuple[float, float]:
    """Return the longitude and latitude in degrees of one point given in metres."""
    longitudes, latitudes = lonlat_from_national_grid(np.array([easting]), np.array([northing]))
    return float(longitudes[0]), float(latitudes[0])


def to_4326(geometries: Geometries) -> Geometries:
    """Return EPSG:27700 geometries (easting, northing) as EPSG:4326 (longitude, latitude).

    Parameters
    ----------
    geometries
        2D shapely geometries; None stays None. One with a vertex outside OSTN15's
        area, or that is not a number, becomes None. None of them gets an SRID of its own.
    """
    return _transform(geometries, lonlat_from_national_grid)


def to_27700(geometries: Geometries) -> Geometries:
    """Return EPSG:4326 geometries (longitude, latitude) as EPSG:27700 (easting, northing).

    Parameters
    ----------
    geometries
        2D shapely geometries; None stays None. One with a vertex outside OSTN15's
        area, or that is not a number, becomes None. None of them gets an SRID of its own.
    """
    return _transform(geometries, national_grid_from_lonlat)


def check_datum_shift() -> None:
    """Raise `DatumShiftWrong` unless OSTN15 agrees with Ordnance Survey to 0.01 m, both ways."""
    for easting, northing, longitude, latitude in _CONTROL_POINTS:
        found_easting, found_northing = point_27700(longitude, latitude)
        found_longitude, found_latitude = point_4326(easting, northing)
        off = (
            found_easting - easting,
            found_northing - northing,
            (found_longitude - longitude) * _METRES_PER_DEGREE,
            (found_latitude - latitude) * _METRES_PER_DEGREE,
        )
        # Not the built-in max, which passes over a NaN that does not come first.
        off_m = float(np.max(np.abs(off)))
        if not off_m <= _TOLERANCE_M:
            raise DatumShiftWrong(
                f"OSTN15 puts {easting}, {northing} {off_m:.3f} m away from where Ordnance Survey "
                "does. Reinstall the convertbng package; do not serve or import until it agrees."
            )


def _transform(
    geometries: Geometries,
    shift: Callable[[Coordinates, Coordinates], tuple[Coordinates, Coordinates]],
) -> Geometries:
    coordinates, owners = shapely.get_coordinates(geometries, return_index=True)
    x, y = shift(coordinates[:, 0], coordinates[:, 1])
    is_inside = np.isfinite(x) & np.isfinite(y)
    shifted = geometries.copy()
    if is_inside.all():
        shapely.set_coordinates(shifted, np.column_stack([x, y]))
        return shifted
    # Before the rest is shifted: GEOS takes no ring whose two ends are NaN, unlike each other.
    outside = np.unique(owners[~is_inside])
    shifted[outside] = None
    kept = ~np.isin(owners, outside)
    shapely.set_coordinates(shifted, np.column_stack([x[kept], y[kept]]))
    return shifted
