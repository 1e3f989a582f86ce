"""The parts of a shapefile are checked against each other before GDAL reads them."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from importers.errors import SourceUnreadable
from importers.read.child.dbf_encoding import find_dbf_encoding
from importers.read.child.dbf_table import DbfTable, open_table
from importers.read.child.dbf_values import find_wrong_values
from importers.read.child.shapefile_shapes import check_shapes
from importers.read.limits import ReadLimits
from tests.unit.importers.read.made_files import shapefile_parts


def write_parts(folder: Path, parts: Mapping[str, bytes]) -> Path:
    for ending, content in parts.items():
        (folder / f"layer{ending}").write_bytes(content)
    return folder / "layer.shp"


def table_of(folder: Path, parts: Mapping[str, bytes]) -> DbfTable:
    return open_table(write_parts(folder, parts).with_suffix(".dbf"), ReadLimits())


def shapes_fault(folder: Path, parts: Mapping[str, bytes]) -> SourceUnreadable:
    shp = write_parts(folder, parts)
    with pytest.raises(SourceUnreadable) as caught:
        check_shapes(shp, shp.with_suffix(".shx"))
    return caught.value


def test_it_knows_which_rows_hold_a_geometry(tmp_path):
    parts = shapefile_parts()
    parts[".shp"] = parts[".shp"][:108] + b"\x00" + parts[".shp"][109:]
    shp = write_parts(tmp_path, parts)

    shapes = check_shapes(shp, shp.with_suffix(".shx"))

    assert shapes.has_shape.tolist() == [False, True, True]


@pytest.mark.parametrize("kept_bytes", [50, 150])
def test_it_refuses_a_shp_that_is_cut_short(tmp_path, kept_bytes):
    parts = shapefile_parts()
    parts[".shp"] = parts[".shp"][:kept_bytes]

    assert shapes_fault(tmp_path, parts).code == "SHP-TRUNCATED"


def test_it_names_the_first_row_beyond_the_end(tmp_path):
    parts = shapefile_parts()
    cut = parts[".shp"][:150]
    parts[".shp"] = cut[:24] + (75).to_bytes(4, "big") + cut[28:]

    assert "Row 2 of 3" in str(shapes_fault(tmp_path, parts))


def test_it_refuses_an_index_of_another_export(tmp_path):
    parts = shapefile_parts()
    parts[".shx"] = parts[".shx"][:107] + b"\x08" + parts[".shx"][108:]

    assert shapes_fault(tmp_path, parts).code == "SHP-CORRUPT"


@pytest.mark.parametrize(("shape_type", "code"), [(31, "SHP-TYPE"), (99, "SHP-TYPE")])
def test_it_refuses_surfaces_and_unknown_types(tmp_path, shape_type, code):
    parts = shapefile_parts()
    parts[".shp"] = parts[".shp"][:32] + bytes([shape_type]) + parts[".shp"][33:]

    assert shapes_fault(tmp_path, parts).code == code


def test_it_refuses_what_does_not_begin_like_a_shapefile(tmp_path):
    parts = shapefile_parts()
    parts[".shp"] = b"\x00" * 200

    assert shapes_fault(tmp_path, parts).code == "SHP-CORRUPT"


def test_it_counts_the_records_of_the_shp_by_itself(tmp_path):
    parts, one_more = shapefile_parts(), shapefile_parts([b"Oak"] * 4)
    shp = write_parts(tmp_path, {".shp": one_more[".shp"], ".shx": parts[".shx"]})

    assert check_shapes(shp, shp.with_suffix(".shx")).count == 4


def test_a_header_that_is_wrong_about_a_whole_file_is_passed_over(tmp_path):
    parts = shapefile_parts()
    parts[".shp"] = parts[".shp"][:24] + bytes(4) + parts[".shp"][28:]
    shp = write_parts(tmp_path, parts)

    shapes = check_shapes(shp, shp.with_suffix(".shx"))

    assert shapes.count == 3
    assert [finding.kind for finding in shapes.findings] == ["SHP-LENGTH"]


def test_a_record_that_goes_backwards_ends_the_count(tmp_path):
    parts = shapefile_parts()
    parts[".shp"] += b"\x00\x00\x00\x09\xff\xff\xff\xfc" + bytes(8)
    shp = write_parts(tmp_path, parts)

    assert check_shapes(shp, shp.with_suffix(".shx")).count == 3


def test_it_refuses_a_dbf_that_is_cut_short(tmp_path):
    parts = shapefile_parts()
    parts[".dbf"] = parts[".dbf"][:-30]

    with pytest.raises(SourceUnreadable) as caught:
        table_of(tmp_path, parts)

    assert caught.value.code == "SHP-TRUNCATED"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (b"\x03\x7d", b"\x04\x7d"),
        (b"NAME\x00\x00\x00\x00\x00\x00\x00C", b"NAME\x00\x00\x00\x00\x00\x00\x00M"),
    ],
)
def test_it_refuses_dbase_7_and_memos(tmp_path, written, wanted):
    parts = shapefile_parts()
    parts[".dbf"] = parts[".dbf"].replace(written, wanted, 1)

    with pytest.raises(SourceUnreadable) as caught:
        table_of(tmp_path, parts)

    assert caught.value.code == "DBF-UNSUPPORTED"


def test_it_marks_rows_with_impossible_dates_and_numbers(tmp_path):
    parts = shapefile_parts(
        numbers=[b"12.5", b"1.#QNAN", b"****"], dates=[b"20201345", b"20240229", b"00000000"]
    )

    wrong = find_wrong_values(table_of(tmp_path, parts))

    assert {row: kind for row, (kind, _) in wrong.items()} == {
        1: "DATE-INVALID",
        2: "NUMBER-INVALID",
    }
    assert "20201345" in wrong[1][1]


def test_it_reads_windows_bytes_without_a_cpg_whole_and_shows_samples(tmp_path):
    table = table_of(tmp_path, shapefile_parts([b"Caf\xe9 \x96 St Mary\x92s"], cpg=None))

    encoding, (finding,) = find_dbf_encoding(table, None, None)

    assert encoding == "cp1252"
    assert "Caf\u00e9 \u2013 St Mary\u2019s" in finding.message


@pytest.mark.parametrize("cpg", ["1252", "ANSI 1252", "ISO-8859-1"])
def test_it_takes_utf_8_for_utf_8_whatever_the_cpg_says_and_tells(tmp_path, cpg):
    name = "Caf\u00e9 \u2013 Mary\u2019s"
    table = table_of(tmp_path, shapefile_parts([name.encode(), b"Oak"], cpg=cpg))

    encoding, (finding,) = find_dbf_encoding(table, cpg, None)

    assert encoding == "utf-8"
    assert (finding.kind, finding.severity) == ("TEXT-ENCODING", "warning")
    assert f"The .cpg says {cpg} and the texts are UTF-8" in finding.message
    assert finding.value == name


def test_without_a_cpg_it_reads_the_encoding_in_which_words_make_sense(tmp_path):
    table = table_of(tmp_path, shapefile_parts([b"Caf\x82", b"Ch\x83teau"], cpg=None))

    encoding, (finding,) = find_dbf_encoding(table, None, None)

    assert encoding == "cp850"
    assert finding.value == "Caf\u00e9; Ch\u00e2teau"


def test_without_a_cpg_it_refuses_what_would_be_words_in_several_encodings(tmp_path):
    table = table_of(tmp_path, shapefile_parts([b"Oak", b"Caf\x8e"], cpg=None))

    with pytest.raises(SourceUnreadable, match=r"Row 2, NAME .*Caf\\x8e.*CP850") as caught:
        find_dbf_encoding(table, None, None)

    assert caught.value.code == "TEXT-ENCODING"


@pytest.mark.parametrize(
    ("cpg", "language", "declared"), [("1252", 0, None), (None, 0x57, None), (None, 0, "cp1252")]
)
def test_what_is_said_wins_over_evidence_with_a_warning(tmp_path, cpg, language, declared):
    table = table_of(tmp_path, shapefile_parts([b"Caf\x82"], language=language, cpg=cpg))

    encoding, (finding,) = find_dbf_encoding(table, cpg, declared)

    assert encoding == "cp1252"
    assert "CP850 would fit it better" in finding.message


@pytest.mark.parametrize("name", [b"Oak", "\u00c9rable".encode()])
def test_it_takes_utf_8_for_utf_8_whatever_the_language_mark(tmp_path, name):
    table = table_of(tmp_path, shapefile_parts([name], language=0x57, cpg=None))

    assert find_dbf_encoding(table, None, None) == ("utf-8", ())


@pytest.mark.parametrize(
    ("cpg", "encoding"),
    [("UTF-8", "utf-8"), ("1252", "cp1252"), ("ANSI 1252", "cp1252"), ("65001", "utf-8")],
)
def test_it_believes_the_cpg(tmp_path, cpg, encoding):
    table = table_of(tmp_path, shapefile_parts())

    assert find_dbf_encoding(table, cpg, None) == (encoding, ())


@pytest.mark.parametrize(
    ("cpg", "said"), [("UTF-8", r"Row 2, NAME.*Caf\\xe9"), ("NOSUCH", "NOSUCH")]
)
def test_it_refuses_text_that_is_not_what_the_cpg_says(tmp_path, cpg, said):
    table = table_of(tmp_path, shapefile_parts([b"Oak", b"Caf\xe9"]))

    with pytest.raises(SourceUnreadable, match=said) as caught:
        find_dbf_encoding(table, cpg, None)

    assert caught.value.code == "TEXT-ENCODING"
