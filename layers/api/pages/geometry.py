"""A GeoJSON geometry in words: what it is, how large it is written, and where it lies."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

# A table of coordinates is for machines; what is longer than this is in the data.
_LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class GeometryWords:
    """A geometry for people.

    The corners are the lowest and the highest first and second coordinate, in the
    answer's own CRS and axis order. ``text`` is the geometry as JSON, if short.
    """

    type: str
    position_count: int
    low: tuple[float, float] | None
    high: tuple[float, float] | None
    text: str


def describe_geometry(geometry: dict[str, Any] | None) -> GeometryWords | None:
    """Return a geometry in words; None for a feature without a location."""
    if geometry is None:
        return None
    positions = list(_positions(geometry))
    text = orjson.dumps(geometry.get("coordinates", geometry)).decode()
    firsts, seconds = [p[0] for p in positions], [p[1] for p in positions]
    return GeometryWords(
        type=str(geometry["type"]),
        position_count=len(positions),
        low=(min(firsts), min(seconds)) if positions else None,
        high=(max(firsts), max(seconds)) if positions else None,
        text=text if len(text) <= _LONGEST_TEXT else "",
    )


def middle_of(geometry: dict[str, Any] | None) -> tuple[float, float] | None:
    """Return the middle of a geometry's box, in its own coordinates."""
    words = describe_geometry(geometry)
    if words is None or words.low is None or words.high is None:
        return None
    return (words.low[0] + words.high[0]) / 2, (words.low[1] + words.high[1]) / 2


def _positions(geometry: dict[str, Any]) -> Iterator[list[float]]:
    for member in geometry.get("geometries", ()):
        yield from _positions(member)
    yield from _positions_in(geometry.get("coordinates", []))


def _positions_in(coordinates: list[Any]) -> Iterator[list[float]]:
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates
        return
    for part in coordinates:
        yield from _positions_in(part)
