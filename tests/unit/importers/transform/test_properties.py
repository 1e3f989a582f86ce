"""Properties written a column at a time are the very bytes that orjson writes row by row."""

import random

import numpy as np
import orjson
import pyarrow as pa
import pytest

from importers.transform.properties import json_objects, rows_of

_TEXTS = [
    "",
    "a",
    'a "b"',
    "back\\slash",
    "\n",
    "\x00",
    "\x1f",
    "\x7f",
    "é",
    "🙂",
    "\u2028",
    "</s>",
    None,
]
_NUMBERS = [0.0, -0.0, 0.1, 1e300, 5e-324, 1e16, 12345678.9, 1 / 3, 1e-7, 100.0, None]
_INTEGERS = [0, -1, 2**63 - 1, -(2**63), None]


def test_objects_are_written_as_orjson_writes_them() -> None:
    chance = random.Random(1)
    rows = [
        {
            "text": chance.choice(_TEXTS),
            "number": chance.choice(_NUMBERS),
            'odd "name" é': chance.choice(_INTEGERS),
            "flag": chance.choice([True, False, None]),
        }
        for _ in range(500)
    ]
    types = (pa.string(), pa.float64(), pa.int64(), pa.bool_())
    columns = {
        name: pa.array([row[name] for row in rows], type_)
        for name, type_ in zip(rows[0], types, strict=True)
    }

    assert json_objects(columns, len(rows)).to_pylist() == [orjson.dumps(row) for row in rows]


@pytest.mark.parametrize(
    "texts", [["plain", ""], ["plain", None], ['a "b"', "plain"], ["\t", None]], ids=repr
)
def test_texts_are_written_so_whatever_else_is_in_their_column(texts: list[str | None]) -> None:
    column = pa.array(["left out", *texts]).slice(1)

    written = json_objects({"a": column}, 2)

    assert written.to_pylist() == [orjson.dumps({"a": text}) for text in texts]


def test_rows_without_fields_and_no_rows_at_all_are_objects_too() -> None:
    assert json_objects({}, 2).to_pylist() == [b"{}", b"{}"]
    assert json_objects({"a": pa.array([], pa.float64())}, 0).to_pylist() == []


def test_columns_that_are_empty_throughout_are_null() -> None:
    columns = {"a": pa.nulls(2, pa.float64()), "b": pa.nulls(2, pa.string())}

    assert json_objects(columns, 2).to_pylist() == [b'{"a":null,"b":null}'] * 2


def test_only_the_wanted_rows_are_taken() -> None:
    columns = {"a": pa.array(["x", "y", "z"])}

    assert rows_of(columns, np.array([0, 2]))["a"].to_pylist() == ["x", "z"]
