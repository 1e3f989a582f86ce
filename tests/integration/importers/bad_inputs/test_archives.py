"""Archives: what is in a zip or a gzip is looked over before it is unpacked."""

import gzip
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories.source_files import write_geopackage, write_zipped_shapefile
from tests.integration.importers.bad_inputs.desk import Desk
from tests.integration.importers.bad_inputs.shapes import tree
from tests.integration.importers.bad_inputs.zips import (
    CSV,
    change,
    declare_size,
    end_64,
    set_flag,
    set_method,
    without_end,
    write_stored_stream,
    write_zip,
    zeros_deflated,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

END_ONLY = b"PK\x05\x06" + bytes(18)
MARK_OF_LINK = 0o120777 << 16
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def path(desk: Desk) -> Path:
    return desk.folder / "x.zip"


def zipped(members: dict[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return memory.getvalue()


def test_a_good_zip_is_taken(desk: Desk, path: Path) -> None:
    desk.accept(write_zip(path, {"trees.csv": CSV}), rows=1)


def test_a02_a_zip_that_is_only_an_end_has_no_files(desk: Desk, path: Path) -> None:
    path.write_bytes(END_ONLY)

    desk.refuse(path, "ZIP-EMPTY", "The zip has no files in it.")


@pytest.mark.parametrize("share", [0.05, 0.6, 0.95])
def test_a03_a_zip_that_is_cut_short(desk: Desk, path: Path, share: float) -> None:
    write_zip(path, {"trees.csv": CSV * 1000, "more.txt": b"more" * 1000})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])

    desk.refuse(path, "ZIP-TRUNCATED", "x.zip", "The zip is cut short", "Send it again.")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"Rar!\x1a\x07\x01\x00" + bytes(90), "a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(90), "a 7-Zip archive"),
        (gzip.compress(CSV), "gzip"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
    ],
    ids=["rar", "7z", "gzip", "pdf"],
)
def test_a04_another_archive_is_named(desk: Desk, path: Path, content: bytes, found: str) -> None:
    path.write_bytes(content)

    desk.refuse(path, "FMT-MISMATCH", "The file is not zip", found)


def test_a05_a_zip_with_a_password(desk: Desk, path: Path) -> None:
    set_flag(write_zip(path, {"trees.csv": CSV}), flag=1)

    desk.refuse(path, "ZIP-ENCRYPTED", "protected by a password")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../evil.shp", "'../../evil.shp'"),
        ("/etc/cron.d/x", "'/etc/cron.d/x'"),
        ("C:\\win.shp", "'C:\\\\win.shp'"),
        ("C:/win.shp", "'C:/win.shp'"),
        ("\\\\host\\share\\x.shp", "host"),
        ("a\\..\\..\\x.shp", "'a\\\\..\\\\..\\\\x.shp'"),
        ("ok/\u202e/../../x.shp", "\\u202e"),
    ],
)
def test_a06_a07_a_name_that_leads_out_of_the_zip(
    desk: Desk, path: Path, name: str, shown: str
) -> None:
    write_zip(path, {"trees.csv": CSV, name: b"x"})

    desk.refuse(path, "ZIP-PATH", shown, "points outside the zip")
    assert not list(desk.folder.rglob("*evil*")), "something was written outside"


@pytest.mark.parametrize("character", [b"\x00", b"\n", b"\x1b"])
def test_a08_a_name_with_a_control_character(desk: Desk, path: Path, character: bytes) -> None:
    write_zip(path, {"okX.shp": b"x", "trees.csv": CSV})

    change(path, b"okX.shp", b"ok" + character + b".shp")

    desk.refuse(path, "ZIP-NAME", "control character")


def test_a09_a_link(desk: Desk, path: Path) -> None:
    write_zip(path, {"trees.csv": b"/etc/passwd"}, external_attr=MARK_OF_LINK)

    desk.refuse(path, "ZIP-LINK", "trees.csv", "is a link")


def test_a11_ten_gigabytes_of_zeros_are_refused_before_they_are_unpacked(
    desk: Desk, path: Path
) -> None:
    stream, size_bytes = zeros_deflated(10 << 30)
    write_stored_stream(path, b"trees.csv", stream, size_bytes=size_bytes)

    started = time.monotonic()
    desk.refuse(path, "ZIP-BOMB", "larger than 2000 MB")

    assert path.stat().st_size < 15_000_000
    assert time.monotonic() - started < 10


def test_a11_a_member_that_unpacks_to_a_thousand_times_its_size(desk: Desk, path: Path) -> None:
    stream, size_bytes = zeros_deflated(128 << 20)
    write_stored_stream(path, b"trees.csv", stream, size_bytes=size_bytes)

    desk.refuse(path, "ZIP-BOMB", "trees.csv", "250 times its size")


@pytest.mark.parametrize("declared_bytes", [10, 4_000_000])
def test_a12_a_member_that_is_larger_than_it_says(
    desk: Desk, path: Path, declared_bytes: int
) -> None:
    write_zip(path, {"trees.csv": CSV * 200_000})
    declare_size(path, declared_bytes)

    desk.refuse(path, "ZIP-CORRUPT", "trees.csv is damaged")


@pytest.mark.parametrize(
    "name", ["inner.zip", "trees.shp.zip", "photos.kmz", "lib 0.zip", "trees.csv.gz", "a.7z"]
)
def test_a14_an_archive_in_an_archive(desk: Desk, path: Path, name: str) -> None:
    nested = zipped({"a.zip": zipped({"b.zip": zipped({"trees.csv": CSV})})})
    write_zip(path, {name: nested, "readme.txt": b"x"})

    desk.refuse(path, "ZIP-NESTED", name, "Unzip once and send the inner file.")


def test_a15_seventy_thousand_members_are_refused_at_once(desk: Desk, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(70_000):
            archive.writestr(zipfile.ZipInfo(f"{number}.csv"), b"")

    desk.refuse(path, "ZIP-TOO-MANY", "70,000 members", "at most 200")


def two_ends(path: Path) -> None:
    """Put a second zip into the comment: what is read depends on where one looks."""
    inner = zipped({"trees.csv": b"ref,name,Easting,Northing\nEVIL,x,1,1\n"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = inner


def junk_after_end(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"junk")


def two_zips(path: Path) -> None:
    path.write_bytes(path.read_bytes() + zipped({"trees.csv": CSV}))


def wrong_end_64(path: Path) -> None:
    content, size_bytes, start = without_end(path)
    path.write_bytes(content + end_64(1, size_bytes, start, says=3))


def end_64_with_another_count(path: Path) -> None:
    content, size_bytes, start = without_end(path)
    path.write_bytes(content + end_64(7, size_bytes, start))


def another_count(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-14:-10] = b"\x05\x00\x05\x00"
    path.write_bytes(content)


@pytest.mark.parametrize(
    "spoil",
    [two_ends, junk_after_end, two_zips, wrong_end_64, end_64_with_another_count, another_count],
)
def test_a16_a_zip_that_programs_read_differently(
    desk: Desk, path: Path, spoil: Callable[[Path], None]
) -> None:
    write_zip(path, {"trees.csv": CSV})

    spoil(path)

    desk.refuse(path, "ZIP-CORRUPT")


def test_a16_a_true_zip64_and_a_comment_are_taken(desk: Desk, path: Path) -> None:
    content, size_bytes, start = without_end(write_zip(path, {"trees.csv": CSV}))
    path.write_bytes(content + end_64(1, size_bytes, start))
    desk.accept(path, rows=1)

    path.unlink()
    write_zip(path, {"trees.csv": CSV + b"T8,Oak,405001,285001\n"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"made by the parks department"
    desk.accept(path, rows=2)


def test_a17_a_member_whose_checksum_is_wrong_is_named(desk: Desk, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("trees.csv", CSV)
    change(path, b"405007", b"405008")

    desk.refuse(path, "ZIP-CORRUPT", "trees.csv is damaged")


@pytest.mark.parametrize("method", [9, 12, 14, 95, 98])
def test_a18_an_unusual_compression(desk: Desk, path: Path, method: int) -> None:
    set_method(write_zip(path, {"trees.csv": CSV}), method)

    desk.refuse(path, "ZIP-METHOD", "trees.csv", "Re-zip with the normal setting.")


def test_a19_what_systems_leave_behind_is_ignored_and_listed(desk: Desk, path: Path) -> None:
    junk = ("__MACOSX/._trees.csv", ".DS_Store", "Thumbs.db", "desktop.ini", "notes.txt")
    write_zip(path, {"trees.csv": CSV, **dict.fromkeys(junk, b"x")})

    desk.accept(path, "ZIP-IGNORED", rows=1)

    (issue,) = desk.issues("ZIP-IGNORED")
    assert all(name in issue.message for name in junk), issue.message


def test_a20_several_layers_are_listed_and_the_catalogue_chooses(desk: Desk, path: Path) -> None:
    rows = [tree("T7", 405_007, 285_000)]
    shapefile = zipfile.ZipFile(write_zipped_shapefile(desk.folder / "oaks.zip", rows))
    members = {name: shapefile.read(name) for name in shapefile.namelist()}
    members |= {name.replace("oaks", "elms"): content for name, content in members.items()}
    members["parks.gpkg"] = write_geopackage(desk.folder / "parks.gpkg", rows).read_bytes()
    write_zip(path, members)

    desk.refuse(path, "MULTI-LAYER", "3 layers", "oaks.shp", "elms.shp", "parks.gpkg")
    desk.accept(path, rows=1, source={"table": "elms"})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("setup.exe", b"MZ\x90\x00"),
        ("index.php", b"<?php"),
        ("index.html", b"<html>"),
        ("book.xlsm", b"PK"),
        ("run.BAT", b"del"),
        ("readme.txt", b"MZ\x90\x00\x03\x00"),
        ("readme.txt", b"\x7fELF\x02"),
        ("readme.txt", EICAR),
    ],
)
def test_a22_a_program_under_any_name(desk: Desk, path: Path, name: str, content: bytes) -> None:
    write_zip(path, {"trees.csv": CSV, name: content})

    desk.refuse(path, "ZIP-FORBIDDEN", name)


def test_a22_a_table_may_begin_with_the_letters_of_a_program(desk: Desk, path: Path) -> None:
    table = b"MZ,ref,Easting,Northing\n1,T7,405007,285000\n"

    desk.accept(write_zip(path, {"trees.csv": table}), rows=1)


@pytest.mark.parametrize(
    ("head", "found"),
    [(b"%PDF-1.7\n", "a PDF document"), (b"\x89PNG\r\n\x1a\n", "a picture (PNG)")],
)
def test_a23_a_zip_behind_something_else(desk: Desk, path: Path, head: bytes, found: str) -> None:
    path.write_bytes(head + bytes(500) + zipped({"trees.csv": CSV}))

    desk.refuse(path, "FMT-MISMATCH", found)


def test_a23_a_zip_behind_the_start_of_another(desk: Desk, path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(500) + zipped({"trees.csv": CSV}))

    desk.refuse(path, "ZIP-CORRUPT", "before its first member")


def test_a24_five_gigabytes_in_a_gzip(desk: Desk) -> None:
    stream, _ = zeros_deflated(5 << 30)
    path = desk.folder / "trees.csv.gz"
    path.write_bytes(b"\x1f\x8b\x08" + bytes(6) + b"\x03" + stream + bytes(8))

    started = time.monotonic()
    desk.refuse(path, "ZIP-BOMB", "Unpacked it is larger than")

    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (gzip.compress(CSV) + gzip.compress(CSV), "ZIP-CORRUPT", "Several"),
        (gzip.compress(CSV) + b"junk", "ZIP-CORRUPT", "after its end"),
        (gzip.compress(CSV)[:-4], "ZIP-TRUNCATED", "cut short"),
        (gzip.compress(CSV)[:-8] + bytes(8), "ZIP-CORRUPT", "damaged"),
    ],
    ids=["two members", "junk", "cut short", "checksum"],
)
def test_a24_a_gzip_that_is_not_one_whole_file(
    desk: Desk, content: bytes, code: str, words: str
) -> None:
    path = desk.folder / "trees.csv.gz"
    path.write_bytes(content)

    desk.refuse(path, code, words)


def test_a25_folders_alone_are_no_files(desk: Desk, path: Path) -> None:
    desk.refuse(write_zip(path, {"trees/": b"", "trees/2024/": b""}), "ZIP-EMPTY")


def test_a25_a_layer_deep_in_folders_is_found(desk: Desk, path: Path) -> None:
    desk.accept(write_zip(path, {"a/b/c/d/e/f/trees.csv": CSV}), rows=1)
