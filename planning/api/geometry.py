"""A site as GeoJSON: read, and refused with what is wrong and where."""

import math
import re
from collections.abc import Sequence
from itertools import accumulate, chain
from typing import Any, cast

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from shapely import GeometryType
from shapely.geometry.base import BaseGeometry

from layers import crs
from layers.errors import ParameterInvalid
from planning.site import Site

MOST_BYTES = 1_000_000
MOST_VERTICES = 20_000
MOST_AREA_M2 = 25_000_000
GEOMETRIES = ("Point", "Polygon", "MultiPolygon")
_DEGREES = re.compile(r"CRS84|(?<!\d)4326(?!\d)")
_PLACE = re.compile(r"\[(\S+) (\S+)\]")
_NAME = "geometry"

# Longitude and latitude of each corner, the first repeated at the end.
Ring = Sequence[Sequence[float]]


def read_site(body: bytes) -> Site:
    """Return the site that a request's body describes.

    Longitude comes before latitude, in degrees (CRS84); it is shifted to EPSG:27700 by OSTN15.

    Raises
    ------
    ParameterInvalid
        It is no GeoJSON, of another kind, too large, outside Great Britain, or no valid area.
    """
    if len(body) > MOST_BYTES:
        raise _invalid(f"The body has more than {MOST_BYTES:,} bytes. Simplify the boundary.")
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise _invalid(f"The body is not JSON: {error}.") from error
    geometry = _geometry(document)
    return _site(_shape(geometry["type"], geometry["coordinates"]))


def _geometry(document: Any) -> dict[str, Any]:
    """Return the one geometry of a document: itself, a feature's, or that of the only feature."""
    found = _object(document)
    if found.get("type") == "FeatureCollection":
        found = _object(_only_feature(found))
    if found.get("type") == "Feature":
        found = _object(found.get("geometry"))
    if found.get("type") not in GEOMETRIES:
        raise _invalid(
            f"The geometry is “{str(found.get('type'))[:30]}”. Send a Point, a Polygon or a "
            "MultiPolygon, or one feature with one of these."
        )
    if "coordinates" not in found:
        raise _invalid("The geometry has no “coordinates”.")
    return found


def _only_feature(collection: dict[str, Any]) -> Any:
    features = collection.get("features")
    if not isinstance(features, list) or len(features) != 1:
        raise _invalid(
            "A FeatureCollection must hold one feature. Join several into one MultiPolygon."
        )
    return features[0]


def _object(document: Any) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise _invalid("The body must be one GeoJSON geometry or feature.")
    _refuse_other_crs(document.get("crs"))
    return document


def _refuse_other_crs(said: Any) -> None:
    if said is not None and not _DEGREES.search(str(said)):
        raise _invalid(
            "The “crs” names another reference system. Send longitude and latitude in degrees."
        )


def _shape(kind: str, coordinates: Any) -> BaseGeometry:
    """Return the shape in EPSG:27700, which need not be valid."""
    if kind == "Point":
        return shapely.Point(_shifted([_position(coordinates, "the point")])[0])
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise _invalid("The geometry has no polygon.")
    several = len(polygons) > 1
    made = [
        _rings(rings, f"polygon {number}, " if several else "")
        for number, rings in enumerate(polygons, start=1)
    ]
    return _joined(made)


def _joined(polygons: list[list[Ring]]) -> BaseGeometry:
    """Return one polygon, or several as one shape, of rings in degrees."""
    rings = [*chain.from_iterable(polygons)]
    ring_ends = [*accumulate(map(len, rings), initial=0)]
    if ring_ends[-1] > MOST_VERTICES:
        raise _invalid(f"The boundary has more than {MOST_VERTICES:,} corners. Simplify it.")
    kind, ends = GeometryType.POLYGON, [ring_ends, [*accumulate(map(len, polygons), initial=0)]]
    if len(polygons) > 1:
        kind, ends = GeometryType.MULTIPOLYGON, [*ends, [0, len(polygons)]]
    shifted = _shifted([*chain.from_iterable(rings)])
    shapes = shapely.from_ragged_array(kind, shifted, tuple(map(np.array, ends)))
    return cast(BaseGeometry, shapes[0])


def _shifted(positions: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """Return positions in degrees as an array of eastings and northings in metres, one a row."""
    longitudes, latitudes = zip(*positions, strict=True)
    eastings, northings = crs.national_grid_from_lonlat(np.array(longitudes), np.array(latitudes))
    for place, either in enumerate((eastings + northings).tolist()):
        if not math.isfinite(either):
            raise _outside(longitudes[place], latitudes[place])
    shifted = np.empty((len(positions), 2))
    shifted[:, 0], shifted[:, 1] = eastings, northings
    return shifted


def _outside(longitude: float, latitude: float) -> ParameterInvalid:
    looks_swapped = 49 < longitude < 61 and -9 < latitude < 2
    advice = " The two look swapped: longitude comes first." if looks_swapped else ""
    return _invalid(
        f"The site is not all in Great Britain: it has {longitude:g}, {latitude:g}.{advice}"
    )


def _rings(rings: Any, where: str) -> list[Ring]:
    if not isinstance(rings, list) or not rings:
        raise _invalid(f"In {where.removesuffix(', ') or 'the polygon'} there is no ring.")
    return [
        _ring(ring, f"{where}{'the outer ring' if number == 0 else f'hole {number}'}")
        for number, ring in enumerate(rings)
    ]


def _ring(ring: Any, where: str) -> Ring:
    if not isinstance(ring, list):
        raise _invalid(f"In {where} there is no list of positions.")
    positions: Ring = ring
    if not _are_degrees(ring):
        # Slower, and says which of them is wrong; or there are altitudes, which it leaves out.
        positions = [
            _position(each, f"{where}, position {number}")
            for number, each in enumerate(ring, start=1)
        ]
    if len(positions) < 4:
        raise _invalid(
            f"In {where} there are {len(positions)} positions. A ring has four at least, of which "
            "the last repeats the first."
        )
    if positions[0] != positions[-1]:
        raise _invalid(f"In {where} the last position must repeat the first.")
    return positions


def _are_degrees(ring: list[Any]) -> bool:
    """Return whether each is a longitude and a latitude, without altitude."""
    if set(map(type, ring)) != {list} or set(map(len, ring)) != {2}:
        return False
    numbers: list[float] = [*chain.from_iterable(ring)]
    if not set(map(type, numbers)) <= {int, float}:
        return False
    longitudes, latitudes = numbers[::2], numbers[1::2]
    return (
        min(longitudes) >= -180
        and max(longitudes) <= 180
        and min(latitudes) >= -90
        and max(latitudes) <= 90
    )


def _position(position: Any, where: str) -> tuple[float, float]:
    is_pair = isinstance(position, list) and 2 <= len(position) <= 4
    if not is_pair or not all(_is_number(each) for each in position):
        raise _invalid(f"In {where} there is no pair of numbers, longitude before latitude.")
    longitude, latitude = float(position[0]), float(position[1])
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise _invalid(
            f"In {where} there is {longitude:g}, {latitude:g}: not degrees. Eastings and northings "
            "have to be turned into longitude and latitude first."
        )
    return longitude, latitude


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def _site(shape: BaseGeometry) -> Site:
    if not shape.is_valid:
        raise _invalid(_what_is_wrong(shapely.is_valid_reason(shape)))
    if isinstance(shape, shapely.Point):
        return Site(shape, "", "point")
    area_m2 = shape.area
    if area_m2 > MOST_AREA_M2:
        raise _invalid(
            f"The site has {area_m2 / 10_000:,.0f} hectares; {MOST_AREA_M2 // 10_000:,} are "
            "the most that one check takes. Send a part of it."
        )
    if area_m2 == 0:
        raise _invalid("The boundary encloses nothing.")
    return Site(shape, "", "drawn")


def _what_is_wrong(reason: str) -> str:
    """Return GEOS's reason with its place in degrees, as the request has them."""
    what = reason.partition("[")[0].strip().lower()
    words = f"The boundary is not valid: {what}"
    if match := _PLACE.search(reason):
        longitude, latitude = crs.point_4326(float(match[1]), float(match[2]))
        words += f", at {longitude:.6f}, {latitude:.6f}"
    return f"{words}. Draw it so that no line crosses or repeats another."


def _invalid(detail: str) -> ParameterInvalid:
    return ParameterInvalid(detail, _NAME)
