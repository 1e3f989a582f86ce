"""Query parameters: every one is known, given once, and means exactly what it says."""

import math
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from difflib import get_close_matches

from django.http import QueryDict

from layers.errors import ParameterInvalid, ParameterUnknown
from layers.query.boxes import Box4326
from layers.query.selection import Interval

DEFAULT_LIMIT = 100
MOST_ITEMS = 1000
MOST_NEAREST = 50
MOST_COLLECTIONS = 50
MOST_METRES = 100_000.0

# float() also takes "nan", "1_0", "１" and spaces; none of those is a number here.
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_WHOLE_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
# fromisoformat() also takes weeks ("2025-W01-1") and leaves out what RFC 3339 asks for.
_DATE = r"\d{4}-\d{2}-\d{2}"
_RFC_3339 = re.compile(
    rf"{_DATE}[Tt]\d{{2}}:\d{{2}}:\d{{2}}(\.\d+)?([Zz]|[+-]\d{{2}}:\d{{2}})", re.ASCII
)
_RFC_3339_DATE = re.compile(_DATE, re.ASCII)
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def refuse_unknown(query: QueryDict, known: Iterable[str]) -> None:
    """Raise unless every parameter is known and given once."""
    names = sorted(known)
    for name, values in query.lists():
        if name not in names:
            raise ParameterUnknown(_unknown(name, names), name[:100])
        if len(values) > 1:
            raise ParameterInvalid(f"“{name}” is given {len(values)} times. Give it once.", name)


def _unknown(name: str, names: list[str]) -> str:
    near = get_close_matches(name.lower(), names, n=1)
    if near:
        return f"“{name[:100]}” is not a parameter of this address. Did you mean “{near[0]}”?"
    listing = ", ".join(names) or "none"
    return f"“{name[:100]}” is not a parameter of this address. It knows: {listing}."


def read_number(text: str, name: str, low: float, high: float) -> float:
    """Return a finite number between ``low`` and ``high``."""
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not low <= number <= high:
        raise ParameterInvalid(
            f"“{name}” must be a number from {low:g} to {high:g}; “{text[:50]}” is not.", name
        )
    return number


def read_required_number(query: QueryDict, name: str, low: float, high: float) -> float:
    """Return a number that the request cannot do without."""
    if name not in query:
        raise ParameterInvalid(f"“{name}” is missing: a number from {low:g} to {high:g}.", name)
    return read_number(str(query[name]), name, low, high)


def read_limit(query: QueryDict, default: int, most: int) -> int:
    """Return how many to give; more than ``most`` is answered with ``most``."""
    text = str(query.get("limit", default))
    if not _WHOLE_NUMBER.fullmatch(text) or int(text) < 1:
        raise ParameterInvalid(
            f"“limit” must be a whole number from 1 to {most}; “{text[:50]}” is not.", "limit"
        )
    return min(int(text), most)


def read_bbox(query: QueryDict) -> Box4326 | None:
    """Return west, south, east, north in degrees (CRS84: longitude first).

    A box of six numbers gives its two heights up. West may be greater than
    east: such a box crosses the antimeridian.
    """
    if "bbox" not in query:
        return None
    parts = str(query["bbox"]).split(",")
    if len(parts) not in (4, 6):
        raise ParameterInvalid(
            "“bbox” needs 4 numbers: west,south,east,north in degrees, such as "
            "-1.95,52.45,-1.85,52.50.",
            "bbox",
        )
    numbers = [read_number(part, "bbox", -1e9, 1e9) for part in parts]
    west, south, east, north = numbers if len(parts) == 4 else [numbers[i] for i in (0, 1, 3, 4)]
    for longitude in (west, east):
        _refuse_outside(longitude, 180, "longitude")
    for latitude in (south, north):
        _refuse_outside(latitude, 90, "latitude")
    if south > north:
        raise ParameterInvalid(
            f"“bbox” has its south ({south:g}) above its north ({north:g}). "
            "The order is west,south,east,north.",
            "bbox",
        )
    return west, south, east, north


def _refuse_outside(degrees: float, most: float, name: str) -> None:
    if not -most <= degrees <= most:
        raise ParameterInvalid(
            f"“bbox” has a {name} of {degrees:g}, but {name}s go from -{most:g} to {most:g}. "
            "The order is west,south,east,north in degrees.",
            "bbox",
        )


def read_bbox_crs(query: QueryDict) -> None:
    """Accept `bbox-crs` only as CRS84, which is what `bbox` is in."""
    if query.get("bbox-crs", _CRS84) != _CRS84:
        raise ParameterInvalid(
            f"“bbox-crs” can only be {_CRS84} here: longitude, latitude in degrees.", "bbox-crs"
        )


def read_interval(query: QueryDict) -> Interval | None:
    """Return the span that `datetime` names: an instant, or an interval with `..` for open ends."""
    text = query.get("datetime")
    if text is None:
        return None
    ends = text.split("/")
    if len(ends) > 2 or set(ends) <= {"", ".."}:
        if len(ends) == 2:
            return Interval(None, None)
        raise _datetime_invalid(text)
    start = _instant(ends[0], text, time.min, may_be_open=len(ends) == 2)
    end = _instant(ends[-1], text, time.max, may_be_open=len(ends) == 2)
    if start and end and start > end:
        raise ParameterInvalid(
            f"“datetime” starts after it ends: {text[:60]}. The earlier time comes first.",
            "datetime",
        )
    return Interval(start, end)


def _instant(text: str, whole: str, at: time, *, may_be_open: bool) -> datetime | None:
    if may_be_open and text in ("", ".."):
        return None
    try:
        if _RFC_3339_DATE.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), at, tzinfo=UTC)
        if _RFC_3339.fullmatch(text):
            return datetime.fromisoformat(text.upper())
    except ValueError:
        pass
    raise _datetime_invalid(whole)


def _datetime_invalid(text: str) -> ParameterInvalid:
    return ParameterInvalid(
        f"“datetime” cannot be read: {text[:60]}. Write 2026-03-31, 2026-03-31T09:00:00Z, or two "
        "of these with a slash between; .. is an open end.",
        "datetime",
    )


def read_format(query: QueryDict, accepted: tuple[str, ...]) -> None:
    """Raise unless `f` is absent or names a format that this address has."""
    wanted = query.get("f", accepted[0])
    if wanted not in accepted:
        raise ParameterInvalid(
            f"“f” can be {' or '.join(accepted)} here; “{wanted[:30]}” is not available.", "f"
        )


def read_collections(query: QueryDict) -> tuple[str, ...] | None:
    """Return the collections asked for, in order and once each, or None for the default ones."""
    if "collections" not in query:
        return None
    names = tuple(dict.fromkeys(str(query["collections"]).split(",")))
    if len(names) > MOST_COLLECTIONS or not all(names):
        raise ParameterInvalid(
            "“collections” needs one to fifty collection ids with commas between, such as "
            "schools,libraries.",
            "collections",
        )
    return names
