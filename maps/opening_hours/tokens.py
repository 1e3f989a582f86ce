"""The words of opening hours: days, times, “closed”. One that is not known ends the reading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from maps.opening_hours.clock_times import CLOCK_TIME, read_time_range

WEEK = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
BANK_HOLIDAY = "PH"
Span = tuple[int, int]
WHOLE_DAY: Span = (0, 24 * 60)


@dataclass(frozen=True, slots=True)
class Days:
    """Weekdays, bank holidays or dates of the year, in OpenStreetMap's words.

    ``is_general``: it says all days at once, so that a day named besides is an exception.
    """

    names: tuple[str, ...]
    is_general: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """Spans of a day in minutes since midnight; none of them is “closed”."""

    spans: tuple[Span, ...]


class Break:
    """What parts a sentence: a full stop, a semicolon, a new line."""


Token = Days | Times | Break

_DAY_NAMES = {
    "mo": "Mo", "mon": "Mo", "monday": "Mo",
    "tu": "Tu", "tue": "Tu", "tues": "Tu", "tuesday": "Tu",
    "we": "We", "wed": "We", "weds": "We", "wednesday": "We",
    "th": "Th", "thu": "Th", "thur": "Th", "thurs": "Th", "thursday": "Th",
    "fr": "Fr", "fri": "Fr", "friday": "Fr",
    "sa": "Sa", "sat": "Sa", "saturday": "Sa",
    "su": "Su", "sun": "Su", "sunday": "Su",
}  # fmt: skip
_DATES = {"christmas day": "Dec 25", "boxing day": "Dec 26", "new year's day": "Jan 01"}
_DAY = rf"(?:{'|'.join(sorted(_DAY_NAMES, key=len, reverse=True))})s?\b\.?"
_TO = r"\s*(?:-|to|until|till|through)\s*"

_TOKENS = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in {
            "always": r"24\s*/\s*7|24\s*h(?:ou)?rs?(?: a day)?,? (?:7|seven) days(?: a week)?"
            r"|always open|(?:open )?at all times",
            "whole_day": r"24\s*h(?:ou)?rs?(?: (?:a|per) day)?\b",
            "every_day": r"daily\b|every\s?day\b|each day\b|all week\b"
            r"|(?:7|seven) days(?: (?:a|per) week)?\b",
            # Which days are meant by “bank holiday Mondays” is another thing.
            "holidays": rf"(?:bank|public) (?:holidays?|hols?)\b(?!\s*{_DAY})",
            "date": "|".join(_DATES),
            "weekdays": r"weekdays?\b",
            "weekend": r"weekends?\b",
            "days": rf"(?P<first>{_DAY}){_TO}(?P<last>{_DAY})",
            "day": _DAY,
            "times": rf"(?P<start>{CLOCK_TIME}){_TO}(?P<end>{CLOCK_TIME})",
            "closed": r"closed\b|shut\b",
            "stop": r"[;|\n()]|\.(?=\s|$)",
            "filler": r"[\s,:&]+|all year(?: round)?\b"
            r"|(?:and|on|from|open|opening|hours|hrs|times?|is|are|the)\b",
        }.items()
    )
)


def read_tokens(text: str) -> list[Token] | None:
    """Return what a text is made of, or None if it has a word that is not understood."""
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        found = _TOKENS.match(text, position)
        if found is None:
            return None
        read = list(_read(found))
        if None in read:
            return None
        tokens += [token for token in read if token is not None]
        position = found.end()
    return tokens


def _read(found: re.Match[str]) -> Iterator[Token | None]:
    """Give the tokens of what was found, or None where it means more than one thing."""
    match found.lastgroup:
        case "always":
            yield Days(WEEK, is_general=True)
            yield Times((WHOLE_DAY,))
        case "whole_day":
            yield Times((WHOLE_DAY,))
        case "every_day":
            yield Days(WEEK, is_general=True)
        case "holidays":
            yield Days((BANK_HOLIDAY,))
        case "date":
            yield Days((_DATES[found[0]],))
        case "weekdays":
            yield Days(WEEK[:5])
        case "weekend":
            yield Days(WEEK[5:])
        case "days":
            yield Days(_days_between(_name(found["first"]), _name(found["last"])))
        case "day":
            yield Days((_name(found[0]),))
        case "times":
            span = read_time_range(found["start"], found["end"])
            yield Times((span,)) if span else None
        case "closed":
            yield Times(())
        case "stop":
            yield Break()


def _name(written: str) -> str:
    written = written.rstrip(".")
    return _DAY_NAMES.get(written) or _DAY_NAMES[written.removesuffix("s")]


def _days_between(first: str, last: str) -> tuple[str, ...]:
    """Return the days from one to another, over the weekend where it has to be."""
    start, end = WEEK.index(first), WEEK.index(last)
    if start <= end:
        return WEEK[start : end + 1]
    return WEEK[start:] + WEEK[: end + 1]
