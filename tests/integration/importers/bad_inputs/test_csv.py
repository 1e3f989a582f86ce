"""Bad inputs, section D: CSV, and what Excel makes of it."""

from pathlib import Path
from typing import Any

import pytest

from importers.catalogue.entries import ChecksEntry
from tests.factories.entries import (
    LONGITUDE_LATITUDE,
    field_entry,
)
from tests.factories.workbooks import write_xlsx
from tests.integration.importers.bad_inputs.desk import Desk

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

HEADER = "ref,name,Easting,Northing"
GOOD = "T1,Oak,405001,285000"
REF = field_entry("ref", required=True)


def write(desk: Desk, *lines: str, name: str = "trees.csv", encoding: str = "utf-8") -> Path:
    return write_bytes(desk, "\n".join(lines).encode(encoding) + b"\n", name=name)


def write_bytes(desk: Desk, content: bytes, *, name: str = "trees.csv") -> Path:
    path = desk.folder / name
    path.write_bytes(content)
    return path


def with_field(name: str, type_: Any, **parts: Any) -> dict[str, Any]:
    return {"fields": (REF, field_entry("name"), field_entry(name, type_, **parts))}


def value_of(desk: Desk, name: str) -> Any:
    return desk.features()[0].properties[name]


def test_d01_a_byte_order_mark_is_no_part_of_the_first_name(desk: Desk) -> None:
    path = write(desk, HEADER, GOOD, encoding="utf-8-sig")

    desk.accept(path, rows=1)


def test_d01_files_that_were_joined_have_marks_inside_and_their_keys_still_meet(
    desk: Desk,
) -> None:
    path = write(desk, HEADER, "1,Oak,405001,285000", "\ufeff1,Ash,405002,285000", '\ufeff"2",A,,')

    desk.accept(path, rows=3, quarantined={3: "KEY-DUPLICATE", 4: "NO-LOCATION"})

    assert desk.issues("KEY-DUPLICATE")[0].value == "1"


@pytest.mark.parametrize("head", ["\ufeff\ufeff", "\u200b", "\ufeff\u2060"])
def test_d01_characters_that_nobody_sees_are_no_part_of_the_first_name(
    head: str, desk: Desk
) -> None:
    path = write(desk, head + HEADER, GOOD)

    desk.accept(path, rows=1)


@pytest.mark.parametrize("key", ["\u200b", "\u2060\u00ad", "\ufeff"])
def test_d01_a_key_that_nobody_sees_is_none(key: str, desk: Desk) -> None:
    path = write(desk, HEADER, GOOD, f"{key},Ash,405002,285000")

    desk.accept(path, rows=2, quarantined={3: "FIELD-EMPTY"})


@pytest.mark.parametrize(
    "lines",
    [
        ("ref;name;Easting;Northing", "T1;Oak;405001;285000"),
        ("ref\tname\tEasting\tNorthing", "T1\tOak\t405001\t285000"),
        ("sep=;", "ref;name;Easting;Northing", "T1;Oak;405001;285000"),
    ],
)
def test_d04_another_separator_is_found_and_said(lines: tuple[str, ...], desk: Desk) -> None:
    desk.accept(write(desk, *lines), "CSV-SEPARATOR", rows=1)


@pytest.mark.parametrize("name", ["trees.txt", "trees.tsv"])
def test_d04_a_table_may_be_called_txt_or_tsv(name: str, desk: Desk) -> None:
    path = write(desk, "ref\tname\tEasting\tNorthing", "T1\tOak\t405001\t285000", name=name)

    desk.accept(path, "CSV-SEPARATOR", rows=1)


def test_d05_an_unclosed_quote_is_refused_with_its_line(desk: Desk) -> None:
    path = write(desk, HEADER, 'T1,"Oak,405001,285000', GOOD, GOOD)

    desk.refuse(path, "CSV-QUOTE", "line 2")


def test_d06_a_nul_is_refused_with_its_line(desk: Desk) -> None:
    path = write(desk, HEADER, GOOD, "T2,O\0k,405002,285000")

    desk.refuse(path, "CSV-NUL", "Line 3")


def test_d07_a_ragged_line_is_kept_out_whole(desk: Desk) -> None:
    path = write(desk, HEADER, GOOD, "T2,Oak, large,405002,285000", "T3,Ash")

    desk.accept(path, rows=3, quarantined={3: "CSV-COLUMNS", 4: "CSV-COLUMNS"})

    (long, short) = desk.issues("CSV-COLUMNS")
    assert "Line 3 has 5 cells, the header has 4" in long.message
    kept = desk.run.quarantined_rows.get(row=3)
    assert kept.values == {"text": "T2,Oak, large,405002,285000"}
    assert short.row == 4


def test_d09_swapped_eastings_and_northings_are_refused(desk: Desk) -> None:
    lines = [f"T{n},Oak,28500{n},405000" for n in range(1, 5)]

    desk.refuse(write(desk, HEADER, *lines), "AXIS-SWAPPED", "4 of 4", "4 are inside", "km")


@pytest.mark.parametrize("cell", ['"405,001"', "405 001", "405\u00a0001"])
def test_d10_thousands_in_an_easting_are_put_right_and_told(cell: str, desk: Desk) -> None:
    desk.accept(write(desk, HEADER, f"T1,Oak,{cell},285000"), "COORD-MENDED", rows=1)

    (issue,) = desk.issues("COORD-MENDED")
    assert (issue.severity, issue.row, issue.field) == ("fixed", 2, "Easting")
    assert issue.value == cell.strip('"')
    assert desk.features()[0].geom_27700.x == 405_001


@pytest.mark.parametrize("cell", ["405001m", "4.05E+05", "#REF!"])
def test_d10_an_easting_that_is_no_number_keeps_its_row_out(cell: str, desk: Desk) -> None:
    path = write(desk, HEADER, f"T1,Oak,{cell},285000")

    desk.accept(path, rows=1, quarantined={2: "COORD-INVALID"})

    (issue,) = desk.issues("COORD-INVALID")
    assert (issue.value, issue.field) == (cell, "Easting")


@pytest.mark.parametrize(
    ("reference", "centre"),
    [("SP 050 850", (405_050, 285_050)), ("SP05008500", (405_005, 285_005))],
)
def test_d10_a_grid_reference_is_the_middle_of_its_square_with_a_warning(
    reference: str, centre: tuple[float, float], desk: Desk
) -> None:
    desk.accept(write(desk, HEADER, f"T1,Oak,{reference},"), "GRID-REFERENCE", rows=1)

    (issue,) = desk.issues("GRID-REFERENCE")
    assert (issue.severity, issue.row, issue.value) == ("warning", 2, reference)
    assert desk.features()[0].geom_27700.coords == centre


@pytest.mark.parametrize("cell", ["N/A", ""])
def test_d10_nothing_in_a_coordinate_is_no_location(cell: str, desk: Desk) -> None:
    path = write(desk, HEADER, GOOD, f"T2,Oak,{cell},{cell}")

    desk.accept(path, rows=2, quarantined={3: "NO-LOCATION"})


@pytest.mark.parametrize("latitude", ["52.46'", "52.46′"])
def test_d10_a_stray_mark_of_minutes_moves_nothing(latitude: str, desk: Desk) -> None:
    path = write(
        desk, "ref,name,Longitude,Latitude", "T1,Oak,-1.9264,52.46", f"T2,Oak,-1.9264',{latitude}"
    )

    desk.accept(
        path,
        rows=2,
        quarantined={3: "COORD-INVALID"},
        source={"coordinates": (LONGITUDE_LATITUDE,)},
    )


@pytest.mark.parametrize(
    ("cells", "missing"), [("405001,", "Northing"), (",285001", "Easting"), ("n/a,1", "Easting")]
)
def test_d10_half_a_position_keeps_its_row_out_where_rows_need_none(
    cells: str, missing: str, desk: Desk
) -> None:
    path = write(desk, HEADER, GOOD, f"T2,Oak,{cells}", "T3,Oak,,")
    checks = ChecksEntry(max_quarantined_share=1.0, min_rows=0, allow_no_location=True)

    desk.accept(path, rows=3, quarantined={3: "COORD-MISSING"}, checks=checks)

    assert desk.issues("COORD-MISSING")[0].field == missing


def test_d11_a_uprn_that_excel_has_rounded_stops_the_import(desk: Desk) -> None:
    path = write(desk, f"{HEADER},uprn", f"{GOOD},1.00023E+11")

    desk.refuse(
        path, "UPRN-EXCEL", "Row 2", "1.00023E+11", "format the column as text",
        **with_field("uprn", "uprn"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "read_as"), [("000100023336", "100023336"), ("100023336956.0", "100023336956")]
)
def test_d11_a_uprn_loses_padding_and_decimals(cell: str, read_as: str, desk: Desk) -> None:
    path = write(desk, f"{HEADER},uprn", f"{GOOD},{cell}")

    desk.accept(path, "UPRN-MENDED", rows=1, **with_field("uprn", "uprn"))

    (issue,) = desk.issues("UPRN-MENDED")
    assert (issue.severity, issue.row, issue.value) == ("fixed", 2, cell)
    assert value_of(desk, "uprn") == read_as


@pytest.mark.parametrize("cell", ["1000233369561", "-100023336956"])
def test_d11_what_is_no_uprn_keeps_its_row_out(cell: str, desk: Desk) -> None:
    path = write(desk, f"{HEADER},uprn", f"{GOOD},{cell}")

    desk.accept(path, rows=1, quarantined={2: "UPRN-INVALID"}, **with_field("uprn", "uprn"))


def test_d12_milliseconds_before_the_year_1_keep_their_row_out(desk: Desk) -> None:
    path = write(
        desk, f"{HEADER},planted", f"{GOOD},1711926000000", "T2,Oak,405002,285000,-62167219200000"
    )

    desk.accept(
        path,
        rows=2,
        quarantined={3: "DATE-INVALID"},
        **with_field("planted", "date", date_formats=("epoch-ms",)),
    )


DAY_FIRST = with_field("planted", "date", date_formats=("%d/%m/%Y",))


def test_d12_a_date_is_day_first_as_declared_and_doubt_is_said(desk: Desk) -> None:
    path = write(desk, f"{HEADER},planted", f"{GOOD},03/04/2025")

    desk.accept(path, "DATE-AMBIGUOUS", rows=1, **DAY_FIRST)

    assert value_of(desk, "planted") == "2025-04-03"
    assert desk.issues("DATE-AMBIGUOUS")[0].severity == "warning"


def test_d12_one_date_that_proves_the_order_ends_the_doubt(desk: Desk) -> None:
    path = write(desk, f"{HEADER},planted", f"{GOOD},03/04/2025", "T2,Ash,405002,285000,31/03/2025")

    desk.accept(path, rows=2, **DAY_FIRST)

    assert "DATE-AMBIGUOUS" not in desk.kinds


@pytest.mark.parametrize(
    ("cell", "kinds", "read_as"),
    [
        ("2025-04-03", [], "2025-04-03"),
        ("00/00/0000", [], None),
        ("03-Apr-25", ["DATE-MENDED"], "2025-04-03"),
    ],
)
def test_d12_dates_that_mean_one_day_only_are_read(
    cell: str, kinds: list[str], read_as: str | None, desk: Desk
) -> None:
    path = write(desk, f"{HEADER},planted", f"{GOOD},{cell}")

    desk.accept(path, *kinds, rows=1, **DAY_FIRST)

    assert value_of(desk, "planted") == read_as


@pytest.mark.parametrize(
    ("cell", "words"), [("44927", "1 January 2023"), ("31/02/2025", "a date that exists")]
)
def test_d12_a_date_that_is_none_keeps_its_row_out(cell: str, words: str, desk: Desk) -> None:
    path = write(desk, f"{HEADER},planted", f"{GOOD},{cell}")

    desk.accept(path, rows=1, quarantined={2: "DATE-INVALID"}, **DAY_FIRST)

    assert words in desk.issues("DATE-INVALID")[0].message


def test_d12_a_partial_date_stays_one_where_the_catalogue_allows_it(desk: Desk) -> None:
    path = write(desk, f"{HEADER},planted", f"{GOOD},2015", "T2,Ash,405002,285000,2016-04")

    desk.accept(path, rows=2, **with_field("planted", "date", date_formats=("%Y", "%Y-%m")))

    assert [one.properties["planted"] for one in desk.features()] == ["2015", "2016-04"]


DEGREES = {"source": {"coordinates": (LONGITUDE_LATITUDE,)}}


@pytest.mark.parametrize(
    "line",
    [
        'T1,Oak,1°55\'35""W,52°27\'45""N'.replace('35""', "35").replace('45""', "45"),
        "T1,Oak,1.9264W,52.4625N",
        'T1,Oak,"-1,9264","52,4625"',
    ],
)
def test_d13_degrees_as_people_write_them_are_put_right(line: str, desk: Desk) -> None:
    line = line.replace("°55'35W", "°55.584'W").replace("°27'45N", "°27.75'N")

    desk.accept(write(desk, "ref,name,Longitude,Latitude", line), "COORD-MENDED", rows=1, **DEGREES)

    assert [issue.severity for issue in desk.issues("COORD-MENDED")] == ["fixed", "fixed"]
    shape = desk.features()[0].geom_4326
    assert (shape.x, shape.y) == pytest.approx((-1.9264, 52.4625))


POSTCODES = with_field("postcode", "postcode")


@pytest.mark.parametrize("cell", ["ng1 5dt", "NG15DT"])
def test_d14_a_postcode_is_written_in_one_way_and_that_is_told(cell: str, desk: Desk) -> None:
    path = write(desk, f"{HEADER},postcode", f"{GOOD},{cell}")

    desk.accept(path, "POSTCODE-MENDED", rows=1, **POSTCODES)

    assert value_of(desk, "postcode") == "NG1 5DT"


@pytest.mark.parametrize("cell", ["NG1 5DTX", "ZZ99 9ZZ"])
@pytest.mark.parametrize("required", [True, False])
def test_d14_what_is_no_postcode_is_kept_out_where_it_is_required(
    cell: str, required: bool, desk: Desk
) -> None:
    """Elsewhere it is kept as it is, with a warning: the rest of the row is still true."""
    path = write(desk, f"{HEADER},postcode", f"{GOOD},{cell}")
    quarantined = {2: "POSTCODE-INVALID"} if required else {}

    desk.accept(
        path, "POSTCODE-INVALID", rows=1, quarantined=quarantined,
        **with_field("postcode", "postcode", required=required),
    )  # fmt: skip


def test_d14_a_letter_for_a_digit_is_asked_about_and_not_changed(desk: Desk) -> None:
    path = write(desk, f"{HEADER},postcode", f"{GOOD},NGI 5DT")

    desk.accept(path, "POSTCODE-INVALID", rows=1, **POSTCODES)

    assert "Is NG1 5DT meant?" in desk.issues("POSTCODE-INVALID")[0].message
    assert value_of(desk, "postcode") == "NGI 5DT"


WKT = {"source": {"coordinates": (), "wkt": "shape", "crs": "EPSG:27700"}}
DEEP = "GEOMETRYCOLLECTION(" * 20_000 + "POINT(405000 285000)" + ")" * 20_000


@pytest.mark.parametrize("cell", ["POINT (405001 285000)", "SRID=27700;POINT(405001 285000)"])
def test_d15_wkt_is_read_with_or_without_its_srid(cell: str, desk: Desk) -> None:
    desk.accept(write(desk, "ref,name,shape", f"T1,Oak,{cell}"), rows=1, **WKT)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (DEEP, "GEOM-TOO-DEEP"),
        ('"POINT(1,2)"', "GEOM-INVALID"),
        ("POINT EMPTY", "GEOM-EMPTY"),
        ("POINT(nan nan)", "GEOM-NAN"),
        ("SRID=4326;POINT(-1.9 52.4)", "CRS-MISMATCH"),
        ('"POLYHEDRALSURFACE Z (((0 0 0,0 1 0,1 1 0,0 0 0)))"', "GEOM-SURFACE"),
    ],
)
def test_d15_wkt_that_is_no_place_keeps_its_row_out(cell: str, kind: str, desk: Desk) -> None:
    path = write(desk, "ref,name,shape", "T1,Oak,POINT (405001 285000)", f"T2,Oak,{cell}")

    desk.accept(path, rows=2, quarantined={3: kind}, **WKT)


def test_d15_a_curve_in_wkt_is_made_straight_and_that_is_told(desk: Desk) -> None:
    cell = '"CIRCULARSTRING(405000 285000,405500 285500,406000 285000)"'
    path = write(desk, "ref,name,shape", f"T1,Oak,{cell}")

    desk.accept(path, "GEOM-CURVE", rows=1, geometry_type="LineString", **WKT)

    (issue,) = desk.issues("GEOM-CURVE")
    assert (issue.severity, issue.row) == ("fixed", 2)


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://x")', "@SUM(1)", "+44 20 7946 0000", "-5"])
def test_d16_a_formula_is_stored_as_it_stands(cell: str, desk: Desk) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'

    desk.accept(write(desk, HEADER, f"T1,{quoted},405001,285000"), rows=1)

    assert value_of(desk, "name") == cell


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_d17_lines_are_counted_as_an_editor_shows_them(newline: str, desk: Desk) -> None:
    lines = (HEADER, 'T1,"Oak', 'by the gate",405001,285000', "", "T2,Ash,no,285000")
    path = write_bytes(desk, newline.join(lines).encode())

    desk.accept(path, rows=2, quarantined={5: "COORD-INVALID"})

    assert value_of(desk, "name").split() == ["Oak", "by", "the", "gate"]


def test_d17_blank_lines_at_the_end_are_nothing(desk: Desk) -> None:
    path = write_bytes(desk, f"{HEADER}\r\n{GOOD}\r\n\n\n".encode())

    desk.accept(path, rows=1)


def test_d18_a_line_of_200_mb_is_refused_without_being_held(desk: Desk) -> None:
    """Of 300 MB the whole file is refused, which may have 250."""
    path = desk.folder / "trees.csv"
    with path.open("wb") as file:
        file.write(f"{HEADER}\nT1,".encode())
        for _ in range(200):
            file.write(b"x" * 1_000_000)

    desk.refuse(path, "LINE-TOO-LONG", "Line 2")


def test_d20_a_workbook_called_csv_is_named(desk: Desk) -> None:
    path = write_xlsx(desk.folder / "trees.csv", {"Trees": [["ref"], ["T1"]]})

    desk.refuse(path, "FMT-MISMATCH", "workbook", "CSV UTF-8")


def test_d20_a_web_page_called_csv_is_named(desk: Desk) -> None:
    path = write(desk, "<html><table><tr><td>T1</td></tr></table></html>")

    desk.refuse(path, "FMT-MISMATCH", "web page")


@pytest.mark.parametrize("line", ["Total,,405001,285000", 'Total, ,"1,204"'])
def test_d21_a_line_of_totals_is_warned_of(line: str, desk: Desk) -> None:
    path = write(desk, HEADER, GOOD, line)

    report = desk.take(path)

    assert report.outcome == "published"
    (issue,) = desk.issues("TOTAL-ROW")
    assert (issue.severity, issue.row) == ("warning", 3)


def test_text_of_dos_programs_is_recognised_and_said(desk: Desk) -> None:
    path = write(desk, HEADER, "T1,Café,405001,285000", encoding="cp850")

    desk.accept(path, "TEXT-ENCODING", rows=1)

    assert value_of(desk, "name") == "Café"
    assert "CP850" in desk.issues("TEXT-ENCODING")[0].message


def test_a_declared_encoding_wins(desk: Desk) -> None:
    path = write(desk, HEADER, "T1,north–south,405001,285000", encoding="cp1252")

    desk.accept(path, rows=1, source={"encoding": "windows-1252"})

    assert value_of(desk, "name") == "north–south"


def test_text_that_could_be_in_two_encodings_is_refused_with_its_place(desk: Desk) -> None:
    path = write(desk, HEADER, GOOD, "T2,north–south,405002,285000", encoding="cp1252")

    desk.refuse(
        path, "TEXT-ENCODING", "Line 3", "column name", "north\\x96south", "source.encoding"
    )


def test_a_first_line_of_data_is_not_taken_for_names(desk: Desk) -> None:
    path = write(desk, "17,B1 1AA,405001,285000", "18,B1 1AB,405002,285000")

    desk.refuse(path, "HEADER-MISSING", "The first line looks like data", "header = false")


def test_names_where_the_catalogue_says_there_are_none_are_noticed(desk: Desk) -> None:
    columns = ("ref", "name", "Easting", "Northing")

    desk.refuse(
        write(desk, HEADER, GOOD), "HEADER-UNEXPECTED", "Line 1", HEADER.replace(",", ", "),
        source={"has_header": False, "columns": columns},
    )  # fmt: skip


def test_a_file_without_a_header_is_read_by_the_catalogues_names(desk: Desk) -> None:
    columns = ("ref", "name", "Easting", "Northing")

    desk.accept(write(desk, GOOD), rows=1, source={"has_header": False, "columns": columns})


def test_a_workbook_goes_the_whole_way(desk: Desk) -> None:
    rows = [
        ["Tree register"],
        ["ref", "name", "height_m", "Easting", "Northing"],
        ["T1", "Oak", 12, 405_001, 285_000],
        ["T2", "Ash", "tall", 405_002, 285_000],
    ]
    path = write_xlsx(desk.folder / "trees.xlsx", {"Trees": rows})

    report = desk.accept(path, "SHEET-TITLE", rows=2, quarantined={4: "NUMBER-INVALID"})

    assert report.form == "XLSX"
    assert value_of(desk, "height_m") == 12
