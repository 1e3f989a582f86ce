"""Query parameters as values, without any request."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from layers.api.cursor import Cursor, read_cursor
from layers.api.parameters import read_collections, read_interval, read_limit
from layers.errors import ParameterInvalid


@pytest.mark.parametrize(
    ("text", "limit"),
    [("1", 1), ("007", 7), ("1000", 1000), ("1001", 1000), ("9" * 18, 1000), ("9" * 40, 1000)],
)
def test_a_limit_is_at_most_the_most(text, limit):
    assert read_limit(QueryDict(f"limit={text}"), default=100, most=1000) == limit


def test_without_a_limit_it_is_the_default():
    assert read_limit(QueryDict(""), default=100, most=1000) == 100


def test_a_day_lasts_from_its_first_moment_to_its_last():
    interval = read_interval(QueryDict("datetime=2026-03-31"))

    assert interval.start == datetime(2026, 3, 31, tzinfo=UTC)
    assert interval.end == datetime(2026, 3, 31, 23, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize("text", ["../2026-03-31", "/2026-03-31"])
def test_an_interval_may_have_no_start(text):
    assert read_interval(QueryDict(f"datetime={text}")).start is None


def test_collections_keep_their_order_and_come_once():
    assert read_collections(QueryDict("collections=b,a,b")) == ("b", "a")


def test_a_cursor_is_read_as_it_was_written():
    assert read_cursor(str(Cursor(edition_id=12, after=345))) == Cursor(12, 345)


@pytest.mark.parametrize("text", ["2026-03-31T/..", "../2026-03-31T", "2026-03-31T"])
def test_a_condition_of_gdal_on_a_date_is_refused_with_what_to_ask_instead(text):
    with pytest.raises(ParameterInvalid, match="Select by “filter”"):
        read_interval(QueryDict(f"datetime={text}"))
