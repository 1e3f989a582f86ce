from datetime import date

import pytest

from maps.applications.periods import count_by_span, read_days, span_of
from planning.applications.search import Days

TODAY = date(2026, 3, 31)


def read(**values: str) -> tuple[Days | None, dict[str, str]]:
    errors: dict[str, str] = {}
    days = read_days(values, "received", note=errors.setdefault, today=TODAY)
    return days, errors


@pytest.mark.parametrize(
    ("values", "days"),
    [
        ({}, None),
        ({"received": "week"}, Days(date(2026, 3, 24), TODAY)),
        ({"received": "month"}, Days(date(2026, 2, 28), TODAY)),
        ({"received_from": "2026-01-05"}, Days(date(2026, 1, 5), None)),
        ({"received_to": "5/1/2026"}, Days(None, date(2026, 1, 5))),
        ({"received_from": "5 January 2026"}, Days(date(2026, 1, 5), None)),
    ],
)
def test_days_are_chosen_or_typed(values: dict[str, str], days: Days | None) -> None:
    assert read(**values) == (days, {})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"received": "century"}, "received"),
        ({"received": "week", "received_from": "2026-01-01"}, "received"),
        ({"received_from": "soon"}, "received_from"),
        ({"received_from": "31/02/2026"}, "received_from"),
        ({"received_to": "9999-12-31"}, "received_to"),
        ({"received_from": "2026-02-01", "received_to": "2026-01-01"}, "received_to"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(values: dict[str, str], field: str) -> None:
    assert list(read(**values)[1]) == [field]


@pytest.mark.parametrize(
    ("months", "span"),
    [
        ([], "month"),
        (["2024-01", "2026-12"], "month"),
        (["2023-12", "2026-12"], "quarter"),
        (["2010-01", "2026-12"], "year"),
    ],
)
def test_long_times_are_counted_by_longer_spans(months: list[str], span: str) -> None:
    assert span_of(months) == span


def test_spans_without_any_are_counted_as_none() -> None:
    counted = count_by_span({"2025-11": 2, "2026-02": 3}, "month")
    assert counted == [("Nov 2025", 2), ("Dec 2025", 0), ("Jan 2026", 0), ("Feb 2026", 3)]


def test_quarters_hold_their_three_months() -> None:
    counted = count_by_span({"2025-12": 2, "2026-01": 3, "2026-03": 4}, "quarter")
    assert counted == [("Oct – Dec 2025", 2), ("Jan – Mar 2026", 7)]
