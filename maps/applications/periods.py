"""Spans of days, as people choose or type them, and periods that applications are counted by."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from maps.planning_nearby import months_before
from planning.applications.search import Days

Span = Literal["month", "quarter", "year"]
_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y")
_YEARS = (1800, 2200)
# As many bars as can be told apart; more, and a longer span is counted by.
_MOST_BARS = 36
_MONTHS: dict[Span, int] = {"month": 1, "quarter": 3, "year": 12}


def describe_choices() -> list[tuple[str, str]]:
    """Return the spans that can be chosen, and their words."""
    return [
        ("week", _("The last week")),
        ("month", _("The last month")),
        ("year", _("The last year")),
    ]


def read_days(
    values: Mapping[str, str], name: str, *, note: Callable[[str, str], None], today: date
) -> Days | None:
    """Return the days of ``name``, such as received; what is wrong is noted beside its field."""
    chosen = values.get(name, "")
    first, last = (_read_day(values, f"{name}_{end}", note) for end in ("from", "to"))
    if chosen:
        if chosen not in dict(describe_choices()):
            note(name, _("Choose one from the list"))
        elif first or last:
            note(name, _("Choose a time or enter dates, not both"))
        else:
            return Days(_beginning(chosen, today), today)
    if first and last and first > last:
        note(f"{name}_to", _("Enter a day that is not before the first one"))
    return Days(first, last) if first or last else None


def _beginning(chosen: str, today: date) -> date:
    if chosen == "week":
        return today - timedelta(days=7)
    return months_before(today, 1 if chosen == "month" else 12)


def _read_day(
    values: Mapping[str, str], name: str, note: Callable[[str, str], None]
) -> date | None:
    text = values.get(name, "")
    for form in _FORMATS if text else ():
        try:
            day = datetime.strptime(text, form).date()  # a day has no time zone
            if _YEARS[0] <= day.year <= _YEARS[1]:
                return day
        except ValueError:
            continue
    if text:
        note(name, _("Enter a day such as 31/03/2026"))
    return None


def span_of(months: list[str]) -> Span:
    """Return by what applications of these months (2026-03) are best counted."""
    if not months:
        return "month"
    length = _month_number(max(months)) - _month_number(min(months)) + 1
    if length <= _MOST_BARS:
        return "month"
    return "quarter" if length <= _MOST_BARS * _MONTHS["quarter"] else "year"


def count_by_span(by_month: Mapping[str, int], span: Span) -> list[tuple[str, int]]:
    """Return the number of each span from the first to the last, those without any as well."""
    if not by_month:
        return []
    length = _MONTHS[span]
    numbers = {month: _month_number(month) // length for month in by_month}
    counts = dict.fromkeys(range(min(numbers.values()), max(numbers.values()) + 1), 0)
    for month, count in by_month.items():
        counts[numbers[month]] += count
    return [(_name(number * length, span), count) for number, count in counts.items()]


def _month_number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _name(number: int, span: Span) -> str:
    year, month = divmod(number, 12)
    if span == "year":
        return str(year)
    if span == "quarter":
        last = date_format(date(year, month + 3, 1), "M")
        return f"{date_format(date(year, month + 1, 1), 'M')} – {last} {year}"
    return date_format(date(year, month + 1, 1), "M Y")
