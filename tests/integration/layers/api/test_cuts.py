"""Parts of a layer as files, made when they are asked for."""

import csv
import io
import json
from typing import Any

import geopandas
import pytest
from django.core.signals import request_finished
from django.db import close_old_connections

from layers.exports.slots import MAKING, SENDING

pytestmark = pytest.mark.django_db(databases=["default", "read"])


@pytest.fixture(scope="module", autouse=True)
def published(city: Any) -> None:
    """Nothing is ready made here."""


@pytest.fixture
def take(client, city, tmp_path):
    def take(f: str, slug: str = "bring-banks", **parameters: Any) -> bytes:
        response = client.get(f"/api/collections/{slug}/download", {"f": f, **parameters})
        content = b"".join(response) if response.streaming else response.content
        assert response.status_code == 200, content
        assert response["Content-Disposition"].startswith("attachment")
        return content

    return take


def frame_of(content: bytes, ending: str, folder: Any) -> geopandas.GeoDataFrame:
    path = folder / f"cut.{ending}"
    path.write_bytes(content)
    return geopandas.read_parquet(path) if ending == "parquet" else geopandas.read_file(path)


@pytest.mark.parametrize("f", ["geojson", "geojsonseq", "csv", "kml"])
def test_a_text_that_goes_through_the_spool_is_whole(take, city, f):
    content = take(f).decode("utf-8-sig")

    ids = {
        "geojson": lambda: [each["id"] for each in json.loads(content)["features"]],
        "geojsonseq": lambda: [json.loads(line)["id"] for line in content.splitlines()],
        "csv": lambda: [row["id"] for row in csv.DictReader(io.StringIO(content))],
        "kml": lambda: content.split('<SimpleData name="feature_id">')[1:],
    }[f]()
    assert len(ids) == len(city.features["bring-banks"]) == 1010
    assert [each.partition("<")[0] for each in ids] == [
        each.key for each in city.features["bring-banks"]
    ]


@pytest.mark.parametrize(
    ("f", "ending"),
    [("gpkg", "gpkg"), ("fgb", "fgb"), ("parquet", "parquet"), ("shp", "shp.zip")],
)
def test_a_part_inside_an_area_is_what_lies_there(take, city, tmp_path, f, ending):
    west = next(each.shape_27700 for each in city.features["areas"] if each.key == "west")
    wanted = {
        each.key for each in city.features["bring-banks"] if west.intersects(each.shape_27700)
    }

    frame = frame_of(take(f, area="areas/west", crs="EPSG:27700"), ending, tmp_path)

    assert 0 < len(wanted) < 100
    assert set(frame["id"]) == wanted
    assert frame.crs.to_epsg() == 27700
    assert frame.geometry.intersects(west.buffer(0.01)).all()


def test_a_filter_a_box_and_properties_narrow_it_together(take):
    content = take(
        "csv", filter="pupils < 50", bbox="-3,52,-1,53", properties="pupils", crs="CRS84"
    ).decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(content)))
    assert list(rows[0]) == ["id", "pupils", "longitude", "latitude", "easting", "northing"]
    assert sorted(int(row["pupils"]) for row in rows) == list(range(50))


@pytest.mark.parametrize(
    "f", ["geojson", "geojsonseq", "csv", "gpkg", "fgb", "parquet", "shp", "kml"]
)
@pytest.mark.parametrize("slug", ["bring-banks", "licences"])
def test_nothing_is_a_file_too_and_so_is_a_table_without_shapes(take, tmp_path, f, slug):
    content = take(f, slug, filter="pupils = -1")

    if f == "geojson":
        assert json.loads(content)["features"] == []
    elif f == "gpkg":
        assert len(frame_of(content, f, tmp_path)) == 0
    elif f == "geojsonseq":
        assert content == b""
    elif f == "csv":
        assert len(content.splitlines()) == 1
    assert take(f, "licences")


def test_who_comes_too_many_is_told_to_come_again(city, client, settings):
    settings.DOWNLOADS_AT_ONCE = 1
    give_back = MAKING.take()
    try:
        response = client.get("/api/collections/bring-banks/download?f=gpkg")
    finally:
        give_back()

    assert response.status_code == 503
    assert response["Retry-After"]
    assert response["Content-Type"] == "application/problem+json"
    assert client.get("/api/collections/bring-banks/download?f=gpkg").status_code == 200


def test_too_many_features_are_refused_with_what_to_do_instead(city, client, settings):
    settings.DOWNLOAD_MAX_FEATURES = 10

    response = client.get("/api/collections/bring-banks/download?f=gpkg")

    assert response.status_code == 400
    assert "/api/collections/bring-banks/downloads" in response.json()["detail"]


def test_a_file_that_is_cut_off_does_not_look_whole(city, client, settings):
    settings.DOWNLOAD_MAX_BYTES = 10_000

    content = b"".join(client.get("/api/collections/bring-banks/download?f=csv"))

    assert b"This file is not complete" in content.splitlines()[-1]


@pytest.mark.parametrize("is_begun", [True, False])
def test_every_slot_is_given_back_when_somebody_leaves(city, client, is_begun):
    response = client.get("/api/collections/bring-banks/download?f=geojson")
    if is_begun:
        next(iter(response))
    # What a server calls; the signal that it sends would take the test's connection away.
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)

    assert MAKING._taken == SENDING._taken == 0


@pytest.mark.parametrize("f", ["csv", "gpkg"])
def test_head_does_not_say_that_a_file_yet_to_be_made_is_empty(client, city, f):
    response = client.head(f"/api/collections/bring-banks/download?f={f}")

    assert response.status_code == 200
    assert "Content-Length" not in response
    assert "ETag" not in response
