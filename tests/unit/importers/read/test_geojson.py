"""The GeoJSON reader: strict JSON, every feature accounted for, no geometry lost silently."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import shapely

from importers.errors import SourceUnreadable
from importers.read.child.geojson import open_source
from importers.read.child.opened import OpenedBatch, OpenedSource
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest
from tests.unit.importers.read.made_files import feature, point, write_geojson

HERE = point(-1.9, 52.48)


def open_file(path: Path, **changes: Any) -> OpenedSource:
    members: dict[str, Any] = {
        "path": str(path),
        "scratch": str(path.parent),
        "form": "geojson",
        "encoding": None,
        "has_header": True,
        "columns": (),
        "table": None,
    }
    return open_source(ReadRequest(**(members | changes)))


def open_features(tmp_path: Path, *features: Any, **members: Any) -> OpenedSource:
    return open_file(write_geojson(tmp_path / "given.geojson", features, **members))


def only_batch(opened: OpenedSource) -> OpenedBatch:
    (batch,) = opened.batches
    return batch


def refusal(tmp_path: Path, content: str | bytes) -> SourceUnreadable:
    path = tmp_path / "given.geojson"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SourceUnreadable) as caught:
        open_file(path)
    return caught.value


def collection(feature_text: str) -> str:
    return f'{{"type":"FeatureCollection","features":[{feature_text}]}}'


def test_it_reads_features_in_lonlat_numbered_from_one(tmp_path):
    opened = open_features(tmp_path, feature(HERE, name="Oak"), feature(None, name="Ash"))

    batch = only_batch(opened)
    assert (opened.crs, opened.geometry_type) == ("EPSG:4326", "Point")
    assert batch.rows == [1, 2]
    assert shapely.from_wkb(batch.wkb[0].as_py()) == shapely.Point(-1.9, 52.48)
    assert batch.wkb[1].as_py() is None


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("EPSG:27700", "EPSG:27700"),
        ("urn:ogc:def:crs:EPSG::27700", "EPSG:27700"),
        ("http://www.opengis.net/def/crs/EPSG/0/27700", "EPSG:27700"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
    ],
)
def test_it_honours_a_crs_member(tmp_path, name, crs):
    member = {"type": "name", "properties": {"name": name}}

    opened = open_features(tmp_path, feature(point(406000, 286000)), crs=member)

    assert opened.crs == crs


def test_it_refuses_a_crs_member_that_names_nothing_known(tmp_path):
    content = '{"type":"FeatureCollection","crs":{"type":"link"},"features":[{}]}'

    assert refusal(tmp_path, content).code == "CRS-UNREADABLE"


def test_it_keeps_the_kind_of_each_property(tmp_path):
    opened = open_features(
        tmp_path,
        feature(HERE, text="a", whole=1, part=0.5, flag=True, nothing=None, listed=[1]),
        feature(HERE, text="b", whole=2, part=1, flag=False, nothing=None, listed=[2]),
    )

    types = {field.name: field.type for field in opened.fields}
    assert types == {
        "text": pa.string(),
        "whole": pa.int64(),
        "part": pa.float64(),
        "flag": pa.bool_(),
        "nothing": pa.string(),
        "listed": pa.string(),
    }
    assert opened.findings == ()


def test_it_reads_a_property_of_mixed_kinds_as_text_with_a_warning(tmp_path):
    opened = open_features(tmp_path, feature(HERE, a=1), feature(HERE, a="x"), feature(HERE, a=[1]))

    assert only_batch(opened).columns[0].to_pylist() == ["1", "x", "[1]"]
    assert [(found.kind, found.field) for found in opened.findings] == [("TYPE-MIXED", "a")]


def test_it_never_rounds_a_whole_number_to_a_double(tmp_path):
    opened = open_features(tmp_path, feature(HERE, a=2**53 + 1), feature(HERE, a=0.5))

    assert only_batch(opened).columns[0].to_pylist() == ["9007199254740993", "0.5"]


def test_it_keeps_the_ids_of_features_as_a_column(tmp_path):
    opened = open_features(tmp_path, {**feature(HERE, name="Oak"), "id": "T1"})

    assert [field.name for field in opened.fields] == ["name", "id"]
    assert only_batch(opened).columns[1].to_pylist() == ["T1"]


def test_it_drops_heights_and_says_so(tmp_path):
    high = {"type": "Point", "coordinates": [-1.9, 52.48, 120.0]}

    opened = open_features(tmp_path, feature(high))

    assert not shapely.has_z(shapely.from_wkb(only_batch(opened).wkb[0].as_py()))
    assert [finding.kind for finding in opened.findings] == ["GEOM-Z"]


def test_it_removes_nul_characters_and_says_so(tmp_path):
    opened = open_features(tmp_path, feature(HERE, name="O\x00ak"))

    assert only_batch(opened).columns[0].to_pylist() == ["Oak"]
    assert [finding.kind for finding in opened.findings] == ["TEXT-NUL"]


@pytest.mark.parametrize(
    ("bad", "kind"),
    [
        (feature({"type": "Point", "coordinates": ["1", "2"]}), "COORD-TYPE"),
        (feature({"type": "Point", "coordinates": None}), "GEOM-EMPTY"),
        (feature({"type": "Point", "coordinates": [1]}), "GEOM-INVALID"),
        (feature({"type": "Ring", "coordinates": [1, 2]}), "GEOM-INVALID"),
        (feature({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0]]]}), "GEOM-INVALID"),
        ({"type": "Feature", "properties": {}}, "GEOM-MISSING"),
        ({"type": "Feature", "geometry": None, "properties": 5}, "GEOJSON-FEATURE"),
        (None, "GEOJSON-FEATURE"),
    ],
)
def test_it_spoils_a_feature_that_it_cannot_read_and_keeps_the_others(tmp_path, bad, kind):
    batch = only_batch(open_features(tmp_path, feature(HERE), bad, feature(HERE)))

    assert batch.rows == [1, 3]
    ((finding, raw),) = batch.spoilt
    assert (finding.kind, finding.row, finding.severity) == (kind, 2, "error")
    assert raw


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (collection('{"type":"Feature"')[:-2], "JSON-SYNTAX"),
        ("[" * 100_000, "JSON-TOO-DEEP"),
        (collection('{"type":"Feature","geometry":{"coordinates":[NaN,1]}}'), "JSON-NAN"),
        (collection('{"a":' + "1" * 5000 + "}"), "JSON-NUMBER"),
        (collection('{"a":1,"b":2,"a":3}'), "JSON-DUPLICATE-KEY"),
        (collection("{}").encode("utf-16"), "TEXT-ENCODING"),
        (b'{"type":"\xe9"}', "TEXT-ENCODING"),
        ("callback({})", "JSON-SYNTAX"),
        (collection(""), "NO-ROWS"),
        ('{"type":"Topology","objects":{}}', "GEOJSON-ROOT"),
        ('{"geometryType":"esriGeometryPoint","features":[]}', "GEOJSON-ROOT"),
        ("[]", "GEOJSON-ROOT"),
        # Of a site that is enough (importers.site_file); a layer of one feature is a mistake.
        ('{"type":"Point","coordinates":[-1.9,52.48]}', "GEOJSON-ROOT"),
        ('{"error":{"code":498,"message":"Invalid token"}}', "SOURCE-ERROR"),
        (
            '{"type":"FeatureCollection","exceededTransferLimit":true,"features":[{}]}',
            "SOURCE-PARTIAL",
        ),
    ],
)
def test_it_refuses_what_is_not_whole_geojson(tmp_path, content, code):
    assert refusal(tmp_path, content).code == code


def test_it_names_line_and_column_of_a_syntax_fault(tmp_path):
    fault = refusal(tmp_path, '{"type":\n "FeatureCollection",,}')

    assert "line 2 column 22" in str(fault)


def test_it_does_not_count_brackets_inside_texts_as_depth(tmp_path):
    opened = open_features(tmp_path, feature(HERE, name='"[[\\' + "[" * 100))

    assert only_batch(opened).rows == [1]


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (ReadLimits(rows=1), "TOO-MANY-ROWS"),
        (ReadLimits(columns=1), "COL-TOO-MANY"),
        (ReadLimits(cell_characters=3), "CELL-TOO-BIG"),
    ],
)
def test_it_refuses_what_is_over_a_limit(tmp_path, limits, code):
    features = [feature(HERE, name="Long", note="x"), feature(HERE)]
    path = write_geojson(tmp_path / "given.geojson", features)

    with pytest.raises(SourceUnreadable) as caught:
        open_file(path, limits=limits)

    assert caught.value.code == code
