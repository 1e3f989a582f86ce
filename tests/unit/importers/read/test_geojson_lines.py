"""GeoJSONSeq: one feature a line, and one bad line is one bad row."""

import json

import pytest

from importers.read.child import geojson_lines, json_root
from importers.read.limits import ReadLimits
from tests.unit.importers.read.made_files import feature, point
from tests.unit.importers.read.opening import read_all, refusal, rows_of, shapes_of

OAK = json.dumps(feature(point(-1.9, 52.48), name="Oak")).encode()
ASH = json.dumps(feature(None, name="Ash"), indent=1).encode()


def write(tmp_path, content):
    path = tmp_path / "trees.geojsonl"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + OAK + b"\r\n\n" + ASH.replace(b"\n", b"") + b"\n\n",
        b"\x1e" + OAK + b"\n\x1e" + ASH + b"\n",
    ],
)
def test_it_reads_features_by_line_or_by_separator(tmp_path, content):
    opened, (batch,) = read_all(geojson_lines, write(tmp_path, content))

    assert (opened.form, opened.crs) == ("GeoJSONSeq", "EPSG:4326")
    assert rows_of(opened, batch) == [{"name": "Oak"}, {"name": "Ash"}]
    assert shapes_of(batch) == ["POINT (-1.9 52.48)", None]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (OAK[:30], "JSON-SYNTAX"),
        (b"[" * 50, "JSON-TOO-DEEP"),
        (b'{"type": "FeatureCollection", "features": []}', "GEOJSON-FEATURE"),
    ],
)
def test_one_bad_line_spoils_itself_alone(tmp_path, line, kind):
    _, (batch,) = read_all(geojson_lines, write(tmp_path, b"\n".join([OAK, line, OAK])))

    assert batch.rows == [1, 3]
    ((finding, raw),) = batch.spoilt
    assert (finding.kind, finding.row) == (kind, 2)
    assert raw


@pytest.mark.parametrize(
    ("content", "code"), [(b"\n \n", "NO-ROWS"), ((OAK + b"\n") * 3, "TOO-MANY-ROWS")]
)
def test_it_refuses_too_few_and_too_many(tmp_path, content, code):
    path = write(tmp_path, content)

    assert refusal(geojson_lines, path, limits=ReadLimits(rows=2)).code == code


@pytest.mark.parametrize("content", [OAK + b"\n" + OAK + b"\n", b"\x1e" + OAK + b"\n\x1e" + OAK])
def test_under_the_name_of_geojson_it_says_what_the_file_is(tmp_path, content):
    path = write(tmp_path, content).rename(tmp_path / "trees.geojson")

    fault = refusal(json_root, path, form="geojson")

    assert fault.code == "FMT-MISMATCH"
    assert "Give it the ending .geojsonl" in fault.fact


@pytest.mark.parametrize("content", [OAK + b"\n" + OAK[:-1], OAK + b"\n{}", OAK + OAK, OAK[:-1]])
def test_json_that_is_wrong_in_another_way_is_not_taken_for_lines(tmp_path, content):
    path = write(tmp_path, content).rename(tmp_path / "trees.geojson")

    assert refusal(json_root, path, form="geojson").code == "JSON-SYNTAX"
