"""Each format opened again by GDAL or pyarrow: the same rows, shapes, fields and types."""

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import geopandas
import numpy as np
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from layers.exports.extract import Extract, whole_layer
from layers.exports.formats import FORMATS
from layers.exports.prepare import prepare_layer
from layers.exports.store import path_of
from layers.models import Export, Feature
from layers.query.downloads import ready_files
from layers.query.registry import PublishedLayer
from tests.integration.layers.exports.hard_layer import FIDS, LONG_TEXT, SECRET

pytestmark = pytest.mark.django_db(databases=["default", "read"])
READ_BY_GDAL = ["geojson", "geojsonseq", "gpkg", "fgb", "shp", "kml"]


@pytest.fixture(scope="module")
def files(hard: PublishedLayer, django_db_blocker) -> dict[str, Path]:
    with django_db_blocker.unblock():
        assert set(prepare_layer("hard")) == set(FORMATS)
        return {name: path_of(each.file_name) for name, each in ready_files(hard).items()}


@pytest.fixture(scope="module")
def shapes(hard: PublishedLayer, django_db_blocker) -> dict[str, shapely.Geometry | None]:
    with django_db_blocker.unblock():
        rows = Feature.objects.filter(edition_id=hard.edition_id).values_list("fid", "geom_4326")
        return {fid: shape and shapely.from_wkb(bytes(shape.wkb)) for fid, shape in rows}


def read(format_name: str, path: Path) -> geopandas.GeoDataFrame:
    if format_name == "parquet":
        return geopandas.read_parquet(path)
    name = f"/vsizip/{path}/hard.shp" if format_name == "shp" else path
    return pyogrio.read_dataframe(name, datetime_as_string=False)


@pytest.mark.parametrize("name", [*READ_BY_GDAL, "parquet"])
def test_it_has_every_row_and_every_shape_to_a_centimetre(files, shapes, name):
    frame = read(name, files[name])

    column = "feature_id" if name == "kml" else "id"
    ids = {str(fid): shape for fid, shape in zip(frame[column], frame.geometry, strict=True)}
    assert sorted(ids) == FIDS
    assert frame.crs.to_epsg() == 4326 or frame.crs.to_string() == "OGC:CRS84"
    for fid, wanted in shapes.items():
        if wanted is None:
            assert ids[fid] is None or ids[fid].is_empty
            continue
        assert ids[fid].equals_exact(wanted.normalize(), 1e-7) or ids[fid].normalize().equals_exact(
            wanted.normalize(), 1e-7
        )
        assert len(shapely.get_parts(ids[fid])) == len(shapely.get_parts(wanted))


def test_a_geopackage_is_of_a_version_that_old_programs_know(files):
    with closing(sqlite3.connect(files["gpkg"])) as database:
        [version] = database.execute("PRAGMA user_version").fetchone()

    assert version == 10200


@pytest.mark.parametrize("name", ["gpkg", "fgb"])
def test_each_field_has_its_type(files, name):
    info = pyogrio.read_info(files[name])

    types = dict(
        zip(info["fields"], zip(info["ogr_types"], info["dtypes"], strict=True), strict=True)
    )
    assert types["name"][0] == "OFTString"
    assert types["homes"][0] == "OFTInteger64"
    assert types["share"][0] == "OFTReal"
    assert types["is_open"][1] == "bool"
    # FlatGeobuf has no dates without a time.
    assert types["opened_on"][0] == ("OFTDate" if name == "gpkg" else "OFTDateTime")
    assert types["seen_at"][0] == "OFTDateTime"
    assert types["opened_on_text"][0] == types["homes_text"][0] == "OFTString"


def test_parquet_has_types_terms_and_what_geoparquet_asks(files, hard):
    schema = pq.read_schema(files["parquet"])

    assert [
        str(schema.field(name).type) for name in ("homes", "share", "is_open", "opened_on")
    ] == [
        "int64",
        "double",
        "bool",
        "date32[day]",
    ]
    assert str(schema.field("seen_at").type) == "timestamp[us, tz=UTC]"
    assert schema.metadata[b"licence"].decode() == hard.licence
    geo = json.loads(schema.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["columns"]["geometry"]["geometry_types"] == ["MultiPolygon", "Polygon"]


@pytest.mark.parametrize("name", ["gpkg", "fgb", "parquet"])
def test_values_come_back_as_they_were(files, name):
    frame = read(name, files[name]).set_index("id")

    assert frame.loc["1", "name"] == 'Llŷn & "Sons" <Ltd>, a\nsecond line'
    assert frame.loc["2", "name"] == "=HYPERLINK(1)"
    assert frame.loc["2", "homes"] == -5
    assert frame.loc["1", "homes_text"] == str(2**53 + 1)
    assert frame.loc["3", "homes_text"] == str(2**63)
    assert np.isnan(frame.loc["3", "homes"])
    assert frame.loc["3", "opened_on_text"] == "2024-05"
    assert str(frame.loc["1", "opened_on"])[:10] == "2024-05-31"
    assert str(frame.loc["1", "seen_at"]).startswith("2024-05-31 09:30:00")
    assert frame.loc["1", "note"] == LONG_TEXT
    assert frame.loc["4", "web"] is None or frame.isna().loc["4", "web"]


def test_a_shapefile_has_short_names_and_says_which_and_what_it_cut(files):
    frame = read("shp", files["shp"]).set_index("id")

    assert {"very_long_", "very_lon_2"} <= set(frame.columns)
    assert frame.loc["1", "note"] == "Ÿ" * 127
    with zipfile.ZipFile(files["shp"]) as archive:
        assert {"hard.shp", "hard.prj", "hard.cpg", "README.txt"} <= set(archive.namelist())
        told = archive.read("README.txt").decode()
    assert "very_lon_2  very_long_field_number" in told
    assert "254 bytes are cut, as a shapefile asks, in: note." in told
    assert "Open Government Licence v3.0" in told


def test_a_spreadsheet_runs_nothing_and_keeps_its_numbers(files):
    raw = files["csv"].read_bytes()
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))}

    assert raw.startswith(b"\xef\xbb\xbf")
    assert rows["2"]["name"] == "'=HYPERLINK(1)"
    assert rows["2"]["note"] == "-1"
    assert rows["2"]["homes"] == "-5"
    assert rows["3"]["homes"] == str(2**63)
    assert rows["3"]["opened_on"] == "2024-05"
    assert rows["3"]["WKT"] == ""
    assert rows["1"]["WKT"].startswith("POLYGON((")
    assert rows["1"]["name"] == 'Llŷn & "Sons" <Ltd>, a\nsecond line'


def test_geojson_is_json_with_its_terms(files, hard):
    collection = json.loads(files["geojson"].read_bytes())

    assert collection["licence"] == hard.licence
    assert collection["attribution"] == hard.attribution
    assert collection["edition"] == hard.edition_id
    assert collection["features"][2]["properties"]["homes"] == str(2**63)
    assert collection["features"][2]["geometry"] is None
    assert [each["id"] for each in collection["features"]] == FIDS


def test_geojson_lines_are_a_feature_each_and_the_first_has_the_terms(files, hard):
    lines = files["geojsonseq"].read_text().splitlines()

    features = [json.loads(line) for line in lines]
    assert [each["id"] for each in features] == FIDS
    assert features[0]["provenance"]["licence"] == hard.licence
    assert "provenance" not in features[1]


def test_kml_names_places_by_their_title_and_has_types(files):
    text = files["kml"].read_text()
    frame = read("kml", files["kml"])

    assert "<name>Llŷn &amp; &quot;Sons&quot;" in text or '<name>Llŷn &amp; "Sons"' in text
    assert "\u0001" not in text
    assert '<SimpleField name="very_long_field_number" type="int"/>' in text
    assert '<SimpleField name="homes" type="string"/>' in text
    assert "Open Government Licence v3.0" in text
    assert len(frame) == 4
    rows = frame.set_index("feature_id")
    assert rows.loc["1", "homes"] == str(2**53 + 1)
    assert rows.loc["1", "Name"] == 'Llŷn & "Sons" <Ltd>, a\nsecond line'
    assert rows.loc["3", "note"] == "ctrl\ttab 😀"
    assert rows.loc["1", "very_long_field_number"] == 7


@pytest.mark.parametrize("name", FORMATS)
def test_no_file_has_anything_restricted(files, name):
    path = files[name]
    contents = [path.read_bytes()]
    if name == "shp":
        with zipfile.ZipFile(path) as archive:
            contents = [archive.read(member) for member in archive.namelist()]

    for content in contents:
        assert b"Keyholder" not in content
        assert b"keyholder" not in content
    if name == "parquet":
        assert SECRET not in str(pq.read_table(path).to_pylist())


@pytest.mark.parametrize("name", ["gpkg", "fgb", "parquet", "shp"])
def test_metres_of_the_national_grid_are_given_where_asked(hard, tmp_path, name):
    from layers.exports.binary import write_binary
    from layers.exports.survey import survey_extract

    extract = Extract(hard, hard.fields, (), 27700)
    path = tmp_path / f"hard.{FORMATS[name].extension}"
    write_binary(name, extract, survey_extract(extract), path, most_s=60)

    frame = read(name, path)
    assert frame.crs.to_epsg() == 27700
    plain = frame[frame["id"] == "4"].geometry.iloc[0]
    assert plain.bounds == (407000, 287000.125, 407000.5, 287100)


def test_a_row_of_export_says_what_the_file_is(files, hard):
    from hashlib import sha256

    for export in Export.objects.filter(edition_id=hard.edition_id):
        content = path_of(export.file_name).read_bytes()
        assert export.bytes == len(content)
        assert export.sha256 == sha256(content).hexdigest()


def test_an_extract_of_all_is_the_whole_layer(hard):
    assert whole_layer(hard) == Extract(hard, hard.fields)
