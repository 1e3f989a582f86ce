"""The addresses around a site as the rows of a table for letters."""

from collections.abc import Iterator

from planning.query.neighbours import FARTHEST_M, Neighbour, Neighbours

HEADER = (
    "uprn", "address_1", "address_2", "address_3", "address_4", "address_5", "postcode",
    "distance_m", "easting", "northing", "attribution",
)  # fmt: skip
USUAL_DISTANCE_M = 20
_LINES = 5


def letter_rows(neighbours: Neighbours) -> Iterator[tuple[object, ...]]:
    """Yield a row for each address, nearest first; what is beyond five lines stands in the last."""
    for each in neighbours.addresses:
        place = (f"{each.distance_m:.2f}", f"{each.easting:.2f}", f"{each.northing:.2f}")
        yield each.uprn, *_lines(each), each.postcode, *place, neighbours.attribution


def read_distance_m(text: str) -> int:
    """Return the distance that somebody typed, in whole metres.

    Raises
    ------
    ValueError
        It is no whole number from 0 to `FARTHEST_M`.
    """
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) <= len(f"{FARTHEST_M:.0f}")):
        raise ValueError("no whole number of metres")
    distance_m = int(plain)
    if distance_m > FARTHEST_M:
        raise ValueError("too far")
    return distance_m


def _lines(each: Neighbour) -> tuple[str, ...]:
    lines = each.lines
    if len(lines) > _LINES:
        lines = (*lines[: _LINES - 1], ", ".join(lines[_LINES - 1 :]))
    return lines + ("",) * (_LINES - len(lines))
