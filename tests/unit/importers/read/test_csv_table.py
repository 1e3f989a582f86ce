"""The CSV reader: every cell is text, every line has its number, nothing is lost silently."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from importers.errors import SourceUnreadable
from importers.read.child.csv_table import open_source
from importers.read.child.opened import OpenedBatch, OpenedSource
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest


def open_csv(tmp_path: Path, content: bytes, **changes: Any) -> OpenedSource:
    path = tmp_path / "given.csv"
    path.write_bytes(content)
    members: dict[str, Any] = {
        "path": str(path),
        "scratch": str(tmp_path),
        "form": "csv",
        "encoding": None,
        "has_header": True,
        "columns": (),
        "table": None,
    }
    return open_source(ReadRequest(**(members | changes)))


def only_batch(opened: OpenedSource) -> OpenedBatch:
    (batch,) = opened.batches
    return batch


def columns_of(opened: OpenedSource) -> dict[str, list[str]]:
    batch = only_batch(opened)
    return {
        field.name: array.to_pylist()
        for field, array in zip(opened.fields, batch.columns, strict=True)
    }


def refusal(tmp_path: Path, content: bytes, **changes: Any) -> SourceUnreadable:
    with pytest.raises(SourceUnreadable) as caught:
        list(open_csv(tmp_path, content, **changes).batches)
    return caught.value


def test_it_reads_cells_as_text_under_stripped_names(tmp_path):
    opened = open_csv(tmp_path, b"\xef\xbb\xbfUPRN , Name\n000100,Oak\n")

    assert columns_of(opened) == {"UPRN": ["000100"], "Name": ["Oak"]}


def test_it_numbers_rows_by_the_line_on_which_they_begin(tmp_path):
    content = b'name,note\r\nA,"two\r\nlines"\r\n\r\nB,one\r\nC,last'

    batch = only_batch(open_csv(tmp_path, content))

    assert batch.rows == [2, 5, 6]


def test_it_reads_carriage_returns_alone_as_ends_of_lines(tmp_path):
    batch = only_batch(open_csv(tmp_path, b"name,note\rA,1\rB,2\r"))

    assert batch.rows == [2, 3]


def test_it_spoils_rows_with_too_many_or_too_few_cells(tmp_path):
    batch = only_batch(open_csv(tmp_path, b"a,b,c,d\n1,2,3,4\n1,2,3,4,5\n1,2\n"))

    assert batch.rows == [2]
    assert [(finding.kind, finding.row, raw) for finding, raw in batch.spoilt] == [
        ("CSV-COLUMNS", 3, "1,2,3,4,5"),
        ("CSV-COLUMNS", 4, "1,2"),
    ]
    assert "line 3 has 5 cells, the header has 4" in batch.spoilt[0][0].message.lower()


@pytest.mark.parametrize(("separator", "word"), [(b";", "semicolon"), (b"\t", "tab")])
def test_it_notes_a_separator_that_is_not_a_comma(tmp_path, separator, word):
    opened = open_csv(tmp_path, separator.join((b"a", b"b")) + b"\n" + separator.join((b"1", b"2")))

    assert columns_of(opened) == {"a": ["1"], "b": ["2"]}
    assert [finding.kind for finding in opened.findings] == ["CSV-SEPARATOR"]
    assert word in opened.findings[0].message


def test_it_obeys_the_separator_line_of_excel_and_counts_it(tmp_path):
    batch = only_batch(open_csv(tmp_path, b"sep=;\na;b\n1;2\n"))

    assert batch.rows == [3]


def test_it_names_the_row_of_a_quotation_mark_that_is_not_closed(tmp_path):
    fault = refusal(tmp_path, b'a,b\n1,"open\n2,x\n3,y\n')

    assert fault.code == "CSV-QUOTE"
    assert "line 2" in str(fault)


def test_it_refuses_text_after_a_closing_quotation_mark(tmp_path):
    fault = refusal(tmp_path, b'a,b\n1,x\n2,"open\n3,"y"\n')

    assert fault.code == "CSV-QUOTE"
    assert "line 3" in str(fault)


def test_it_names_the_line_of_a_nul_byte(tmp_path):
    fault = refusal(tmp_path, b"a,b\n1,2\n3,\x004\n")

    assert fault.code == "CSV-NUL"
    assert "Line 3" in str(fault)


@pytest.mark.parametrize("content", [b"a,b\n", b"\n\n", b"a,b\n\n\n"])
def test_it_refuses_a_file_without_rows(tmp_path, content):
    assert refusal(tmp_path, content).code == "NO-ROWS"


def test_it_reads_windows_text_whole_and_shows_samples(tmp_path):
    opened = open_csv(tmp_path, b"id,name\n1,Caf\xe9 \x96 St Mary\x92s\n")

    assert columns_of(opened)["name"] == ["Caf\u00e9 \u2013 St Mary\u2019s"]
    (finding,) = opened.findings
    assert (finding.kind, finding.severity) == ("TEXT-ENCODING", "warning")
    assert "Caf\u00e9 \u2013 St Mary\u2019s" in finding.message


def test_it_believes_utf_8_over_another_declared_encoding(tmp_path):
    opened = open_csv(tmp_path, "name\nCaf\u00e9\n".encode(), encoding="cp1252")

    assert columns_of(opened) == {"name": ["Caf\u00e9"]}


def test_it_does_not_warn_of_the_encoding_that_the_catalogue_declares(tmp_path):
    opened = open_csv(tmp_path, b"name\nCaf\xe9\n", encoding="cp1252")

    assert opened.findings == ()
    assert opened.encoding == "cp1252"


@pytest.mark.parametrize("content", ["name\nOak\n".encode("utf-16"), b"name\nCaf\xc9\n"])
def test_it_refuses_bytes_that_it_cannot_read_as_text(tmp_path, content):
    assert refusal(tmp_path, content).code == "TEXT-ENCODING"


def test_it_keeps_a_repeated_column_under_another_name_with_a_warning(tmp_path):
    opened = open_csv(tmp_path, b"Ward,Ward,\n1,2,3\n")

    assert columns_of(opened) == {"Ward": ["1"], "Ward (2)": ["2"], "column 3": ["3"]}
    assert [finding.kind for finding in opened.findings] == ["COL-DUPLICATE"]


def test_it_names_the_columns_of_a_file_without_a_header_as_far_as_they_go(tmp_path):
    content = b"B1 1AA,10,406000,286000\nB1 1AB,10,406010,286000\n"
    columns = ("Postcode", "Quality", "Eastings", "Northings", "Country")

    opened = open_csv(tmp_path, content, has_header=False, columns=columns)

    assert [field.name for field in opened.fields] == list(columns[:4])
    assert only_batch(opened).rows == [1, 2]


def test_it_refuses_more_cells_than_the_catalogue_names(tmp_path):
    fault = refusal(tmp_path, b"1,2,3\n", has_header=False, columns=("a", "b"))

    assert fault.code == "CSV-COLUMNS"


@pytest.mark.parametrize(
    ("limits", "content", "code"),
    [
        (ReadLimits(rows=2), b"a\n1\n2\n3\n", "TOO-MANY-ROWS"),
        (ReadLimits(columns=2), b"a,b,c\n1,2,3\n", "COL-TOO-MANY"),
        (ReadLimits(cell_characters=5), b"a\n123456\n", "CELL-TOO-BIG"),
        (ReadLimits(line_characters=8), b"a,b\n12345,12345\n", "LINE-TOO-LONG"),
    ],
)
def test_it_refuses_what_is_over_a_limit(tmp_path, limits, content, code):
    assert refusal(tmp_path, content, limits=limits).code == code


def test_it_reads_in_batches(tmp_path):
    opened = open_csv(tmp_path, b"a\n1\n2\n3\n", limits=ReadLimits(batch_rows=2))

    assert [batch.rows for batch in opened.batches] == [[2, 3], [4]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (gzip.compress(b"a\n" + b"1\n" * 100_000), "ZIP-BOMB"),
        (gzip.compress(b"a\n1\n2\n")[:-10], "ZIP-TRUNCATED"),
        (gzip.compress(b"a\n1\n") + b"junk", "ZIP-CORRUPT"),
        (gzip.compress(b"a\n1\n") + gzip.compress(b"a\n2\n"), "ZIP-CORRUPT"),
    ],
)
def test_it_refuses_a_gzip_that_lies_or_is_broken(tmp_path, content, code):
    limits = ReadLimits(ratio_counts_from_bytes=50_000, unpacked_ratio=250)

    assert refusal(tmp_path, content, form="csv.gz", limits=limits).code == code
