"""Cells that hold words which the catalogue explains."""

from typing import Any

import pyarrow as pa
import pytest

from importers.transform.cells import ValueNotRead
from importers.transform.column import read_column
from importers.transform.values import value_reader
from tests.factories.entries import field_entry

KIND = field_entry(
    "kind", words={"rubbish": "refuse", "paper & card": "recycling", "refuse": "refuse"}
)
WEEKS = field_entry("weeks", "integer", words={"weekly": 1, "every other week": 2})
DAYS = field_entry(
    "days", several=True, words={"mon": "Monday", "monday": "Monday", "tue": "Tuesday"}
)


@pytest.mark.parametrize("cell", ["rubbish", "Rubbish", " RUBBISH ", "Refuse"])
def test_a_word_is_what_it_stands_for_whatever_its_capitals(cell: str) -> None:
    assert value_reader(KIND)(cell) == "refuse"


@pytest.mark.parametrize("cell", [None, "", "-", "N/A"])
def test_nothing_is_no_word(cell: str | None) -> None:
    assert value_reader(KIND)(cell) is None


@pytest.mark.parametrize("cell", ["rubish", "refuse, rubbish", "3"])
def test_another_word_is_not_read(cell: str) -> None:
    with pytest.raises(ValueNotRead, match="one of “refuse”, “recycling”. If it means") as refused:
        value_reader(KIND)(cell)

    assert refused.value.kind == "WORD-UNKNOWN"


@pytest.mark.parametrize(
    ("cell", "weeks"), [("Weekly", 1), ("every  other week", 2), ("3", 3), (4, 4)]
)
def test_a_number_may_be_a_word_or_a_number(cell: Any, weeks: int) -> None:
    assert value_reader(WEEKS)(cell) == weeks


def test_what_is_neither_names_the_words() -> None:
    with pytest.raises(ValueNotRead, match="a whole number or one of “weekly”, “every other week”"):
        value_reader(WEEKS)("sometimes")


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("Mon", "Monday"),
        ("Tue, Mon", "Tuesday, Monday"),
        ("mon/tue", "Monday, Tuesday"),
        ("Mon & Tue", "Monday, Tuesday"),
        ("Mon and Tue", "Monday, Tuesday"),
        ("Mon; Monday", "Monday"),
    ],
)
def test_several_words_are_read_one_by_one(cell: str, days: str) -> None:
    assert value_reader(DAYS)(cell) == days


@pytest.mark.parametrize("cell", ["Mon, Wde", "and", "Mon Tue"])
def test_of_several_each_must_be_known(cell: str) -> None:
    with pytest.raises(ValueNotRead, match="some of “Monday”, “Tuesday”"):
        value_reader(DAYS)(cell)


@pytest.mark.parametrize(
    "cells",
    [
        pa.array(["rubbish", "Bins", None, "Paper & card", "Bins"]),
        pa.array(["rubbish", "Bins", None, "Paper & card", "Bins"], pa.large_string()),
    ],
)
def test_a_column_of_words_never_passes_a_text_as_it_is(cells: Any) -> None:
    reading = read_column(cells, "text", value_reader(KIND), may_be_plain=False)

    assert reading.values.to_pylist() == ["refuse", None, None, "recycling", None]
    assert [(place, cell) for place, cell, _ in reading.faults] == [(1, "Bins"), (4, "Bins")]


def test_a_column_of_nothing_has_no_words() -> None:
    reading = read_column(pa.nulls(2), "text", value_reader(KIND), may_be_plain=False)

    assert reading.values.to_pylist() == [None, None]


def test_a_column_of_numbers_is_read_as_numbers() -> None:
    reading = read_column(pa.array([2, None]), "integer", value_reader(WEEKS), may_be_plain=False)

    assert reading.values.to_pylist() == [2, None]
