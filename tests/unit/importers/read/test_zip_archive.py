"""A zip is looked over before anything in it is unpacked."""

import stat
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from importers.errors import SourceUnreadable
from importers.read.child.zip_archive import unpack_layer
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest
from tests.unit.importers.read.made_files import VRT, shapefile_parts, write_zip

CSV = {"trees.csv": b"a,b\n1,2\n"}


def request_for(path: Path, **changes: Any) -> ReadRequest:
    scratch = path.parent / "scratch"
    scratch.mkdir()
    members: dict[str, Any] = {
        "path": str(path),
        "scratch": str(scratch),
        "form": "zip",
        "encoding": None,
        "has_header": True,
        "columns": (),
        "table": None,
    }
    return ReadRequest(**(members | changes))


def refusal(path: Path, **changes: Any) -> SourceUnreadable:
    request = request_for(path, **changes)
    with pytest.raises(SourceUnreadable) as caught:
        unpack_layer(request)
    return caught.value


def zip_of(path: Path, name: str, content: bytes = b"x", **info: Any) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        member = zipfile.ZipInfo(name)
        for key, value in info.items():
            setattr(member, key, value)
        archive.writestr(member, content)
    return path


def renamed(path: Path, written: bytes, wanted: bytes) -> Path:
    """Change a member's name in the bytes, which zipfile would not write by itself."""
    assert len(written) == len(wanted)
    path.write_bytes(path.read_bytes().replace(written, wanted))
    return path


def test_it_unpacks_one_layer_from_a_deep_folder_past_what_systems_leave_behind(tmp_path):
    path = write_zip(
        tmp_path / "a.zip", {"a/b/c/d/e/f/Trees.CSV": b"a\n1\n", "__MACOSX/._Trees.CSV": b"x"}
    )

    request, findings = unpack_layer(request_for(path))

    assert request.form == "csv"
    assert Path(request.path).read_bytes() == b"a\n1\n"
    assert [finding.kind for finding in findings] == ["ZIP-IGNORED"]


def test_it_unpacks_only_the_parts_of_the_shapefile(tmp_path):
    parts = {f"Trees{ending.upper()}": data for ending, data in shapefile_parts().items()}
    path = write_zip(tmp_path / "a.zip", {**parts, "readme.txt": b"x", "trees.sbn": b"x"})

    request, _ = unpack_layer(request_for(path))

    unpacked = {part.name for part in Path(request.path).parent.iterdir()}
    assert request.form == "shapefile"
    assert unpacked == {"layer.shp", "layer.shx", "layer.dbf", "layer.prj", "layer.cpg"}


@pytest.mark.parametrize(
    "name",
    ["../../evil.csv", "/etc/cron.d/x.csv", "C:\\win.csv", "\\\\host\\x.csv", "a\\..\\x.csv"],
)
def test_it_refuses_members_that_point_outside(tmp_path, name):
    fault = refusal(zip_of(tmp_path / "a.zip", name))

    assert fault.code == "ZIP-PATH"
    assert list((tmp_path / "scratch").iterdir()) == []


def test_it_refuses_a_nul_in_a_name(tmp_path):
    path = renamed(zip_of(tmp_path / "a.zip", "ok_.csv"), b"ok_.csv", b"ok\x00.csv")

    assert refusal(path).code == "ZIP-NAME"


def test_it_refuses_a_link(tmp_path):
    path = zip_of(
        tmp_path / "a.zip", "a.csv", b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16
    )

    assert refusal(path).code == "ZIP-LINK"


def test_it_refuses_an_encrypted_zip(tmp_path):
    path = write_zip(tmp_path / "a.zip", CSV)
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)

    assert refusal(path).code == "ZIP-ENCRYPTED"


def test_it_refuses_an_unusual_compression(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", b"a\n1\n")

    assert refusal(tmp_path / "a.zip").code == "ZIP-METHOD"


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({}, "ZIP-EMPTY"),
        ({"folder/": b""}, "ZIP-EMPTY"),
        ({**CSV, "inner.zip": b"PK"}, "ZIP-NESTED"),
        ({**CSV, "setup.exe": b"MZ"}, "ZIP-FORBIDDEN"),
        ({**CSV, "lower/trees.shp": b"x"}, "MULTI-LAYER"),
        ({"trees.dbf": b"x"}, "SHP-PARTS"),
        ({"trees.gpx": b"<gpx/>"}, "FMT-UNSUPPORTED"),
        ({"trees.csv": b""}, "EMPTY-FILE"),
        ({"trees.shp": VRT.encode()}, "FMT-MISMATCH"),
        ({f"{number}.csv": b"" for number in range(201)}, "ZIP-TOO-MANY"),
    ],
)
def test_it_refuses_what_is_not_one_layer(tmp_path, members, code):
    assert refusal(write_zip(tmp_path / "a.zip", members)).code == code


def test_it_lists_the_layers_to_choose_from_and_takes_the_catalogues_choice(tmp_path):
    path = write_zip(tmp_path / "a.zip", {"oaks.csv": b"a\n1\n", "elms.csv": b"a\n2\n"})

    with pytest.raises(SourceUnreadable, match=r"oaks\.csv, elms\.csv"):
        unpack_layer(request_for(path))
    chosen, _ = unpack_layer(
        ReadRequest(str(path), str(tmp_path / "scratch"), "zip", None, True, (), table="elms")
    )

    assert Path(chosen.path).read_bytes() == b"a\n2\n"


@pytest.mark.parametrize(
    "members",
    [
        {"doc.kml": b"<kml>1", "other.kml": b"<kml>2", "images/tree.png": b"x"},
        {"files/trees.kml": b"<kml>1"},
    ],
)
def test_it_unpacks_the_kml_that_a_viewer_would_open(tmp_path, members):
    path = write_zip(tmp_path / "a.kmz", members)

    request, _ = unpack_layer(request_for(path, form="kmz"))

    assert request.form == "kml"
    assert Path(request.path).read_bytes() == b"<kml>1"


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"a.kml": b"<kml/>", "b.kml": b"<kml/>"}, "MULTI-LAYER"),
        ({"trees.csv": b"a\n1\n"}, "FMT-MISMATCH"),
    ],
)
def test_it_refuses_a_kmz_without_one_kml(tmp_path, members, code):
    assert refusal(write_zip(tmp_path / "a.kmz", members), form="kmz").code == code


def linking_kml(*hrefs: str) -> bytes:
    links = "".join(
        f"<NetworkLink><Link><href>{href}</href></Link></NetworkLink>" for href in hrefs
    )
    return f"<kml><Document>{links}</Document></kml>".encode()


TREES = b"<kml><Placemark/></kml>"


@pytest.mark.parametrize("href", ["layers/trees.kml", "./layers/trees.kml", " layers/Trees.kml "])
def test_it_unpacks_the_member_that_the_main_kml_only_links_to(tmp_path, href):
    members = {"doc.kml": linking_kml(href), "layers/trees.kml": TREES, "a.png": b"x"}
    path = write_zip(tmp_path / "a.kmz", members)

    request, findings = unpack_layer(request_for(path, form="kmz"))

    assert request.form == "kml"
    assert Path(request.path).read_bytes() == TREES
    assert [finding.value for finding in findings] == ["a.png"]


@pytest.mark.parametrize(
    "href",
    [
        "http://127.0.0.1/layers/trees.kml",
        "//127.0.0.1/layers/trees.kml",
        "file:///layers/trees.kml",
        "/layers/trees.kml",
        "../layers/trees.kml",
        "layers/../../layers/trees.kml",
        "layers/ash.kml",
        "doc.kml",
        "http://[",
        "",
    ],
)
def test_it_follows_no_link_out_of_the_archive(tmp_path, href):
    main = linking_kml(href)
    path = write_zip(tmp_path / "a.kmz", {"doc.kml": main, "layers/trees.kml": TREES})

    request, _ = unpack_layer(request_for(path, form="kmz"))

    assert Path(request.path).read_bytes() == main


def test_it_says_which_links_it_did_not_follow(tmp_path):
    main = linking_kml("trees.kml", "http://127.0.0.1/a.kml")
    path = write_zip(tmp_path / "a.kmz", {"doc.kml": main, "trees.kml": TREES})

    _, findings = unpack_layer(request_for(path, form="kmz"))

    assert [(finding.kind, finding.value) for finding in findings] == [
        ("KML-LEFT-OUT", "NetworkLink")
    ]


def test_of_several_linked_members_the_catalogue_names_one(tmp_path):
    main = linking_kml("layers/oaks.kml", "layers/ashes.kml")
    members = {"doc.kml": main, "layers/oaks.kml": TREES, "layers/ashes.kml": b"<kml/>"}
    path = write_zip(tmp_path / "a.kmz", members)

    fault = refusal(path, form="kmz")

    assert fault.code == "MULTI-LAYER"
    assert "layers/oaks.kml, layers/ashes.kml" in fault.fact
    (tmp_path / "scratch/layer.kml").unlink()
    (tmp_path / "scratch").rmdir()
    request, _ = unpack_layer(request_for(path, form="kmz", table="Oaks"))
    assert Path(request.path).read_bytes() == TREES


def test_a_main_kml_with_places_is_read_whatever_it_links_to(tmp_path):
    main = b"<kml><Placemark/>" + linking_kml("trees.kml").removeprefix(b"<kml>")
    path = write_zip(tmp_path / "a.kmz", {"doc.kml": main, "trees.kml": TREES})

    request, _ = unpack_layer(request_for(path, form="kmz"))

    assert Path(request.path).read_bytes() == main


def test_it_refuses_a_zip_that_is_cut_short(tmp_path):
    path = write_zip(tmp_path / "a.zip", {"a.csv": b"a,b\n" * 1000})
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 6 // 10])

    assert refusal(path).code == "ZIP-TRUNCATED"


def test_it_refuses_a_member_whose_bytes_are_not_what_was_zipped(tmp_path):
    path = zip_of(tmp_path / "a.zip", "a.csv", b"a,b\n1,2\n")

    assert refusal(renamed(path, b"1,2\n", b"1,3\n")).code == "ZIP-CORRUPT"


def test_it_refuses_a_member_that_is_larger_than_it_says(tmp_path):
    path = zip_of(tmp_path / "a.zip", "a.csv", b"1234567890")
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 4)
    path.write_bytes(content)

    assert refusal(path).code == "ZIP-CORRUPT"


@pytest.mark.parametrize(
    "limits", [ReadLimits(unpacked_bytes=1000), ReadLimits(ratio_counts_from_bytes=1000)]
)
def test_it_refuses_a_bomb_before_unpacking(tmp_path, limits):
    path = write_zip(tmp_path / "a.zip", {"a.csv": b"0" * 1_000_000})

    assert refusal(path, limits=limits).code == "ZIP-BOMB"
    assert list((tmp_path / "scratch").iterdir()) == []
