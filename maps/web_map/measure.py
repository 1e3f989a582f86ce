"""Lengths and areas in British National Grid, as maps and decisions of planners have them."""

from dataclasses import dataclass

import numpy as np
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from gazetteer.query import square_of
from layers.crs import national_grid_from_lonlat
from layers.errors import ParameterInvalid

MOST_CORNERS = 1_000
_METRES_IN_A_MILE = 1609.344
_M2_IN_A_HECTARE = 10_000
_M2_IN_AN_ACRE = 4046.8564224
_M2_IN_A_KM2 = 1_000_000


@dataclass(frozen=True, slots=True)
class Measurement:
    """``length_m`` is along the corners, and back to the first where it is an area (m²).

    ``area_m2`` is None for a distance. ``references`` are the corners' grid references.
    Lengths and areas are of the grid: on the ground they differ by less than 0.04 %.
    """

    length_m: float
    area_m2: float | None
    crosses_itself: bool
    references: tuple[str, ...]


def read_corners(query: QueryDict) -> list[tuple[float, float]]:
    """Return corners from “lon,lat;lon,lat…” (EPSG:4326).

    Raises
    ------
    ParameterInvalid
        There are too few or too many, or one is no pair of numbers.
    """
    parts = [part for part in query.get("corners", "").split(";") if part]
    if not 2 <= len(parts) <= MOST_CORNERS:
        raise ParameterInvalid(
            _("Measuring needs 2 to %(most)s corners.") % {"most": MOST_CORNERS}, "corners"
        )
    try:
        return [_read_corner(part) for part in parts]
    except ValueError:
        raise ParameterInvalid(
            _("A corner is two numbers of degrees, such as -1.8985,52.4793."), "corners"
        ) from None


def measure(corners: list[tuple[float, float]], *, is_area: bool) -> Measurement:
    """Return how long the line through some corners is, or how large the area within them.

    Parameters
    ----------
    corners
        Longitude, latitude (EPSG:4326); shifted to EPSG:27700 by OSTN15.

    Raises
    ------
    ParameterInvalid
        A corner is outside Great Britain.
    """
    degrees = np.array(corners, dtype=np.float64)
    eastings, northings = national_grid_from_lonlat(degrees[:, 0], degrees[:, 1])
    squares = [
        square_of(float(east), float(north)) if east == east else None
        for east, north in zip(eastings, northings, strict=True)
    ]
    if None in squares:
        raise ParameterInvalid(
            _("A corner is outside Great Britain, where nothing can be measured."), "corners"
        )
    line = np.column_stack([eastings, northings])
    closed = np.vstack([line, line[:1]]) if is_area else line
    return Measurement(
        length_m=float(np.hypot(*np.diff(closed, axis=0).T).sum()),
        area_m2=_area_m2(closed) if is_area else None,
        crosses_itself=is_area and _crosses_itself(closed),
        references=tuple(square.label for square in squares if square),
    )


def describe_measurement(measurement: Measurement) -> list[str]:
    """Return it in words: “1.24 km (0.77 miles)”, “2.31 ha (5.70 acres)”."""
    length = _describe_length(measurement.length_m)
    if measurement.area_m2 is None:
        return [_("Distance: %(length)s") % {"length": length}]
    said = [
        _("Area: %(area)s") % {"area": _describe_area(measurement.area_m2)},
        _("Perimeter: %(length)s") % {"length": length},
    ]
    if measurement.crosses_itself:
        said.append(_("The outline crosses itself, so the area means nothing. Move a corner."))
    return said


def _read_corner(text: str) -> tuple[float, float]:
    longitude, latitude = (float(number) for number in text.split(","))
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        raise ValueError
    return longitude, latitude


def _area_m2(ring: np.ndarray) -> float:
    # Around the first corner, or the grid's large numbers would cost the area's last digits.
    x, y = (ring - ring[0]).T
    return abs(float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))) / 2


def _crosses_itself(ring: np.ndarray) -> bool:
    import shapely  # a long import, for a few requests

    return len(ring) > 4 and not shapely.LinearRing(ring).is_simple


def _describe_length(metres: float) -> str:
    miles = _number(metres / _METRES_IN_A_MILE, 2)
    if metres < 1_000:
        return _("%(metres)s m (%(miles)s miles)") % {"metres": _number(metres, 1), "miles": miles}
    return _("%(kilometres)s km (%(miles)s miles)") % {
        "kilometres": _number(metres / 1_000, 3),
        "miles": miles,
    }


def _describe_area(m2: float) -> str:
    acres, hectares = _number(m2 / _M2_IN_AN_ACRE, 2), _number(m2 / _M2_IN_A_HECTARE, 3)
    if m2 < _M2_IN_A_KM2:
        return _("%(m2)s m², %(hectares)s ha (%(acres)s acres)") % {
            "m2": _number(m2, 0),
            "hectares": hectares,
            "acres": acres,
        }
    return _("%(km2)s km², %(hectares)s ha (%(acres)s acres)") % {
        "km2": _number(m2 / _M2_IN_A_KM2, 3),
        "hectares": hectares,
        "acres": acres,
    }


def _number(value: float, places: int) -> str:
    # Left to itself, Django cuts digits off and does not round.
    return number_format(round(value, places), places, force_grouping=True)
