"""Tiles that cannot be given, by the ids of the list of bad inputs (K)."""

import json
from typing import Any

import pytest
from django.db import connections

pytestmark = pytest.mark.django_db(databases=["default", "read"])

# Of the small city: a tile of zoom 12 that holds both areas.
COLUMN, ROW = 2026, 1344


def refused(response: Any, status: int = 404) -> str:
    """Return what the problem says that a request is answered with."""
    assert response.status_code == status, response.content[:300]
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response["Access-Control-Allow-Origin"] == "*"
    problem = json.loads(response.content)
    assert problem["status"] == status
    assert len(problem["detail"]) < 500
    return problem["detail"]


@pytest.fixture
def path(city) -> str:
    """The beginning of the address of the areas' tiles."""
    return f"/tiles/areas/{city.layers['areas'].published_edition_id}"


@pytest.mark.parametrize(
    ("tile", "said"),
    [
        ("12/-1/1344", "cannot be the column"),
        ("12/2026/-1", "cannot be the row"),
        ("12/4096/1344", "columns (x) 0 to 4095; 4096"),
        ("12/4097/1344", "columns (x) 0 to 4095"),
        ("12/2026/4096", "rows (y) 0 to 4095; 4096"),
        (f"12/{2**63}/1344", "cannot be the column"),
        (f"12/2026/{2**63}", "cannot be the row"),
        (f"{2**63}/0/0", "cannot be the zoom"),
        ("012/2026/1344", "write the zoom as 12"),
        ("12/02026/1344", "write the column (x) as 2026"),
        ("12/2026/001344", "write the row (y) as 1344"),
        ("21/0/0", "Tiles go to zoom 20"),
        ("12.0/2026/1344", "cannot be the zoom"),
        ("12/2026/%D9%A1", "cannot be the row"),
        ("12/2026/" + "9" * 5000, "cannot be the row"),
    ],
)
def test_k02_numbers_that_no_tile_has(client, path, tile, said):
    assert said in refused(client.get(f"{path}/{tile}.mvt"))


@pytest.mark.parametrize("edition", ["0", "00", "01", "-1", "x", "999999999", str(2**63), "1e3"])
def test_k02_numbers_that_no_edition_has(client, city, edition):
    refused(client.get(f"/tiles/areas/{edition}/12/{COLUMN}/{ROW}.mvt"))


def test_k03_a_tile_outside_the_council_is_empty_without_the_database(client, path, monkeypatch):
    assert client.get(f"{path}/12/{COLUMN}/{ROW}.mvt").status_code == 200

    def refuse(*_: Any) -> None:
        pytest.fail("the database was asked")

    monkeypatch.setattr("layers.query.run._execute", refuse)
    with connections["read"].execute_wrapper(refuse):
        responses = [client.get(f"{path}/{tile}.mvt") for tile in ("12/2000/1344", "14/1/5000")]

    assert [response.status_code for response in responses] == [204, 204]


@pytest.mark.parametrize("query", ["foo=1", "v=2", "f=mvt", "_=1699999999", "utm_x=y", "=", "%00"])
def test_k04_any_parameter_is_refused(client, path, query):
    detail = refused(client.get(f"{path}/12/{COLUMN}/{ROW}.mvt?{query}"), 400)

    assert "not a parameter" in detail


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (".png", "end in .mvt"),
        (".pbf", "end in .mvt"),
        (".MVT", "end in .mvt"),
        ("", "end in .mvt"),
        (".mvt.gz", "end in .mvt"),
        (".mvt%00", "end in .mvt"),
        (".mvt/", "nothing at this address"),
        (".mvt/..", "nothing at this address"),
        (".mvt/../../../../api/", "nothing at this address"),
        (".mvt%2f..", "nothing at this address"),
        (".mvt.mvt", "cannot be the row"),
        ("%20.mvt", "cannot be the row"),
    ],
)
def test_k04_any_other_ending_is_not_found(client, path, ending, said):
    assert said in refused(client.get(f"{path}/12/{COLUMN}/{ROW}{ending}"))


def test_k04_an_empty_query_is_the_tile_itself(client, path):
    plain = client.get(f"{path}/12/{COLUMN}/{ROW}.mvt")

    assert client.get(f"{path}/12/{COLUMN}/{ROW}.mvt?")["ETag"] == plain["ETag"]


@pytest.mark.parametrize(
    "slug", ["missing-1", "addresses", "pg_authid", "..", "%2e%2e", "areas%00", "a" * 5000]
)
def test_a_layer_that_is_not_there_or_not_public_is_not_found(client, city, slug):
    edition = city.layers["addresses"].published_edition_id

    refused(client.get(f"/tiles/{slug}/{edition}/12/{COLUMN}/{ROW}.mvt"))


@pytest.mark.parametrize(
    ("tile", "said"),
    [
        (f"12/{COLUMN}/{4095 - ROW}", f"it would be row {ROW} here"),
        (f"12/{COLUMN}/{ROW}@2x", "“@2x” is for pictures"),
        ("{z}/{x}/{y}", "“{z}” stands for a number"),
        ("%7Bz%7D/%7Bx%7D/%7By%7D", "“{z}” stands for a number"),
        ("12/2026/{-y}", "“{-y}” stands for a number"),
        ("12/2026/{bbox-epsg-3857}", "“{bbox-epsg-3857}” stands for a number"),
        ("undefined/undefined/undefined", "“undefined” cannot be the zoom"),
        ("NaN/NaN/NaN", "cannot be the zoom"),
    ],
)
def test_k12_what_map_libraries_ask_for_by_mistake_is_told_what_to_write(client, path, tile, said):
    assert said in refused(client.get(f"{path}/{tile}.mvt"))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_tiles_can_only_be_read(client, path, method):
    response = getattr(client, method)(f"{path}/12/{COLUMN}/{ROW}.mvt")

    assert response.status_code == 405


@pytest.mark.parametrize("address", ["/tiles/", "/tiles/areas", "/tiles/areas/1", "/tiles/x/y/z/"])
def test_an_address_between_is_a_problem_too(client, city, address):
    refused(client.get(address))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tiles/WebMercatorQuad/12/2026/1344", "the row comes before the column"),
        ("tiles/WebMercatorQuad/12/0/0", "it has rows 1344 to 1344 and columns 2026 to 2026"),
        (f"tiles/WebMercatorQuad/12/{4095 - ROW}/{COLUMN}", "it would be row 1344 here"),
        ("tiles/WebMercatorQuad/012/1344/2026", "write the zoom as 12"),
        ("tiles/WebMercatorQuad/12/1344/2026.mvt", "cannot be the column"),
        ("tiles/WebMercatorQuad/-1/0/0", "cannot be the zoom"),
        ("tiles/WebMercatorQuad/21/0/0", "Tiles go to zoom 20"),
        ("tiles/WorldCRS84Quad/12/1344/2026", "no tiles of “WorldCRS84Quad”"),
        ("tiles/webmercatorquad", "no tiles of “webmercatorquad”"),
        ("tiles/%00", "no tiles of"),
        ("tiles/", "nothing at this address"),
    ],
)
def test_a_tile_that_a_collection_does_not_have_is_told_why(client, city, address, said):
    assert said in refused(client.get(f"/api/collections/areas/{address}"))


@pytest.mark.parametrize("name", ["WorldCRS84Quad", "%00", "x" * 5000])
def test_a_tile_matrix_set_that_is_not_there_is_not_found(client, city, name):
    assert "WebMercatorQuad" in refused(client.get(f"/api/tileMatrixSets/{name}"))


@pytest.mark.parametrize(
    "address",
    ["/api/collections/areas/tiles", "/api/collections/areas/tiles/WebMercatorQuad",
     "/api/collections/areas/tiles/WebMercatorQuad/12/1344/2026", "/api/tileMatrixSets",
     "/api/tileMatrixSets/WebMercatorQuad", "/tiles/areas.json", "/tiles/areas/style.json"],
)  # fmt: skip
def test_every_address_refuses_a_parameter_that_it_does_not_know(client, city, address):
    assert "not a parameter" in refused(client.get(f"{address}?foo=1"), 400)


@pytest.mark.parametrize("form", ["json", "png", "", "../../etc/passwd", "MVT"])
def test_a_tile_comes_in_one_format(client, city, form):
    response = client.get(
        f"/api/collections/areas/tiles/WebMercatorQuad/12/{ROW}/{COLUMN}?f={form}"
    )

    assert "mvt" in refused(response, 400)


@pytest.mark.parametrize("tail", ["", "/WebMercatorQuad", f"/WebMercatorQuad/12/{ROW}/{COLUMN}"])
def test_a_layer_without_places_has_no_tiles(client, city, tail):
    detail = refused(client.get(f"/api/collections/licences/tiles{tail}"))

    assert "has no places" in detail
