"""Grid references and coordinates as people type them.

Everything is in EPSG:27700 metres, easting before northing; degrees are EPSG:4326.
"""

import re
from dataclasses import dataclass

from layers import crs

# The letters of the National Grid leave out I; squares are counted from the false origin.
_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
_SQUARE_M = 100_000
_WEST_SQUARES, _SOUTH_SQUARES = 10, 5
_EASTERN_LIMIT_M, _NORTHERN_LIMIT_M = 700_000, 1_300_000
_REFERENCE = re.compile(r"([A-HJ-Z]{2})[ ,]*([0-9]{1,5}[ ,]*[0-9]{0,5}|)", re.ASCII)
_METRES = re.compile(
    r"(\d{5,6})(?:\.\d{1,3})? ?(?:mE|m|E)?[,; ]\s*(\d{5,7})(?:\.\d{1,3})? ?(?:mN|m|N)?", re.ASCII
)
# 374500, or 374,500. Where both have commas, a comma alone between them would say nothing.
_FIGURES = r"((?:\d{5,7}|\d{2,3},\d{3}|1,\d{3},\d{3})(?:\.\d{1,3})?) ?m?"
_GROUPED = re.compile(rf"{_FIGURES}E?(?:, |; ?| ){_FIGURES}N?", re.ASCII | re.IGNORECASE)
_EASTING, _NORTHING = (
    rf"{word}[ :=]{{0,2}}{_FIGURES}" for word in ("E(?:asting)?", "N(?:orthing)?")
)
_SAID = re.compile(rf"{_EASTING}[ ,;]{{0,2}}{_NORTHING}", re.ASCII | re.IGNORECASE)
_SAID_NORTH_FIRST = re.compile(rf"{_NORTHING}[ ,;]{{0,2}}{_EASTING}", re.ASCII | re.IGNORECASE)
_DEGREES = re.compile(
    r"(-?\d{1,2}\.\d{1,15})°?\s*([NS]?)[,; ]\s*(-?\d{1,2}(?:\.\d{1,15})?)°?\s*([EW]?)",
    re.ASCII | re.IGNORECASE,
)
_LATITUDES, _LONGITUDES = (49.0, 61.5), (-9.0, 2.5)


@dataclass(frozen=True, slots=True)
class GridSquare:
    """A square of the National Grid: ``SP066868`` is 100 m wide. The middle is in metres."""

    reference: str
    side_m: int
    easting: float
    northing: float

    @property
    def label(self) -> str:
        half = (len(self.reference) - 2) // 2 + 2
        return f"{self.reference[:2]} {self.reference[2:half]} {self.reference[half:]}"


def read_grid_position(text: str) -> GridSquare | None:
    """Return the square that a text names, or None.

    "SP 066 868", "SP0668" and 8 and 10 figures; "406600,286800", easting first, or as
    `read_spelled_metres`; and "52.48, -1.89", latitude first, or longitude first where only that
    can be meant.
    """
    plain = text.strip()
    return _read_reference(plain.upper()) or _read_metres(plain) or _read_degrees(plain)


def read_spelled_metres(text: str) -> tuple[float, float] | None:
    """Return the easting and northing of "E 406600 N 286800" or "406,600 286,800", or None.

    In metres. Letters say which is which; without them the easting comes first.
    """
    plain = " ".join(text.split())
    if found := _SAID.fullmatch(plain) or _GROUPED.fullmatch(plain):
        easting, northing = found.groups()
    elif found := _SAID_NORTH_FIRST.fullmatch(plain):
        northing, easting = found.groups()
    else:
        return None
    return float(easting.replace(",", "")), float(northing.replace(",", ""))


def square_of(easting: float, northing: float, figures: int = 10) -> GridSquare | None:
    """Return the square of so many figures that a point lies in, or None outside the grid."""
    if not (0 <= easting < _EASTERN_LIMIT_M and 0 <= northing < _NORTHERN_LIMIT_M):
        return None
    side_m = 10 ** (5 - figures // 2)
    column, row = int(easting // _SQUARE_M), int(northing // _SQUARE_M)
    places = figures // 2
    east = int(easting % _SQUARE_M) // side_m
    north = int(northing % _SQUARE_M) // side_m
    reference = f"{_letters_of(column, row)}{east:0{places}d}{north:0{places}d}"
    return GridSquare(
        reference,
        side_m,
        column * _SQUARE_M + (east + 0.5) * side_m,
        row * _SQUARE_M + (north + 0.5) * side_m,
    )


def _read_reference(text: str) -> GridSquare | None:
    found = _REFERENCE.fullmatch(text)
    if found is None:
        return None
    digits = re.sub(r"[ ,]", "", found[2])
    corner = _corner_of(found[1])
    if corner is None or len(digits) % 2 or not 4 <= len(digits) <= 10:
        return None
    places = len(digits) // 2
    side_m = 10 ** (5 - places)
    east, north = int(digits[:places]), int(digits[places:])
    easting, northing = corner[0] + east * side_m, corner[1] + north * side_m
    return square_of(easting, northing, len(digits))


def _read_metres(text: str) -> GridSquare | None:
    found = _METRES.fullmatch(text)
    if found:
        return square_of(float(found[1]), float(found[2]))
    spelled = read_spelled_metres(text)
    return square_of(*spelled) if spelled else None


def _read_degrees(text: str) -> GridSquare | None:
    found = _DEGREES.fullmatch(text)
    if found is None:
        return None
    first = -float(found[1]) if found[2].upper() == "S" else float(found[1])
    second = -float(found[3]) if found[4].upper() == "W" else float(found[3])
    for latitude, longitude in ((first, second), (second, first)):
        if _within(latitude, _LATITUDES) and _within(longitude, _LONGITUDES):
            easting, northing = crs.point_27700(longitude, latitude)
            return square_of(easting, northing) if easting == easting else None
    return None


def _within(number: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= number <= limits[1]


def _corner_of(letters: str) -> tuple[int, int] | None:
    """Return the south-western corner of a 100 km square in metres, or None outside the grid."""
    first, second = (_LETTERS.index(letter) for letter in letters)
    column = first % 5 * 5 + second % 5 - _WEST_SQUARES
    row = (4 - first // 5) * 5 + 4 - second // 5 - _SOUTH_SQUARES
    corner = column * _SQUARE_M, row * _SQUARE_M
    is_on_grid = 0 <= corner[0] < _EASTERN_LIMIT_M and 0 <= corner[1] < _NORTHERN_LIMIT_M
    return corner if is_on_grid else None


def _letters_of(column: int, row: int) -> str:
    east, north = column + _WEST_SQUARES, row + _SOUTH_SQUARES
    first = (4 - north // 5) * 5 + east // 5
    second = (4 - north % 5) * 5 + east % 5
    return _LETTERS[first] + _LETTERS[second]
