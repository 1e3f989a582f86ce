from datetime import date
from pathlib import Path
from typing import Any

import pytest

from importers.read.child import workbook
from tests.factories.workbooks import ErrorCell, FormulaCell, write_xlsx
from tests.unit.importers.read.opening import read_all, refusal, rows_of

HEADER = ["ref", "height", "planted", "felled"]


def open_rows(tmp_path: Path, *rows: Any, **changes: Any) -> tuple[list[int], list[Any], list[str]]:
    """Return the row numbers, the rows and the kinds of what was found of a sheet."""
    path = write_xlsx(tmp_path / "trees.xlsx", {"Trees": rows})
    opened, batches = read_all(workbook, path, **({"form": "xlsx"} | changes))
    (batch,) = batches
    return batch.rows, rows_of(opened, batch), [finding.kind for finding in opened.findings]


def test_cells_keep_their_types_and_rows_their_numbers(tmp_path: Path) -> None:
    rows, cells, kinds = open_rows(
        tmp_path, HEADER, ["T1", 12, date(2026, 3, 31), False], [], ["T2", 7.5, None, True]
    )

    assert rows == [2, 4]
    assert cells == [
        {"ref": "T1", "height": 12.0, "planted": date(2026, 3, 31), "felled": False},
        {"ref": "T2", "height": 7.5, "felled": True},
    ]
    assert kinds == []


def test_a_long_number_keeps_all_its_digits(tmp_path: Path) -> None:
    _, cells, _ = open_rows(tmp_path, ["uprn", "n"], [100023336956, 1])

    assert cells == [{"uprn": 100023336956, "n": 1}]


def test_a_column_of_several_kinds_is_text(tmp_path: Path) -> None:
    _, cells, _ = open_rows(tmp_path, ["ref", "n"], [1, 1], ["2a", 2], [date(2026, 3, 31), 3])

    assert [row["ref"] for row in cells] == ["1", "2a", "2026-03-31"]


def test_titles_above_the_table_are_said_and_not_read(tmp_path: Path) -> None:
    rows, cells, kinds = open_rows(tmp_path, ["Tree register 2026"], [], ["ref", "n"], ["T1", 1])

    assert (rows, cells, kinds) == ([4], [{"ref": "T1", "n": 1}], ["SHEET-TITLE"])


def test_columns_and_rows_that_are_empty_are_left_out(tmp_path: Path) -> None:
    _, cells, _ = open_rows(tmp_path, ["ref", "n", "", " "], ["T1", 1, "", None], ["", " "])

    assert cells == [{"ref": "T1", "n": 1}]


def test_a_column_without_a_name_that_holds_something_keeps_it(tmp_path: Path) -> None:
    _, cells, _ = open_rows(tmp_path, ["ref", "n"], ["T1", 1, "dead"])

    assert cells[0]["column 3"] == "dead"


def test_errors_are_shown_as_excel_shows_them_with_a_warning(tmp_path: Path) -> None:
    _, cells, kinds = open_rows(
        tmp_path, ["ref", "n"], ["T1", ErrorCell("#REF!")], ["T2", FormulaCell("A1+1", 3)]
    )

    assert [row["n"] for row in cells] == ["#REF!", "3"]
    assert kinds == ["CELL-ERROR"]


def test_a_formula_without_a_value_is_empty_with_a_warning(tmp_path: Path) -> None:
    _, cells, kinds = open_rows(tmp_path, ["ref", "n"], ["T1", FormulaCell("A1+1")])

    assert (cells, kinds) == ([{"ref": "T1"}], ["CELL-UNCALCULATED"])


def merged_findings(tmp_path: Path, *merged: str) -> list[Any]:
    rows = [
        [None, "Tree register 2026"],
        [None, "ref", "ward", "height"],
        [None, "T1", "Aston", 12],
        [None, "T2", None, 7],
    ]
    path = write_xlsx(tmp_path / "trees.xlsx", {"Trees": rows}, merged=merged)
    opened, _ = read_all(workbook, path, form="xlsx")
    return [finding for finding in opened.findings if finding.kind == "CELL-MERGED"]


def test_merged_cells_are_told_with_their_range(tmp_path: Path) -> None:
    (finding,) = merged_findings(tmp_path, "C3:C4")

    assert (finding.severity, finding.row, finding.field) == ("warning", 3, "ward")
    assert finding.value == "C3:C4"
    assert "was read in C3 alone" in finding.message


def test_merged_cells_beside_the_table_or_above_it_do_not_matter(tmp_path: Path) -> None:
    assert merged_findings(tmp_path, "B1:D1", "AA3:AB4") == []


def test_of_many_merged_cells_the_last_are_counted(tmp_path: Path) -> None:
    findings = merged_findings(tmp_path, *(f"C{2 * n + 3}:C{2 * n + 4}" for n in range(60)))

    assert len(findings) == 51
    assert findings[-1].message == "And 10 more ranges in the same way."


def test_a_sheet_without_a_header_has_the_catalogues_names(tmp_path: Path) -> None:
    rows, cells, _ = open_rows(tmp_path, ["T1", 1], has_header=False, columns=("ref", "n"))

    assert (rows, cells) == ([1], [{"ref": "T1", "n": 1}])


def test_a_header_that_the_catalogue_denies_is_noticed(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "trees.xlsx", {"Trees": [["ref", "n"], ["T1", 1]]})

    fault = refusal(workbook, path, form="xlsx", has_header=False, columns=("ref", "n"))

    assert fault.code == "HEADER-UNEXPECTED"


def test_several_sheets_with_rows_are_named(tmp_path: Path) -> None:
    rows = [["ref"], ["T1"]]
    path = write_xlsx(tmp_path / "trees.xlsx", {"North": rows, "Notes": [], "South": rows})

    fault = refusal(workbook, path, form="xlsx")

    assert fault.code == "MULTI-LAYER"
    assert "North, South" in str(fault)


def test_the_catalogue_names_the_sheet(tmp_path: Path) -> None:
    sheets = {"North": [["ref"], ["T1"]], "South": [["ref"], ["T2"]]}
    path = write_xlsx(tmp_path / "trees.xlsx", sheets)

    opened, (batch,) = read_all(workbook, path, form="xlsx", table="south")

    assert rows_of(opened, batch) == [{"ref": "T2"}]
    assert refusal(workbook, path, form="xlsx", table="East").code == "MULTI-LAYER"


def test_a_hidden_sheet_is_left_out_and_said(tmp_path: Path) -> None:
    sheets = {"Trees": [["ref"], ["T1"]], "Lists": [["a"], ["b"]]}
    path = write_xlsx(tmp_path / "trees.xlsx", sheets, hidden=["Lists"])

    opened, _ = read_all(workbook, path, form="xlsx")

    assert [finding.kind for finding in opened.findings] == ["SHEET-HIDDEN"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [([], "NO-ROWS"), ([["ref", "n"]], "NO-ROWS"), ([["Only a title"], ["and more"]], None)],
)
def test_a_sheet_without_rows_is_refused(tmp_path: Path, rows: Any, code: str | None) -> None:
    path = write_xlsx(tmp_path / "trees.xlsx", {"Trees": rows})

    if code is None:
        read_all(workbook, path, form="xlsx")
    else:
        assert refusal(workbook, path, form="xlsx").code == code


def test_a_workbook_with_macros_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", {"T": [["ref"], ["1"]]}, more_parts={"xl/vbaProject.bin": b"x"}
    )

    assert refusal(workbook, path, form="xlsx").code == "ZIP-FORBIDDEN"


def test_a_bomb_in_a_workbook_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx",
        {"T": [["ref"], ["1"]]},
        more_parts={"xl/media/image1.png": bytes(60_000_000)},
    )

    assert refusal(workbook, path, form="xlsx").code == "ZIP-BOMB"


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sealed = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + sealed + bytes(500))

    assert refusal(workbook, path, form="xlsx").code == "WORKBOOK-ENCRYPTED"


@pytest.mark.parametrize("form", ["xls", "xlsx", "ods"])
def test_a_damaged_workbook_is_refused(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"a.{form}"
    path.write_bytes((b"\xd0\xcf\x11\xe0" if form == "xls" else b"PK\x03\x04") + bytes(2000))

    assert refusal(workbook, path, form=form).code in ("WORKBOOK-DAMAGED", "ZIP-TRUNCATED")
