"""Cells that a spreadsheet would run, and those that only look like it."""

import pytest

from desk.csv_rows import csv_response
from layers.query.csv_rows import safe_cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        " =1+1",
        "＝1+1",
        "+44 121 303 1111;=1",
        "-",
    ],
)
def test_what_could_run_is_shown_and_not_run(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["-1.8904", "+44 121 303 1111", "-1,234.5", "-1e-5", "+0 (121) 303-1111", "Oak", "1=1", ""],
)
def test_numbers_and_telephone_numbers_stay_as_they_are(text):
    assert safe_cell(text) == text


def test_nothing_is_an_empty_cell():
    assert safe_cell(None) == ""


def test_headers_are_made_safe_too_and_excel_sees_that_it_is_utf_8():
    response = csv_response("rows.csv", ["=A1", "Café"], [["-5", None]])

    assert b"".join(response).decode() == "\ufeff'=A1,Café\r\n-5,\r\n"
    assert response["Content-Disposition"] == 'attachment; filename="rows.csv"'
