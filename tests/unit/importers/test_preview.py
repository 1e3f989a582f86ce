"""What a person is shown of a source before it is published."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely

from importers.preview import add_places, add_samples, describe_source
from importers.read.batch import SourceBatch, SourceReading


def described(**columns: list[Any]) -> dict[str, Any]:
    """Return what is shown of a table of these columns."""
    reading = SourceReading("CSV", None, "utf-8", None, tuple(columns), (), iter(()))
    shown = describe_source(reading)
    rows = np.arange(2, 2 + len(next(iter(columns.values()))))
    add_samples(shown, SourceBatch(rows=rows, columns=pa.table(columns), wkb=None))
    return shown


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([str(n) for n in range(10)], "number"),
        ([float(n) for n in range(10)], "number"),
        (["-1.5", "1e3", "+7"] * 4, "number"),
        ([str(n) for n in range(9)], "unknown"),
        (["Oak"], "text"),
        (["Oak", "Ash", "7"] * 10, "mixed"),
        ([*["Oak"] * 19, "7"], "text"),
        (["12", "12A", *(str(n) for n in range(20))], "mixed"),
        ([True, False] * 6, "text"),
        (["", " ", None], "empty"),
        ([None, None, None], "empty"),
    ],
)
def test_the_kind_of_a_column_is_what_its_values_are(values: list[Any], kind: str) -> None:
    column = pa.array(values)
    reading = SourceReading("CSV", None, "utf-8", None, ("it",), (), iter(()))
    shown = describe_source(reading)
    rows = np.arange(len(values))
    add_samples(shown, SourceBatch(rows=rows, columns=pa.table({"it": column}), wkb=None))

    assert shown["columns"][0]["kind"] == kind


def test_three_samples_of_a_column_are_shown_each_once() -> None:
    shown = described(name=["Oak", "Oak", "", "Ash", "Elm", "Yew"])

    assert shown["columns"][0]["samples"] == ["Oak", "Ash", "Elm"]


def test_ten_rows_are_shown_with_the_numbers_that_a_person_counts() -> None:
    shown = described(name=[f"Oak {n}" for n in range(30)])

    assert [row["row"] for row in shown["rows"]] == list(range(2, 12))
    assert shown["rows"][0]["values"] == {"name": "Oak 0"}


def test_a_long_value_is_cut_and_what_a_database_cannot_hold_left_out() -> None:
    shown = described(name=["x" * 5_000, "a\0b"])

    first, second = (row["values"]["name"] for row in shown["rows"])
    assert len(first) <= 120
    assert second == "ab"


def test_places_are_shown_in_degrees_and_rows_without_one_left_out() -> None:
    shown: dict[str, Any] = {}
    shapes = np.array([shapely.Point(-1.9, 52.5), None, shapely.box(-2, 52, -1, 53)], dtype=object)

    add_places(shown, shapes)

    assert shown["places"] == [[-1.9, 52.5], [-1.5, 52.5]]


def test_no_places_are_shown_where_there_are_none() -> None:
    shown: dict[str, Any] = {}

    add_places(shown, np.array([None], dtype=object))

    assert shown["places"] == []
