"""A boundary as lines of text: one corner on each, and an empty line before another part."""

import re
from itertools import groupby

import shapely
from django.utils.translation import gettext as _

from gazetteer.grid_reference import read_grid_position, read_spelled_metres
from layers import crs
from planning.boundary.examples import example_corner, example_reference
from planning.boundary.faults import SiteUnusable
from planning.boundary.judge import Extent, refuse_corners

Corner = tuple[float, float]

_NUMBER = r"[+-]?\d+(?:\.\d+)?"
# Of lines with single spaces: two repetitions beside each other that both take spaces would try
# every way to share a long run of them, for hours.
_PAIR = re.compile(
    rf"[\[(]? ?({_NUMBER}) ?°? ?([NSEW]|m?[EN])? ?[,; ]+({_NUMBER}) ?°? ?([NSEW]|m?[EN])? ?"
    r"[\])]?[,;.]?",
    re.ASCII | re.IGNORECASE,
)
_REFERENCE = re.compile(r"[A-HJ-Z]{2}[ ,]*\d[\d ,]*", re.ASCII | re.IGNORECASE)
_FINEST_SIDE_M = 10
_FEWEST_CORNERS = 3
_MOST_FAULTS = 8
_LONGEST_SHOWN = 40
_GRID = (0.0, 0.0, 700_000.0, 1_300_000.0)
_DEGREES = (-9.5, 49.0, 2.5, 61.5)


def read_corners(text: str, extent_27700: Extent) -> shapely.Geometry:
    """Return the shape whose corners are written one on each line, in EPSG:27700 metres.

    Parameters
    ----------
    text
        Easting and northing in metres, or a grid reference of 8 or 10 figures (the south-western
        corner of its square), or latitude and longitude in degrees. The last corner need not
        repeat the first. One corner alone is a point; two are a fault.
    extent_27700
        West, south, east, north in metres: faults have examples of there.

    Raises
    ------
    SiteUnusable
        With a sentence for each line that cannot be read, the first eight of them.
    """
    lines = text.splitlines()
    refuse_corners(sum(bool(line.strip()) for line in lines))
    corners: list[Corner | None] = []
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        if len(lines) > 1 and _is_heading(number, line):
            continue
        try:
            corners.append(_read_corner(line, extent_27700) if line.strip() else None)
        except SiteUnusable as fault:
            faults += [
                _("Line %(number)s: %(fault)s") % {"number": number, "fault": each}
                for each in fault.faults
            ]
    if faults:
        raise SiteUnusable(_first(faults))
    return _as_shape(corners)


def _first(faults: list[str]) -> list[str]:
    more = len(faults) - _MOST_FAULTS
    if more <= 0:
        return faults
    rest = _("%(more)s more lines cannot be read either.") % {"more": more}
    return [*faults[:_MOST_FAULTS], rest]


def _is_heading(number: int, line: str) -> bool:
    """Return whether this is a spreadsheet's heading, such as "Easting, Northing"."""
    return number == 1 and bool(line.strip()) and not re.search(r"\d", line)


def _read_corner(line: str, extent_27700: Extent) -> Corner:
    text = " ".join(line.split())
    if _REFERENCE.fullmatch(text):
        return _read_reference(text)
    pair, spelled = _PAIR.fullmatch(text), read_spelled_metres(text)
    if pair is not None:
        first, second = float(pair[1]), float(pair[3])
        letters = (pair[2] or "").upper(), (pair[4] or "").upper()
    elif spelled is not None:
        (first, second), letters = spelled, ("E", "N")
    else:
        raise SiteUnusable(_say_no_corner(text, extent_27700))
    corner = _place(first, second, *letters)
    if corner is None:
        raise SiteUnusable(_say_unfit(first, second, extent_27700))
    return corner


def _say_no_corner(text: str, extent_27700: Extent) -> str:
    return _(
        "“%(text)s” is not a corner. Write an easting and a northing, such as %(corner)s, or a "
        "grid reference, such as %(reference)s."
    ) % {
        "text": text[:_LONGEST_SHOWN],
        "corner": example_corner(extent_27700),
        "reference": example_reference(extent_27700),
    }


def _place(first: float, second: float, letter: str, other: str) -> Corner | None:
    if "." in f"{first}{second}" and (letter, other) in (("W", "N"), ("N", "W")):
        first, second = (-first, second) if letter == "W" else (first, -second)
    for longitude, latitude in ((second, first), (first, second)):
        if _within(longitude, latitude, _DEGREES):
            easting, northing = crs.point_27700(longitude, latitude)
            if easting == easting:
                return easting, northing
    if letter in ("N", "MN") and other in ("E", "ME"):
        first, second = second, first
    if _within(first, second, _GRID) and not _looks_small(first, second):
        return first, second
    return None


def _say_unfit(first: float, second: float, extent_27700: Extent) -> str:
    if _looks_small(first, second):
        return _(
            "The numbers are too small for metres, and are not degrees of a place in Great "
            "Britain. Write all six digits, such as %(corner)s."
        ) % {"corner": example_corner(extent_27700)}
    return _(
        "The numbers are too large: an easting is at most 700,000 and a northing at most 1,300,000."
    )


def _looks_small(first: float, second: float) -> bool:
    """Return whether this is in the sea around the grid's origin: digits are missing."""
    return min(abs(first), abs(second)) < 1_000


def _within(x: float, y: float, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _read_reference(text: str) -> Corner:
    square = read_grid_position(text)
    if square is None:
        raise SiteUnusable(
            _("“%(text)s” is not a grid reference. Write two letters and 8 or 10 figures.")
            % {"text": text[:_LONGEST_SHOWN]}
        )
    if square.side_m > _FINEST_SIDE_M:
        raise SiteUnusable(
            _(
                "“%(text)s” is a square of %(side)s metres, too large for a corner. Give 8 or 10 "
                "figures."
            )
            % {"text": text[:_LONGEST_SHOWN], "side": square.side_m}
        )
    return square.easting - square.side_m / 2, square.northing - square.side_m / 2


def _as_shape(corners: list[Corner | None]) -> shapely.Geometry:
    parts = [
        [corner for corner in group if corner is not None]
        for is_corner, group in groupby(corners, key=lambda corner: corner is not None)
        if is_corner
    ]
    if not parts:
        raise SiteUnusable(_("Enter the corners of the site, one on each line."))
    if len(parts) == 1 and len(parts[0]) == 1:
        return shapely.Point(parts[0][0])
    polygons = [_as_polygon(part) for part in parts]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def _as_polygon(corners: list[Corner]) -> shapely.Polygon:
    if len(set(corners)) < _FEWEST_CORNERS:
        raise SiteUnusable(
            _("A site has at least three corners. For a point, give one corner alone.")
        )
    return shapely.Polygon(corners)
