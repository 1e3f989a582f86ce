"""Dates and times: reading literals, and the SQL of moments whose day may not be known.

A date is kept as text of as many parts as are known: ``2026``, ``2026-03`` or
``2026-03-31``. So a moment has a first and a last day that it can be. What two
moments are to each other is true or false if it is so for every such day, and
otherwise unknown, as a comparison with NULL is.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from layers.errors import FilterInvalid
from layers.query.filters.scope import Scope
from layers.query.filters.terms import Term

Domain = Literal["date", "datetime"]

FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PART_OF_DATE = re.compile(r"\d{4}(-\d{2})?", re.ASCII)
_TIMESTAMP = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?(?P<zone>[Zz]|[+-]\d{2}:\d{2})?", re.ASCII
)
# What may be cast: Python, which wrote it, knows zones that PostgreSQL does not.
_CASTABLE = r"'^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?$'"
# Of text, so that nothing in it can fail: a date in a column of dates may be anything, in an
# edition from before the column was one. The pattern is of leap years.
_FIRST_DAY = "({date} || substr('0000-01-01', length({date}) + 1))"
_LAST_DAY = (
    "(CASE WHEN length({date}) <> 7 THEN {date} || substr('0000-12-31', length({date}) + 1)"
    " WHEN substr({date}, 6) IN ('04', '06', '09', '11') THEN {date} || '-30'"
    " WHEN substr({date}, 6) <> '02' THEN {date} || '-31'"
    " WHEN {date} ~ '^(..(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)'"
    " THEN {date} || '-29' ELSE {date} || '-28' END)"
)
_BEFORE_ALL = {"date": "", "datetime": "-infinity"}
_AFTER_ALL = {"date": "9999-99-99", "datetime": "infinity"}
_LAST_OF_DAY = timedelta(days=1) - timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """SQL of the first and the last that a moment can be; both the same if it is exact.

    ``indexed`` is what the index of a property holds: text that sorts as the moment does, but
    for its zone. A literal has its own text as ``literal``, and in ``around`` SQL of texts that
    are certainly not after and not before it.
    """

    first: str
    last: str
    indexed: str = ""
    literal: str = ""
    around: tuple[str, str] | None = None

    @property
    def is_exact(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another, both included; a moment alone is a span of itself."""

    start: Moment
    end: Moment

    @property
    def is_moment(self) -> bool:
        return self.start is self.end


def read_date(text: str) -> date:
    """Return a full date.

    Raises
    ------
    FilterInvalid
        It is none, or no such day exists.
    """
    try:
        if FULL_DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise FilterInvalid(f"“{text[:50]}” is not a date. Write DATE('2026-03-31').")


def read_timestamp(text: str) -> datetime:
    """Return a date and time in UTC, which is what one without a zone is in.

    Raises
    ------
    FilterInvalid
        It is none, or no such time exists.
    """
    try:
        if found := _TIMESTAMP.fullmatch(text):
            zone = "" if found["zone"] else "Z"
            return datetime.fromisoformat(text.upper() + zone).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise FilterInvalid(
        f"“{text[:50]}” is not a date and time. Write TIMESTAMP('2026-03-31T09:00:00Z')."
    )


def read_days(text: str) -> tuple[str, str]:
    """Return the first and the last day of a date of which the year or month may be all there is.

    Raises
    ------
    FilterInvalid
        It is none.
    """
    if _PART_OF_DATE.fullmatch(text):
        first = read_date(text + "-01-01"[len(text) - 4 :])
        last_month = first.replace(month=12) if len(text) == 4 else first
        last = last_month.replace(day=monthrange(last_month.year, last_month.month)[1])
        return first.isoformat(), last.isoformat()
    return (read_date(text).isoformat(),) * 2


def span_of(term: Term, domain: Domain, scope: Scope) -> Span:
    """Return a date, a date and time, or text that is one, as a span of ``domain``.

    Raises
    ------
    FilterInvalid
        The text is none, or a property of dates is put beside times.
    """
    literal = term.literal
    if isinstance(literal, str):
        if domain == "date":
            first, last = read_days(literal)
            return _days(first, last, scope)
        literal = (
            read_timestamp(literal) if not FULL_DATE.fullmatch(literal) else read_date(literal)
        )
    if isinstance(literal, datetime):
        if domain == "date":
            raise FilterInvalid(
                f"{term.said} has a time, and what it is compared with has none. Write "
                f"DATE('{literal.date().isoformat()}')."
            )
        return _alone(_instant(literal, scope))
    if isinstance(literal, date):
        if domain == "date":
            return _days(literal.isoformat(), literal.isoformat(), scope)
        start = datetime(literal.year, literal.month, literal.day, tzinfo=UTC)
        return Span(_instant(start, scope), _instant(start + _LAST_OF_DAY, scope))
    return _alone(_property_moment(term, domain))


def open_end(domain: Domain, scope: Scope, *, is_start: bool) -> Moment:
    """Return the moment before or after all others, which ``..`` stands for."""
    text = (_BEFORE_ALL if is_start else _AFTER_ALL)[domain]
    sql = scope.binder.bind(text, "text" if domain == "date" else "timestamptz")
    return Moment(sql, sql)


def _property_moment(term: Term, domain: Domain) -> Moment:
    if term.kind != domain:
        raise FilterInvalid(
            f"{term.said} has dates without times, and is compared with a time. Write "
            "DATE('2026-03-31')."
            if term.kind == "date"
            else f"{term.said} cannot be compared with a date."
        )
    if domain == "date":
        first, last = (text.format(date=term.sql) for text in (_FIRST_DAY, _LAST_DAY))
        return Moment(first, last, indexed=term.indexed)
    sql = f"(CASE WHEN {term.sql} ~ {_CASTABLE} THEN {term.sql}::timestamptz END)"
    return Moment(sql, sql, indexed=term.indexed)


def _alone(moment: Moment) -> Span:
    return Span(moment, moment)


def _days(first: str, last: str, scope: Scope) -> Span:
    start = _day(first, scope)
    return _alone(start) if first == last else Span(start, _day(last, scope))


def _day(text: str, scope: Scope) -> Moment:
    sql = scope.binder.bind(text, "text")
    # A property of the same year and no more sorts before its every day.
    return Moment(sql, sql, literal=text, around=(f"left({sql}, 4)", sql))


def _instant(moment: datetime, scope: Scope) -> Moment:
    sql = scope.binder.bind(moment.isoformat(), "timestamptz")
    try:
        # A local time is at most 15 hours from UTC.
        before, after = moment - timedelta(days=1), moment + timedelta(days=2)
    except OverflowError:
        return Moment(sql, sql, literal=moment.isoformat())
    around = (_date_text(before, scope), _date_text(after, scope))
    return Moment(sql, sql, literal=moment.isoformat(), around=around)


def _date_text(moment: datetime, scope: Scope) -> str:
    return scope.binder.bind(moment.date().isoformat(), "text")
