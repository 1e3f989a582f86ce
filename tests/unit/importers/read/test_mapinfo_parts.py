"""The parts of a MapInfo table are looked over before GDAL is given any of them."""

import re
import struct

import pytest

from importers.errors import SourceUnreadable
from importers.read.child.mapinfo_mif import check_mif
from importers.read.child.mapinfo_tab import check_tab
from tests.unit.importers.read.made_files import MIF, tab_parts

MID = b'"Oak"\n"Ash"\n"Elm"\n'


def write_mif(tmp_path, mif=MIF, mid=MID):
    (tmp_path / "trees.mif").write_bytes(mif)
    if mid is not None:
        (tmp_path / "trees.mid").write_bytes(mid)
    return tmp_path / "trees.mif"


def write_tab(tmp_path, **changes):
    for ending, content in (tab_parts() | changes).items():
        if content is not None:
            (tmp_path / f"trees.{ending}").write_bytes(content)
    return tmp_path / "trees.tab"


def fault_of(check, path):
    with pytest.raises(SourceUnreadable) as caught:
        check(path)
    return caught.value


def test_it_counts_the_objects_of_a_mif_and_knows_those_without_a_place(tmp_path):
    rows = check_mif(write_mif(tmp_path))

    assert (rows.count, rows.has_shape.tolist()) == (3, [True, True, False])


def test_the_parts_of_a_collection_are_one_object(tmp_path):
    parts = b"Data\nCollection 2\nRegion 1\n 3\n0 0\n0 1\n1 1\nPoint 1 2\nPoint 3 4\n"

    assert check_mif(write_mif(tmp_path, b"Version 450\n" + parts, b"1\n2\n")).count == 2


@pytest.mark.parametrize(
    ("mif", "mid", "code", "said"),
    [
        (MIF, None, "MIF-SYNTAX", "lacks its .mid"),
        (MIF, b'"Oak"\n', "MIF-SYNTAX", "after 1 rows and the .mif has 3 objects"),
        (MIF.replace(b"  4\n", b"  5\n"), MID, "MIF-SYNTAX", "Line 14 .*position 5 of 5"),
        (MIF.replace(b"  4\n", b"  1000000000\n"), MID, "MIF-SYNTAX", "Line 9 .*1000000000"),
        (MIF[: MIF.index(b"406100 286100")], MID, "MIF-SYNTAX", "ends in the middle"),
        (MIF.replace(b"Data", b"Date"), MID, "MIF-SYNTAX", "no line that says Data"),
        (MIF.replace(b"WindowsLatin1", b"Neutral"), MID + b"\xe9", "TEXT-ENCODING", "Neutral"),
    ],
)
def test_it_refuses_a_mif_that_contradicts_itself(tmp_path, mif, mid, code, said):
    fault = fault_of(check_mif, write_mif(tmp_path, mif, mid))

    assert fault.code == code
    assert re.search(said, str(fault)), str(fault)


def test_it_counts_the_rows_of_a_tab(tmp_path):
    rows = check_tab(write_tab(tmp_path))

    assert (rows.count, rows.has_shape.tolist()) == (2, [True, False])


def test_it_does_not_count_deleted_rows(tmp_path):
    dat = tab_parts()["dat"].replace(b" Ash", b"*Ash")

    assert check_tab(write_tab(tmp_path, dat=dat)).count == 1


@pytest.mark.parametrize("missing", ["dat", "map", "id"])
def test_it_names_the_missing_parts_of_a_tab(tmp_path, missing):
    fault = fault_of(check_tab, write_tab(tmp_path, **{missing: None}))

    assert fault.code == "TAB-PARTS"
    assert f"lacks its .{missing}." in str(fault)


@pytest.mark.parametrize(
    "tab",
    [
        b'!table\nDefinition Table\n  Type LINKED Charset "WindowsLatin1"\n',
        b"!table\nDefinition Table\n  Type ODBC\n",
        b'!table\nDefinition Table\n  File "C:\\x.dbf"\n  Type DBF\n',
        b'!table\nDefinition Table\n  Type NATIVE\n"\\IsSeamless" = "TRUE"\n',
        b'!table\nOpen Table "..\\..\\other.TAB"\nCreate View trees As\n',
    ],
)
def test_it_refuses_a_tab_that_points_elsewhere(tmp_path, tab):
    assert fault_of(check_tab, write_tab(tmp_path, tab=tab)).code == "TAB-LINKED"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tab": b"name\tplace\nOak\t1\n"}, "FMT-MISMATCH"),
        ({"id": struct.pack("<I", 512)}, "TAB-COUNT"),
        ({"dat": tab_parts()["dat"][:-8]}, "TAB-COUNT"),
        ({"dat": b"\x03"}, "TAB-COUNT"),
        ({"dat": tab_parts()["dat"].replace(b"Oak", b"O\x81k")}, "TEXT-ENCODING"),
    ],
)
def test_it_refuses_a_tab_whose_parts_do_not_agree(tmp_path, changes, code):
    assert fault_of(check_tab, write_tab(tmp_path, **changes)).code == code
