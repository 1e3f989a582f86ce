"""Turns the geometry of a KML Placemark into a shape in longitude and latitude."""

import re
from xml.etree.ElementTree import Element

import shapely

_SIMPLE = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack")
_AROUND_COMMA = re.compile(r"\s*,\s*")
_SHOWN_CHARACTERS = 60
Position = tuple[float, ...]


class ShapeNotRead(Exception):
    """A geometry that is there and cannot be read; says why."""


def find_shape(placemark: Element) -> shapely.Geometry | None:
    """Return the shape of a Placemark, x (longitude) first, or None where it has none.

    Raises
    ------
    ShapeNotRead
        Its coordinates make no shape.
    """
    for child in placemark:
        if child.tag in _SIMPLE:
            return _shape(child)
    return None


def _shape(element: Element) -> shapely.Geometry:
    try:
        if element.tag == "Point":
            return shapely.Point(_one_position(element))
        if element.tag in ("LineString", "LinearRing"):
            return shapely.LineString(_positions(element))
        if element.tag == "Polygon":
            return _polygon(element)
        if element.tag == "Track":
            return shapely.LineString([_numbers(at.text, None) for at in element.findall("coord")])
        return _gathered([_shape(child) for child in element if child.tag in _SIMPLE])
    except shapely.errors.GEOSException:
        # Its own words are for programmers.
        raise ShapeNotRead(
            f"its coordinates make no {element.tag}: they are too few, or do not close."
        ) from None
    except ValueError as error:
        raise ShapeNotRead(f"its coordinates make no {element.tag}: {error}.") from None


def _polygon(element: Element) -> shapely.Polygon:
    rings = [
        _positions(ring)
        for side in ("outerBoundaryIs", "innerBoundaryIs")
        for ring in element.iterfind(f"{side}/LinearRing")
    ]
    if not element.findall("outerBoundaryIs/LinearRing"):
        raise ShapeNotRead("its Polygon has no outer ring.")
    return shapely.Polygon(rings[0], rings[1:])


def _gathered(shapes: list[shapely.Geometry]) -> shapely.Geometry:
    """Return one shape of several, of their own type where they have one."""
    kinds = {shape.geom_type for shape in shapes}
    if len(shapes) == 1:
        return shapes[0]
    if kinds == {"Point"}:
        return shapely.MultiPoint(shapes)
    if kinds == {"LineString"}:
        return shapely.MultiLineString(shapes)
    parts = [part for shape in shapes for part in shapely.get_parts(shape)]
    if kinds and kinds <= {"Polygon", "MultiPolygon"}:
        return shapely.MultiPolygon(parts)
    return shapely.GeometryCollection(parts)


def _one_position(element: Element) -> Position:
    positions = _positions(element)
    if len(positions) != 1:
        raise ShapeNotRead(f"its Point has {len(positions)} positions and must have one.")
    return positions[0]


def _positions(element: Element) -> list[Position]:
    text = _AROUND_COMMA.sub(",", element.findtext("coordinates", ""))
    return [_numbers(position, ",") for position in text.split()]


def _numbers(text: str | None, separator: str | None) -> Position:
    """Return longitude and latitude of "longitude,latitude[,height]"."""
    said = text or ""
    parts = said.split(separator)
    try:
        longitude, latitude, *_ = numbers = [float(part) for part in parts if part]
    except ValueError:
        numbers = []
    if not 2 <= len(numbers) <= 3:
        raise ShapeNotRead(
            f"“{said[:_SHOWN_CHARACTERS]}” is not longitude,latitude or longitude,latitude,height."
        )
    return longitude, latitude
