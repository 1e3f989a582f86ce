"""Two times of day as people write them, such as “9-5”, read only if they mean one thing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HOUR = 60
_NOON = 12 * _HOUR
_DAY = 24 * _HOUR
# Nothing that the public visits opens between midnight and five unless its hours say so outright.
_EARLIEST_GUESS = 5 * _HOUR
# “09:00-05:00” is a slip for 17:00; a night is shorter.
_LONGEST_NIGHT = 12 * _HOUR

CLOCK_TIME = r"(?:(?:12\s*)?(?:noon|midday|midnight)|\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm)?(?!\d)|\d{4})"
_CLOCK_TIME = re.compile(r"(?P<hour>\d\d?)(?:[:.]?(?P<minute>\d\d))?\s*(?P<half>am|pm)?")


@dataclass(frozen=True, slots=True)
class _ClockTime:
    """A time as written. ``minutes`` are all that it may mean, since midnight."""

    minutes: tuple[int, ...]
    is_two_digits: bool = False

    @property
    def is_sure(self) -> bool:
        return len(self.minutes) == 1


def read_time_range(start: str, end: str) -> tuple[int, int] | None:
    """Return when something opens and shuts, in minutes since midnight, or None if unsure.

    A night ends after 24 hours: 22:00 to 02:00 is (1320, 1560).
    """
    opens, shuts = _read(start), _read(end)
    if opens is None or shuts is None:
        return None
    if opens.is_two_digits and shuts.is_two_digits:
        opens, shuts = (_ClockTime(each.minutes[:1]) for each in (opens, shuts))
    found = set(_readings(opens, shuts))
    return found.pop() if len(found) == 1 else None


def _readings(opens: _ClockTime, shuts: _ClockTime) -> Iterator[tuple[int, int]]:
    for start in opens.minutes:
        if not opens.is_sure and start < _EARLIEST_GUESS:
            continue
        for end in shuts.minutes:
            # The last minute of a day, and midnight, are both the day's end.
            last = _DAY if end in (0, _DAY - 1) else end
            if start < last:
                yield start, last
            elif opens.is_sure and shuts.is_sure and last + _DAY - start <= _LONGEST_NIGHT:
                yield start, last + _DAY


def _read(text: str) -> _ClockTime | None:
    if "midnight" in text:
        return _ClockTime((0,))
    if "noon" in text or "midday" in text:
        return _ClockTime((_NOON,))
    parts = _CLOCK_TIME.fullmatch(text.strip())
    if parts is None:
        return None
    hour, minute = int(parts["hour"]), int(parts["minute"] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if parts["half"]:
        return _with_half(hour, minute, parts["half"])
    return _without_half(parts["hour"], minute, has_minutes=parts["minute"] is not None)


def _with_half(hour: int, minute: int, half: str) -> _ClockTime | None:
    if not 1 <= hour <= 12:
        return None
    return _ClockTime((hour % 12 * _HOUR + minute + (_NOON if half == "pm" else 0),))


def _without_half(written: str, minute: int, *, has_minutes: bool) -> _ClockTime:
    """Return what an hour without am or pm may be: by the clock of 24 hours first."""
    hour = int(written)
    is_two_digits = len(written) == 2 and has_minutes
    by_24_hours = hour * _HOUR + minute
    if hour > 12 or written.startswith("0"):
        return _ClockTime((by_24_hours,), is_two_digits)
    if hour == 12 and has_minutes:
        return _ClockTime((by_24_hours,), is_two_digits)
    other = (by_24_hours + _NOON) % _DAY
    return _ClockTime((by_24_hours, other), is_two_digits)
