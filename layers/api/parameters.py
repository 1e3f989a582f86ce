"""Query parameters: every one is known, given once, and means exactly what it says."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time
from difflib import get_close_matches

from django.http import HttpRequest, QueryDict

from layers import crs
from layers.api.negotiation import HTML_FORMAT
from layers.errors import AddressTooLong, ParameterInvalid, ParameterUnknown
from layers.query.filters.limits import MOST_CHARACTERS
from layers.query.selection import Interval

DEFAULT_LIMIT = 100
MOST_ITEMS = 1000
MOST_NEAREST = 50
MOST_COLLECTIONS = 50
MOST_METRES = 100_000.0
_LONGEST_CURSOR = 500

# float() also takes "nan", "1_0", "１" and spaces; none of those is a number here.
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_WHOLE_NUMBER = re.compile(r"\d{1,1000}", re.ASCII)
# fromisoformat() also takes weeks ("2025-W01-1") and leaves out what RFC 3339 asks for.
_DATE = r"\d{4}-\d{2}-\d{2}"
RFC_3339 = re.compile(
    rf"{_DATE}[Tt]\d{{2}}:\d{{2}}:\d{{2}}(\.\d+)?([Zz]|[+-]\d{{2}}:\d{{2}})", re.ASCII
)
_RFC_3339_DATE = re.compile(_DATE, re.ASCII)
_DAY_BY_GDAL = re.compile(rf"{_DATE}T(/|$)", re.ASCII)


def refuse_too_long(request: HttpRequest) -> None:
    """Raise unless the address, and those of the pages after it, pass every server on the way.

    granian and nginx are told to take 64 kB of an address with its headers, and say nothing in
    words beyond that (scripts/web.py, deploy/nginx.conf).
    """
    length = len(request.META.get("QUERY_STRING", ""))
    # A `next` link is what was asked, and a cursor.
    if length > MOST_CHARACTERS + (_LONGEST_CURSOR if "cursor" in request.GET else 0):
        raise AddressTooLong(
            f"The query has {length:,} characters, as it is sent, and may have "
            f"{MOST_CHARACTERS:,}. A shape of fewer corners is shorter, or one of five "
            "decimals of a degree, which are a metre.",
        )


def refuse_unknown(
    query: QueryDict, known: Iterable[str], more: Callable[[], Iterable[str]] = tuple
) -> None:
    """Raise unless every parameter is known and given once.

    ``more`` gives further names, and is asked only when one is not among ``known``.
    """
    names = set(known)
    for name, values in query.lists():
        if name not in names and name not in names.union(more()):
            raise ParameterUnknown(_unknown(name, sorted(names.union(more()))), name[:100])
        if len(values) > 1:
            raise ParameterInvalid(f"“{name}” is given {len(values)} times. Give it once.", name)


def _unknown(name: str, names: list[str]) -> str:
    near = get_close_matches(name.lower(), names, n=1)
    if near:
        return f"“{name[:100]}” is not a parameter of this address. Did you mean “{near[0]}”?"
    return f"“{name[:100]}” is not a parameter of this address. It knows: {listed(names)}."


def listed(names: Sequence[str]) -> str:
    """Return names with commas between, as many as a sentence can hold."""
    if not names:
        return "none"
    shown = [name for place, name in enumerate(names) if len(", ".join(names[: place + 1])) < 250]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def read_names(text: str) -> list[str]:
    """Return what stands between commas; of nothing, no names."""
    return text.split(",") if text else []


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


def point_27700(
    longitude: float, latitude: float, parameter: str, said: str
) -> tuple[float, float]:
    """Return the easting and northing in metres of a place in degrees, shifted by OSTN15.

    ``said`` is how the request named the place, for whoever has to put it right.
    """
    easting, northing = crs.point_27700(longitude, latitude)
    if easting != easting:  # NaN: outside the area that OSTN15 covers
        raise ParameterInvalid(
            f"{said} is not in Great Britain. The longitude, about -1.9 in Birmingham, comes as "
            "“lon” or first, and the latitude, about 52.5, as “lat” or second.",
            parameter,
        )
    return easting, northing


def read_limit(query: QueryDict, default: int, most: int) -> int:
    """Return how many to give; more than ``most`` is answered with ``most``."""
    text = str(query.get("limit", default))
    if not _WHOLE_NUMBER.fullmatch(text) or int(text) < 1:
        raise ParameterInvalid(
            f"“limit” must be a whole number from 1 to {most}; “{text[:50]}” is not.", "limit"
        )
    return min(int(text), most)


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
        if RFC_3339.fullmatch(text):
            return datetime.fromisoformat(text.upper())
    except ValueError:
        pass
    raise _datetime_invalid(whole)


def _datetime_invalid(text: str) -> ParameterInvalid:
    message = (
        f"“datetime” cannot be read: {text[:60]}. Write 2026-03-31, 2026-03-31T09:00:00Z, or two "
        "of these with a slash between; .. is an open end."
    )
    # It says so for a condition on any date, so reading it would select by another date than meant.
    if _DAY_BY_GDAL.search(text):
        message += (
            " GDAL writes a day like this for any condition on a date, whichever date that is. "
            "Select by “filter” in the address of /items or /download instead, such as "
            "filter=opened_on >= DATE('2026-03-31')."
        )
    return ParameterInvalid(message, "datetime")


def read_format(query: QueryDict, accepted: tuple[str, ...]) -> None:
    """Raise unless `f` is absent or names a format that this address has."""
    # Whether there is a page as well was asked before (`PublicView.initial`).
    offered = tuple(dict.fromkeys((*accepted, HTML_FORMAT)))
    wanted = query.get("f", accepted[0])
    if wanted not in offered:
        raise ParameterInvalid(
            f"“f” can be {' or '.join(offered)} here; “{wanted[:30]}” is not available.", "f"
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
