"""GeoJSONSeq: one feature a line, and one bad line is one bad row."""

import json

import pytest

from importers.read.child import geojson_lines
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
