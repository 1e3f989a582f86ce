"""A column read at once holds what the careful reader returns for each cell, fault by fault."""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from importers.catalogue.entries import FieldType
from importers.transform.column import put_values, read_column
from importers.transform.values import Mended, ValueNotRead, value_reader
from tests.factories.entries import field_entry

_TEXTS = [
    None,
    "",
    " ",
    "  ",
    "\t",
    "a",
    "A1",
    " a",
    "a ",
    "a\u00a0",
    "\u00a0a",
    "a\x1c",
    "\x1fa",
    "a\x85",
    "n/a",
    "N/A",
    "null",
    "NULL",
    "none",
    "-",
    "\\N",
    "#N/A",
    "#REF!",
    "\0",
    "a\0b",
    "\0a",
    "é",
    "ée",
    "0",
    "-0",
    "+0",
    "00",
    "007",
    "-7",
    "+7",
    "7.",
    ".7",
    "7.0",
    "7.00",
    "-7.0",
    "7.5",
    "1e5",
    "1E5",
    "1e400",
    "-1e400",
    "nan",
    "inf",
    "1,234",
    "1,234.5",
    "12,34",
    "1 234",
    "0x1F",
    "1_000",
    "٣",
    "７",
    "100070000000",
    "999999999999999999",
    "9999999999999999999",
    "123456789.123456",
    "0.1",
    "1234567890.1",
    "0.1234567",
    "0.30000000000000004",
    "123456789012345678901234567890",
    "B1 1BB",
    "b11bb",
    " B1  1BB ",
    "B1",
    "B11BB",
    "B1  1BB",
    "B1\t1BB",
    "B1 1bb",
    "B1 1BBB",
    "B1 1BB\n",
    "B1O 1BB",
    "EC1A 1BB",
    "ZZ1 1AA",
    "BB10 1AA",
    "https://a.example/x",
    "www.a.example",
    "https://a b",
    "2026-03-31",
    "31/03/2026",
    "2026-02-30",
    "2026-03-31T09:00:00Z",
    "true",
    "Yes",
    "0",
    "1",
    "maybe",
    "x" * 4096,
    "x" * 4097,
    "x" * 65_536,
    "x" * 65_537,
    "é" * 40_000,
    "two words",
    "line\nbreak",
    "tab\tin",
    "“quoted”",
    "(a)",
    "a)",
    "a.",
    "a,",
    '"a"',
    "back\\slash",
    "\ufeffa",
    "a\u200b",
    "🙂",
]
_TYPES: list[FieldType] = [
    "text",
    "uprn",
    "number",
    "integer",
    "boolean",
    "date",
    "datetime",
    "url",
    "postcode",
]
_COLUMNS: dict[str, "pa.Array[Any]"] = {
    "int64": pa.array([0, -1, 7, 2**63 - 1, -(2**63), None, 100070000000], pa.int64()),
    "int32": pa.array([0, -1, 7, None], pa.int32()),
    "float64": pa.array([0.0, -0.0, 1.5, 7.0, 1e300, 5e-324, float("nan"), float("inf"), None]),
    "boolean": pa.array([True, False, None]),
    "date": pa.array([date(2026, 3, 31), date(1, 1, 1), date(9999, 12, 31), None]),
    "days that differ": pa.array([date(1, 1, 1) + timedelta(61 * day) for day in range(59_000)]),
    "days that repeat": pa.array([date(2026, 3, 1 + day % 5) for day in range(40)] + [None]),
    "datetime": pa.array([datetime(2026, 3, 31, 9, 0), datetime(1999, 1, 1), None]),
}


def careful(
    cells: Sequence[Any], read: Callable[[Any], Any]
) -> tuple[list[Any], list[tuple[int, Any, str, str]]]:
    values, faults = [], []
    for place, cell in enumerate(cells):
        try:
            result = read(cell)
        except ValueNotRead as error:
            result = None
            faults.append((place, repr(cell), error.kind, str(error)))
        if isinstance(result, Mended):
            faults.append((place, repr(cell), result.kind, result.note))
            result = result.value
        values.append(result)
    return values, faults


def assert_read_alike(cells: "pa.Array[Any]", type_: FieldType) -> None:
    read = value_reader(field_entry("field", type_))
    values, faults = careful(cells.to_pylist(), read)

    reading = read_column(cells, type_, read)

    # As text, for -0.0 is not 0.0.
    assert repr(reading.values.to_pylist()) == repr(values)
    told = [(place, repr(cell), e.kind, str(e)) for place, cell, e in reading.faults]
    told += [(place, repr(cell), mend.kind, mend.note) for place, cell, mend in reading.mended]
    assert sorted(told) == sorted(faults)


@pytest.mark.parametrize("type_", _TYPES)
@pytest.mark.parametrize("repeats", [1, 5], ids=["all differ", "few differ"])
def test_every_odd_text_is_read_as_the_careful_reader_reads_it(
    type_: FieldType, repeats: int
) -> None:
    cells = list(dict.fromkeys(_TEXTS)) * repeats
    random.Random(repeats).shuffle(cells)

    assert_read_alike(pa.array(cells, pa.string()), type_)


@pytest.mark.parametrize("type_", _TYPES)
@pytest.mark.parametrize("kind", _COLUMNS)
def test_every_value_of_gdal_is_read_as_the_careful_reader_reads_it(
    type_: FieldType, kind: str
) -> None:
    assert_read_alike(_COLUMNS[kind], type_)


@pytest.mark.parametrize("seed", range(20))
def test_texts_of_any_characters_are_read_as_the_careful_reader_reads_them(seed: int) -> None:
    chance = random.Random(seed)
    alphabet = " \t\n\x00\x1c\x7f\x85\u00a0aZ09.-+,eE#)é🙂"
    cells = [
        None if chance.random() < 0.05 else "".join(chance.choices(alphabet, k=chance.randrange(6)))
        for _ in range(400)
    ]
    column = pa.array(cells, pa.string())

    for type_ in ("text", "number", "integer"):
        assert_read_alike(column, type_)
        assert_read_alike(column.slice(7, 350), type_)


@pytest.mark.parametrize("seed", range(5))
def test_postcodes_of_any_letters_are_read_as_the_careful_reader_reads_them(seed: int) -> None:
    chance = random.Random(seed)
    cells = [
        "".join(chance.choice(letters) for letters in chance.choice(_POSTCODES_BY_LETTER))
        for _ in range(4_000)
    ]

    assert_read_alike(pa.array(cells), "postcode")


_POSTCODES_BY_LETTER = (
    ("ABCEGLMNSW", "0123456789", " ", "0123456789", "ABDEJLN", "ABDEJLNQ"),
    ("ABEGPZ", "ABIRTZ", "0129O", "0129ABILOZ", " ", "0129O", "ABIZ", "ABIZ"),
    ("BbWé", "1", "ABbr9 ", "  \t", "19", "Aa", "Bb", " 1"),
)


@pytest.mark.parametrize("repeats", [1, 5], ids=["all differ", "few differ"])
def test_plain_cells_are_not_read_one_by_one(repeats: int) -> None:
    read: list[Any] = []
    cells = pa.array(([f"Flat {number}" for number in range(100)] + [" odd"]) * repeats)

    reading = read_column(cells, "text", lambda cell: read.append(cell) or cell.strip())

    assert read == [" odd"]
    assert reading.values.to_pylist()[-1] == "odd"


def test_values_are_put_at_their_places() -> None:
    values = pa.array([None, "b", None, "d"])

    assert put_values(values, {0: "A", 2: "C"}).to_pylist() == ["A", "b", "C", "d"]
    assert put_values(values, {}) is values
