"""Blocks cut at once hold just the rows, numbers and cells that the careful reader finds."""

import csv
import io
import random
from pathlib import Path

import pytest

from importers.read.child.csv_blocks import cut_plain
from importers.read.child.csv_table import open_source
from importers.read.child.opened import OpenedBatch
from importers.read.limits import ReadLimits
from tests.unit.importers.read.opening import request_for

_CELLS = ("", " ", "a", "12.5", "café", "Œuf 𝔸", "x" * 30, "'", "\\", "#", "\t", "\u2028", "\x1c")
_ODD_CELLS = ('"quoted, with a separator"', '"two ""quotes"""', '"two\nlines"', '"cr\r\nlf"', '""')
_LIMITS = ReadLimits(batch_rows=50)


def careful_rows(text: str, width: int) -> list[tuple[int, list[str]]]:
    """Return the rows of the table as Python's strict reader has them, with their lines."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, line = [], 1
    for cells in reader:
        if len(cells) == width:
            rows.append((line, cells))
        line = reader.line_num + 1
    return rows[1:]


def made_table(chance: random.Random, width: int) -> str:
    """Return a table with long stretches that are plain and, here and there, what is not."""
    lines = [",".join(f"column{place}" for place in range(width))]
    for _ in range(chance.randrange(1, 3000)):
        lines.append(",".join(chance.choices(_CELLS, k=width)))
        if chance.random() < 0.002:
            lines.append(",".join(chance.choices(_ODD_CELLS, k=width)))
        if chance.random() < 0.001:
            lines.append(chance.choice(["", "too,many,cells,for,it", "alone"]))
    ending = chance.choice(["\n", "\r\n", "\r"])
    return ending.join(lines) + chance.choice(["", ending])


@pytest.mark.parametrize("seed", range(40))
def test_a_table_is_read_as_the_careful_reader_reads_it(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr("importers.read.child.csv_table._FIRST_ROWS", 3)
    monkeypatch.setattr(
        "importers.read.child.csv_table._BLOCK_CHARACTERS", chance.randrange(1, 999)
    )
    width = chance.randrange(2, 5)
    text = made_table(chance, width)
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode())

    batches = list(open_source(request_for(path, limits=_LIMITS)).batches)

    assert rows_in(batches) == careful_rows(text, width)
    assert max(len(batch.rows) for batch in batches) <= _LIMITS.batch_rows


def rows_in(batches: list[OpenedBatch]) -> list[tuple[int, list[str]]]:
    return [
        (int(line), list(cells))
        for batch in batches
        for line, *cells in zip(
            batch.rows, *(column.to_pylist() for column in batch.columns), strict=True
        )
    ]


@pytest.mark.parametrize("row", ["1,a", '"1","a"', '1,"a"'])
@pytest.mark.parametrize("marks", ["\ufeff", "\ufeff\ufeff"])
def test_byte_order_marks_where_files_were_joined_are_no_part_of_a_cell(
    row: str, marks: str, tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    lines = ["ref,name", *["1,a"] * 1500, marks + row, row, marks + row, *["1,a"] * 1500, marks]
    path.write_text("\n".join(lines), encoding="utf-8")

    batches = list(open_source(request_for(path, limits=_LIMITS)).batches)

    assert rows_in(batches) == [(line, ["1", "a"]) for line in range(2, 3005)]


@pytest.mark.parametrize(
    "block",
    [
        'a,"b"\n',
        "a,b\n\nc,d\n",
        "a,b\rc,d\n",
        "a,b\n\r\nc,d\n",
        "a,b,c\nd\n",
        "a\nb,c,d\n",
        "a,b\nc,d",
        "a,b\nc\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_careful_reader(block: str) -> None:
    assert cut_plain(block, 2, ",", ReadLimits()) is None


def test_a_cell_or_line_that_may_be_too_long_is_left_to_the_careful_reader() -> None:
    assert cut_plain("a,bcdef\n", 2, ",", ReadLimits(cell_characters=5)) is None
    assert cut_plain("a,bcdef\n", 2, ",", ReadLimits(line_characters=8)) is None


def test_plain_lines_are_cut_whichever_of_the_two_endings_they_have() -> None:
    columns = cut_plain("a,\r\né,d\n", 2, ",", ReadLimits())

    assert columns is not None
    assert [column.to_pylist() for column in columns] == [["a", "é"], ["", "d"]]
