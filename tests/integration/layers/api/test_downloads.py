"""Files of whole layers as a third party takes them."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import override_settings

pytestmark = pytest.mark.django_db(databases=["default", "read"])
FORMATS = ["geojson", "geojsonseq", "csv", "gpkg", "fgb", "parquet", "shp", "kml"]


@pytest.fixture(scope="module", autouse=True)
def exports_dir(city: Any, tmp_path_factory: Any, django_db_blocker: Any) -> Iterator[Path]:
    """Make the files of the layer of points, and of no other."""
    from layers.exports.prepare import prepare_layer

    folder = tmp_path_factory.mktemp("exports")
    with override_settings(EXPORTS_DIR=folder):
        with django_db_blocker.unblock():
            prepare_layer("bring-banks")
        yield folder


def body_of(response: Any) -> bytes:
    return b"".join(response) if response.streaming else response.content


def listing(read: Any, slug: str) -> dict[str, dict[str, Any]]:
    return {each["format"]: each for each in read(f"/collections/{slug}/downloads")["downloads"]}


def path_of(download: dict[str, Any]) -> str:
    return download["href"].removeprefix("http://testserver/api")


def test_the_list_has_every_format_with_size_and_checksum(read, client):
    downloads = listing(read, "bring-banks")

    assert list(downloads) == FORMATS
    for each in downloads.values():
        response = client.get(each["href"].removeprefix("http://testserver"))
        content = body_of(response)
        assert response.status_code == 200
        assert response["Content-Type"] == each["type"]
        assert len(content) == each["bytes"] == int(response["Content-Length"])
        assert hashlib.sha256(content).hexdigest() == each["sha256"]
        assert response["ETag"] == f'"{each["sha256"]}"'
        digest = base64.b64encode(bytes.fromhex(each["sha256"])).decode()
        assert response["Repr-Digest"] == f"sha-256=:{digest}:"
        assert response["Accept-Ranges"] == "bytes"
        assert response["Content-Disposition"].startswith('attachment; filename="bring-banks.')
        assert 'rel="license"' in response["Link"]


def test_a_format_that_is_not_ready_is_made_when_it_is_asked_for(read, client):
    downloads = listing(read, "areas")

    assert {each["isReady"] for each in downloads.values()} == {False}
    response = client.get(downloads["geojson"]["href"].removeprefix("http://testserver"))
    assert [each["id"] for each in json.loads(body_of(response))["features"]] == ["west", "east"]


def test_a_collection_links_to_all_of_it_in_every_format(read):
    links = read("/collections/bring-banks")["links"]

    enclosures = [each for each in links if each["rel"] == "enclosure"]
    assert [each["href"].rpartition("=")[2] for each in enclosures] == FORMATS


def test_the_whole_layer_leads_to_the_file_that_is_ready(read, ask):
    ready = listing(read, "bring-banks")["gpkg"]["href"]

    response = ask("/collections/bring-banks/download", f="gpkg")

    assert response.status_code == 307
    assert response["Location"] == ready


def test_a_download_is_taken_up_where_it_broke_off(read, client):
    each = listing(read, "bring-banks")["geojson"]
    path = each["href"].removeprefix("http://testserver")
    whole = body_of(client.get(path))

    rest = client.get(path, headers={"range": "bytes=1000-", "if-range": f'"{each["sha256"]}"'})
    last = client.get(path, headers={"range": "bytes=-5"})
    other = client.get(path, headers={"range": "bytes=1000-", "if-range": '"another"'})

    assert rest.status_code == last.status_code == 206
    assert rest["Content-Range"] == f"bytes 1000-{len(whole) - 1}/{len(whole)}"
    assert body_of(rest) == whole[1000:]
    assert body_of(last) == whole[-5:]
    assert other.status_code == 200
    assert body_of(other) == whole


def test_a_range_after_the_end_is_refused_and_a_thousand_ranges_are_the_whole(read, client):
    path = listing(read, "bring-banks")["csv"]["href"].removeprefix("http://testserver")

    after = client.get(path, headers={"range": "bytes=99999999-"})
    many = client.get(path, headers={"range": "bytes=" + ",".join(["0-0"] * 1000)})

    assert after.status_code == 416
    assert after["Content-Range"].startswith("bytes */")
    assert after["Content-Type"] == "application/problem+json"
    assert many.status_code == 200
    assert len(body_of(many)) == int(many["Content-Length"])


def test_what_somebody_has_already_is_not_sent_again(read, client):
    each = listing(read, "bring-banks")["csv"]
    path = each["href"].removeprefix("http://testserver")

    response = client.get(path, headers={"if-none-match": f'"{each["sha256"]}"'})

    assert response.status_code == 304
    assert response.content == b""
    # A cache would take it for the type of the file that it has (RFC 9111, 4.3.4).
    assert "Content-Type" not in response


def test_head_tells_the_size_without_the_file(read, client):
    each = listing(read, "bring-banks")["csv"]

    response = client.head(each["href"].removeprefix("http://testserver"))

    assert response.status_code == 200
    assert int(response["Content-Length"]) == each["bytes"]
    assert response.content == b""


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/collections/bring-banks/downloads/1/../../etc/passwd", 404),
        ("/collections/bring-banks/downloads/{edition}/bring-banks.exe", 404),
        ("/collections/bring-banks/downloads/{edition}/%00", 404),
        ("/collections/bring-banks/downloads/{edition}/schools.csv", 404),
        ("/collections/schools/downloads/{edition}/bring-banks.csv", 404),
        ("/collections/bring-banks/downloads/999999/bring-banks.csv", 404),
        ("/collections/bring-banks/downloads/0/bring-banks.csv", 404),
        ("/collections/bring-banks/downloads/-1/bring-banks.csv", 404),
        ("/collections/bring-banks/downloads/99999999999999999999/bring-banks.csv", 404),
        ("/collections/bring-banks/downloads/１/bring-banks.csv", 404),
        ("/collections/addresses/downloads", 404),
        ("/collections/addresses/download", 404),
        ("/collections/nothing/download", 404),
        ("/collections/bring-banks/downloads?x=1", 400),
        ("/collections/bring-banks/downloads/{edition}/bring-banks.csv?x=1", 400),
        ("/collections/bring-banks/download?f=exe", 400),
        ("/collections/bring-banks/download?f=../../etc/passwd", 400),
        ("/collections/bring-banks/download?limit=1", 400),
        ("/collections/bring-banks/download?crs=EPSG:3857", 400),
        ("/collections/bring-banks/download?f=kml&crs=EPSG:27700", 400),
        ("/collections/bring-banks/download?properties=keyholder", 400),
        ("/collections/bring-banks/download?properties=name;drop", 400),
        ("/collections/bring-banks/download?area=areas", 400),
        ("/collections/bring-banks/download?area=areas/nowhere", 404),
        ("/collections/bring-banks/download?area=addresses/s1", 404),
        ("/collections/bring-banks/download?bbox=nan,1,2,3", 400),
        ("/collections/bring-banks/download?filter=nonsense(", 400),
        ("/collections/bring-banks/download?datetime=2025-02-30", 400),
    ],
)
def test_a_bad_request_is_told_what_is_wrong(city, client, path, status):
    edition = city.layers["bring-banks"].published_edition_id

    response = client.get("/api" + path.format(edition=edition))

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["detail"]


def test_a_file_that_is_gone_from_the_disk_is_said_to_be_gone(read, client, exports_dir, caplog):
    path = listing(read, "bring-banks")["fgb"]["href"].removeprefix("http://testserver")
    [file] = exports_dir.glob("*/bring-banks.fgb")
    content = file.read_bytes()
    try:
        file.write_bytes(content[:-1])
        cut: HttpResponse = client.get(path)
        file.unlink()
        gone: HttpResponse = client.get(path)
    finally:
        file.write_bytes(content)

    assert cut.status_code == gone.status_code == 404
    assert str(exports_dir) not in gone.content.decode()
