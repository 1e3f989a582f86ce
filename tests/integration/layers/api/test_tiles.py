"""Tiles as a map asks for them: addresses, caching, and editions that come and go."""

import gzip
import json
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import mapbox_vector_tile
import pytest
import shapely
from django.db import connections
from django.test import Client

from layers.api import tile_answer
from layers.publish import (
    discard_edition,
    prune_editions,
    publish_edition,
    roll_back,
    withdraw_layer,
)
from layers.query import cache, tiles
from layers.query.tile_grid import TileAddress, tile_limits
from layers.query.tile_store import TileStore
from tests.factories import MadeFeature, make_field, make_layer, publish_features, stage_features
from tests.factories.other_connections import connect_as_owner

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

MVT = "application/vnd.mapbox-vector-tile"
# EPSG:27700, metres.
SPOT = (407_300.0, 286_600.0)
TILE = "14/8105/5380"

Get = Callable[..., Any]


def school(name: str, spot: tuple[float, float] = SPOT) -> MadeFeature:
    return MadeFeature("1", shapely.Point(spot), {"name": name})


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch) -> TileStore:
    """Give each test a disk of its own."""
    made = TileStore(tmp_path / "tiles", 10_000_000)
    monkeypatch.setattr(tile_answer, "tile_store", lambda: made)
    return made


@pytest.fixture
def layer():
    return make_layer("schools")


@pytest.fixture
def get(client: Client) -> Get:
    def get(path: str, **headers: str) -> Any:
        return client.get(path, headers={key.replace("_", "-"): v for key, v in headers.items()})

    return get


def tile_path(edition, tile: str | None = None) -> str:
    return f"/tiles/{edition.layer.slug}/{edition.pk}/{tile or where(edition)}.mvt"


def where(edition, zoom: int = 14) -> str:
    """Return the first tile that the edition has something in."""
    limits = tile_limits(tuple(edition.extent_4326), zoom)
    return f"{zoom}/{limits.min_column}/{limits.min_row}"


def names_in(body: bytes) -> list[str]:
    [decoded] = mapbox_vector_tile.decode(body).values()
    return [feature["properties"]["name"] for feature in decoded["features"]]


@contextmanager
def no_statement():
    """Fail if anything is asked of the database meanwhile."""

    def refuse(*_: Any) -> None:
        pytest.fail("the database was asked")

    with connections["read"].execute_wrapper(refuse), pytest.MonkeyPatch.context() as patched:
        patched.setattr("layers.query.run._execute", refuse)
        yield


def test_a_tile_of_an_edition_may_be_kept_for_ever_by_anybody(get, layer):
    edition = publish_features(layer, [school("First")])

    response = get(tile_path(edition))

    assert response.status_code == 200
    assert response["Content-Type"] == MVT
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Accel-Expires"] == "60"
    assert response["ETag"].startswith(f'"{edition.pk}-')
    assert not response.cookies
    assert names_in(response.content) == ["First"]


def test_it_is_compressed_for_whoever_takes_it(get, layer):
    edition = publish_features(layer, [school("First")])

    plain = get(tile_path(edition))
    packed = get(tile_path(edition), accept_encoding="gzip, br")

    assert "Content-Encoding" not in plain.headers
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert plain["ETag"] != packed["ETag"]
    assert plain["Vary"] == packed["Vary"] == "Accept-Encoding"


def test_who_has_the_tile_is_told_so_without_its_being_made(get, layer, monkeypatch):
    edition = publish_features(layer, [school("First")])
    tag = get(tile_path(edition))["ETag"]
    monkeypatch.setattr(tile_answer, "tile_body", lambda *_: pytest.fail("made again"))
    monkeypatch.setattr(TileStore, "read", lambda *_: pytest.fail("read"))

    response = get(tile_path(edition), if_none_match=f'"other", {tag}')

    assert response.status_code == 304
    assert response["ETag"] == tag
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content == b""


@pytest.mark.parametrize("tag", ['"other"', "garbage", 'W/"1-2"', "", '"'])
def test_who_has_another_tile_is_given_this_one(get, layer, tag):
    edition = publish_features(layer, [school("First")])

    assert get(tile_path(edition), if_none_match=tag).status_code == 200


def test_a_head_has_no_body(client, layer):
    edition = publish_features(layer, [school("First")])

    response = client.head(tile_path(edition))

    assert response.status_code == 200
    assert response.content == b""
    assert response["ETag"]


def test_a_kept_tile_is_not_made_again(get, layer, monkeypatch):
    edition = publish_features(layer, [school("First")])
    first = get(tile_path(edition))
    monkeypatch.setattr(tile_answer, "tile_body", lambda *_: pytest.fail("made again"))

    again = get(tile_path(edition))

    assert again.content == first.content
    assert again["ETag"] == first["ETag"]


def test_a_tile_far_from_the_layer_is_empty_and_asks_no_database(get, layer):
    edition = publish_features(layer, [school("First")])
    get(tile_path(edition))  # now the layer is remembered

    with no_statement():
        response = get(tile_path(edition, "14/8046/5113"))

    assert response.status_code == 204
    assert response.content == b""
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_tile_between_features_is_empty_and_kept_so(get, layer, monkeypatch):
    features = [school("South-west"), MadeFeature("2", shapely.Point(412_000, 292_000), {})]
    edition = publish_features(layer, features)
    limits = tile_limits(tuple(edition.extent_4326), 14)
    between = f"14/{limits.min_column}/{limits.min_row}"  # north-west
    assert get(tile_path(edition, between)).status_code == 204
    monkeypatch.setattr(tile_answer, "tile_body", lambda *_: pytest.fail("made again"))

    assert get(tile_path(edition, between)).status_code == 204


def test_an_earlier_edition_still_answers_while_it_is_kept(get, layer):
    first = publish_features(layer, [school("First")])
    second = publish_features(layer, [school("Second")])

    assert names_in(get(tile_path(first)).content) == ["First"]
    assert names_in(get(tile_path(second)).content) == ["Second"]


def test_an_earlier_edition_has_its_own_extent(get, layer):
    first = publish_features(layer, [school("First", (400_000, 280_000))])
    second = publish_features(layer, [school("Second", (412_000, 292_000))])

    assert names_in(get(tile_path(first)).content) == ["First"]
    assert get(tile_path(second, where(first))).status_code == 204


@pytest.mark.parametrize("is_kept_on_disk", [True, False])
@pytest.mark.parametrize("has_it", [True, False])
def test_a_withdrawn_edition_is_gone_at_once(get, layer, is_kept_on_disk, has_it):
    publish_features(layer, [school("Right")])
    wrong = publish_features(layer, [school("Wrong")])
    tag = get(tile_path(wrong))["ETag"] if is_kept_on_disk else '"none"'

    roll_back(layer)
    response = get(tile_path(wrong), **({"if_none_match": tag} if has_it else {}))

    assert response.status_code == 410
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert "X-Accel-Expires" not in response.headers
    assert "/tiles/schools.json" in json.loads(response.content)["detail"]


def test_a_withdrawn_edition_that_is_published_again_answers_again(get, layer):
    publish_features(layer, [school("Old")])
    new = publish_features(layer, [school("New")])
    roll_back(layer)
    assert get(tile_path(new)).status_code == 410

    publish_edition(new)

    assert names_in(get(tile_path(new)).content) == ["New"]


def test_a_dropped_edition_is_gone_and_its_kept_tiles_with_it(get, layer):
    old = publish_features(layer, [school("Old")])
    get(tile_path(old))
    publish_features(layer, [school("New")])
    assert get(tile_path(old)).status_code == 200

    prune_editions(layer, kept=0)

    assert get(tile_path(old)).status_code == 410


def test_the_tiles_of_a_withdrawn_layer_are_gone_at_once(get, layer):
    edition = publish_features(layer, [school("First")])
    get(tile_path(edition))

    withdraw_layer(layer)

    assert get(tile_path(edition)).status_code == 410


def test_a_layer_that_is_made_private_is_gone_at_once(get, layer):
    first = publish_features(layer, [school("First")])
    second = publish_features(layer, [school("Second")])
    assert get(tile_path(first)).status_code == get(tile_path(second)).status_code == 200

    with connect_as_owner() as other:
        other.execute("UPDATE layers_layer SET is_public = false, changed_at = now()")

    assert get(tile_path(first)).status_code == get(tile_path(second)).status_code == 404


def test_a_field_that_is_made_private_is_in_no_tile_any_more(get):
    layer = make_layer("schools", fields=[make_field("name"), make_field("head", "text")])
    layer.fields.filter(name="head").update(is_queryable=True)
    edition = publish_features(
        layer, [MadeFeature("1", shapely.Point(SPOT), {"name": "A", "head": "Somebody"})]
    )
    before = get(tile_path(edition))
    assert b"Somebody" in before.content

    with connect_as_owner() as other:
        other.execute("UPDATE layers_field SET is_public = false WHERE name = 'head'")
        other.execute("UPDATE layers_layer SET changed_at = now()")
    after = get(tile_path(edition), if_none_match=before["ETag"])

    assert after.status_code == 200
    assert b"Somebody" not in after.content


def test_an_edition_of_another_layer_is_not_found(get, layer):
    publish_features(layer, [school("First")])
    other = publish_features(make_layer("libraries"), [school("Library")])

    response = get(f"/tiles/schools/{other.pk}/{where(other)}.mvt")

    assert response.status_code == 404
    assert "has no edition" in json.loads(response.content)["detail"]


def test_an_edition_that_was_only_staged_is_not_found(get, layer):
    publish_features(layer, [school("Shown")])
    staged = stage_features(layer, [school("Secret")])

    assert get(tile_path(staged)).status_code == 404


def test_a_layer_without_places_has_no_tiles(get):
    edition = publish_features(make_layer("licences", "None"), [MadeFeature("1", None, {})])

    response = get(f"/tiles/licences/{edition.pk}/0/0/0.mvt")

    assert response.status_code == 404
    assert "has no places" in json.loads(response.content)["detail"]


def test_no_tile_comes_from_an_edition_that_another_process_has_replaced(get, layer):
    first = publish_features(layer, [school("First")])
    second = stage_features(layer, [school("Second")])
    path = f"/api/collections/schools/tiles/WebMercatorQuad/{row_first(first)}"
    assert names_in(get(path).content) == ["First"]

    with connect_as_owner() as other:
        other.execute("UPDATE layers_edition SET published_at = now() WHERE id = %s", [second.pk])
        other.execute(
            "UPDATE layers_layer SET published_edition_id = %s, changed_at = now()", [second.pk]
        )

    assert names_in(get(path).content) == ["Second"]
    assert names_in(get(tile_path(second)).content) == ["Second"]


def row_first(edition) -> str:
    zoom, column, row = where(edition).split("/")
    return f"{zoom}/{row}/{column}"


def test_an_edition_that_is_replaced_while_its_tile_is_made_does_not_answer(
    get, layer, monkeypatch
):
    first = publish_features(layer, [school("First")])
    second = stage_features(layer, [school("Second")])
    read = tiles.fetch_binary_row
    moves = [second]

    def read_after_the_move(*arguments: Any, **options: Any) -> Any:
        if moves:
            publish_edition(moves.pop())
        return read(*arguments, **options)

    monkeypatch.setattr(tiles, "fetch_binary_row", read_after_the_move)
    path = f"/api/collections/schools/tiles/WebMercatorQuad/{row_first(first)}"

    assert names_in(get(path).content) == ["Second"]


def test_an_edition_that_is_dropped_while_its_tile_is_made_is_gone_and_not_empty(
    get, layer, store, monkeypatch
):
    first = publish_features(layer, [school("First")])
    publish_features(layer, [school("Second")])
    read = tiles.fetch_binary_row

    def read_after_the_drop(*arguments: Any, **options: Any) -> Any:
        discard_edition(first.pk)
        return read(*arguments, **options)

    monkeypatch.setattr(tiles, "fetch_binary_row", read_after_the_drop)

    assert get(tile_path(first)).status_code == 410
    zoom, column, row = map(int, where(first).split("/"))
    digest = tiles.tiles_digest(cache.find_layer("schools"))
    assert store.read(first.pk, digest, TileAddress(zoom, column, row)) is None


def test_a_tile_that_takes_too_long_is_said_to_be_busy(layer, get):
    edition = publish_features(layer, [school("First")])
    cache.forget_layers()
    with connect_as_owner() as other, other.transaction():
        other.execute(f"LOCK TABLE layers_feature_e{edition.pk} IN ACCESS EXCLUSIVE MODE")
        with connections["read"].cursor() as cursor:
            cursor.execute("SET statement_timeout = 200")
        try:
            response = get(tile_path(edition))
        finally:
            with connections["read"].cursor() as cursor:
                cursor.execute("RESET statement_timeout")

    assert response.status_code == 503
    assert response["Retry-After"]
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"] == "application/problem+json"
    assert get(tile_path(edition)).status_code == 200


def test_a_fault_of_ours_is_a_problem_that_tells_nothing_of_its_cause(monkeypatch, layer):
    edition = publish_features(layer, [school("First")])

    def break_down(*_: Any) -> None:
        raise ZeroDivisionError("with a postcode in it")

    monkeypatch.setattr(tile_answer, "tile_body", break_down)

    response = Client(raise_request_exception=False).get(tile_path(edition))

    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert b"postcode" not in response.content


def test_k06_k07_odd_values_and_shapes_break_no_tile(get):
    layer = make_layer("odd", "Polygon", fields=[make_field("note")], title_field="note")
    east = SPOT[0] + 900
    sliver = shapely.Polygon([SPOT, (east, SPOT[1]), (east - 450, SPOT[1] + 0.02)])
    whole = shapely.Point(SPOT).buffer(400)
    edition = publish_features(
        layer,
        [
            MadeFeature("1", whole, {"note": "x" * 65_536}),
            MadeFeature("2", sliver, {"note": "😀‮﷽"}),
            MadeFeature("3", shapely.Point(SPOT).buffer(0.02), {"note": {"a": [None]}}),
            MadeFeature("4", whole, {"note": None}),
        ],
    )

    response = get(tile_path(edition, where(edition, zoom=10)))
    [decoded] = mapbox_vector_tile.decode(response.content).values()

    notes = {feature["id"]: feature["properties"].get("note") for feature in decoded["features"]}
    assert notes == {1: "x" * 200, 4: None}  # of the others nothing is left at this zoom
    assert len(response.content) < 5_000


def test_the_tilejson_leads_to_tiles_of_the_published_edition(get, layer):
    publish_features(layer, [school("Old")])
    edition = publish_features(layer, [school("New")])

    document = json.loads(get("/tiles/schools.json").content)
    zoom, column, row = where(edition).split("/")
    [template] = document["tiles"]
    address = template.format(z=zoom, x=column, y=row).removeprefix("http://testserver")

    assert names_in(get(address).content) == ["New"]
    assert document["tilejson"] == "3.0.0"
    assert document["scheme"] == "xyz"
    assert (document["minzoom"], document["maxzoom"]) == (0, 20)
    assert document["bounds"] == pytest.approx(edition.extent_4326)
    assert document["attribution"] == layer.attribution
    [described] = document["vector_layers"]
    assert described["id"] == "schools"
    assert described["fields"].keys() == {"fid", "name"}


def test_the_tilejson_is_asked_after(get, layer):
    publish_features(layer, [school("First")])

    assert "immutable" not in get("/tiles/schools.json")["Cache-Control"]


@pytest.mark.parametrize("slug", ["missing", "addresses", "licences", "a" * 5000, "%00"])
def test_what_has_no_tiles_has_no_tilejson(get, slug):
    publish_features(make_layer("addresses", is_public=False), [school("Secret")])
    publish_features(make_layer("licences", "None"), [MadeFeature("1", None, {})])

    response = get(f"/tiles/{slug}.json")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert b"Secret" not in response.content


@pytest.mark.parametrize(
    ("geometry_type", "shape", "drawn"),
    [
        ("Point", shapely.Point(SPOT), ["circle", "circle"]),
        ("LineString", shapely.LineString([SPOT, (408_000, 287_000)]), ["line", "circle"]),
        ("Polygon", shapely.Point(SPOT).buffer(50), ["fill", "line", "circle"]),
    ],
)
def test_the_style_draws_the_layer_in_its_colour_and_leads_to_its_tiles(
    get, geometry_type, shape, drawn
):
    layer = make_layer("things", geometry_type, style={"colour": "#1b5e20"})
    publish_features(layer, [MadeFeature("1", shape, {"name": "A"})])

    response = get("/tiles/things/style.json")
    style = json.loads(response.content)

    assert response["Content-Type"] == "application/vnd.mapbox.style+json"
    assert style["version"] == 8
    source = style["sources"]["things"]["url"].removeprefix("http://testserver")
    assert json.loads(get(source).content)["vector_layers"][0]["id"] == "things"
    assert [one["type"] for one in style["layers"]] == drawn
    assert {one["source-layer"] for one in style["layers"]} == {"things"}
    assert len({one["id"] for one in style["layers"]}) == len(drawn)
    assert "#1b5e20" in json.dumps(style["layers"])
    assert not {"glyphs", "sprite"} & style.keys()


def test_a_layer_without_tiles_has_no_style(get):
    publish_features(make_layer("licences", "None"), [MadeFeature("1", None, {})])

    assert get("/tiles/licences/style.json").status_code == 404
    assert get("/tiles/missing/style.json").status_code == 404
