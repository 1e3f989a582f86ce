import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import resolve

from config.basemap import PictureTiles
from layers.query.basemap import find
from layers.query.registry import PublishedLayer, Standing
from maps.basemap import attributions, basemap_fields, describe_basemap, find_basemap, is_basemap
from maps.basemap_style import style_as_settings
from maps.views.basemap import send_basemap_style
from tests.unit.maps.published import make_published_layer

_BOX = (-2.0, 52.4, -1.8, 52.5)


def _layer(slug: str, role: str, **facts: object) -> PublishedLayer:
    return make_published_layer(slug, role=role, **({"extent_4326": _BOX} | facts))


ROADS = _layer("roads", "basemap-road", attribution="OS", geometry_type="LineString")
WATER = _layer("water", "basemap-water", attribution="OS", geometry_type="Polygon")
STREAMS = _layer("streams", "basemap-water", attribution="EA", extent_4326=(-2.1, 52.4, -1.9, 52.6))
SCHOOLS = _layer("schools", "school")


def _standing(*layers: PublishedLayer) -> Standing:
    by_role: dict[str, tuple[PublishedLayer, ...]] = {}
    public = {layer.slug: layer for layer in layers if layer.is_public}
    return Standing(digest="", layers=layers, public=public, by_role=by_role, unpublished=())


@pytest.fixture
def stands(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def put(*layers: PublishedLayer) -> None:
        monkeypatch.setattr(find, "standing_layers", lambda: _standing(*layers))

    return put


def test_parts_come_in_drawing_order_with_all_their_layers() -> None:
    basemap = find_basemap(_standing(ROADS, SCHOOLS, WATER, STREAMS))
    assert basemap is not None
    assert [(each.part.name, each.layers) for each in basemap.parts] == [
        ("water", (WATER, STREAMS)),
        ("road", (ROADS,)),
    ]
    assert basemap.attributions == ("OS", "EA")
    assert basemap.extent_4326 == (-2.1, 52.4, -1.8, 52.6)


def test_a_layer_that_is_not_public_takes_no_part() -> None:
    hidden = _layer("hidden", "basemap-road", is_public=False)
    assert find_basemap(_standing(hidden, SCHOOLS)) is None


def test_the_digest_changes_with_an_edition_and_with_what_takes_part() -> None:
    renewed = _layer("roads", "basemap-road", edition_id=99)
    digests = {
        found.digest
        for standing in (_standing(ROADS), _standing(renewed), _standing(ROADS, WATER))
        if (found := find_basemap(standing))
    }
    assert len(digests) == 3
    again = find_basemap(_standing(ROADS, SCHOOLS))
    assert again is not None
    assert again.digest in digests


def test_a_basemap_layer_is_told_by_its_role() -> None:
    assert is_basemap(ROADS)
    assert not is_basemap(SCHOOLS)


def test_a_script_is_told_where_the_tiles_are(stands: Callable[..., None]) -> None:
    stands(ROADS)
    told = describe_basemap()
    assert told["kind"] == "own"
    assert told["tilesUrl"].startswith("/tiles/basemap/")
    assert told["attribution"] == "OS"


def test_how_it_is_drawn_is_told_at_an_address_that_may_be_kept(
    stands: Callable[..., None], rf: RequestFactory
) -> None:
    stands(ROADS)
    address = describe_basemap()["styleUrl"]
    match = resolve(address)

    answer = match.func(rf.get(address), **match.kwargs)

    assert json.loads(answer.content) == json.loads(json.dumps(style_as_settings()))
    assert "immutable" in answer["Cache-Control"]
    # A sandboxed frame of another site asks for it as nobody.
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_page_from_before_is_sent_on_to_how_it_is_drawn_now(
    stands: Callable[..., None], rf: RequestFactory
) -> None:
    stands(ROADS)

    answer = send_basemap_style(rf.get("/"), "0123456789ab")

    assert (answer.status_code, answer["Location"]) == (307, describe_basemap()["styleUrl"])
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_without_layers_there_is_nothing_to_draw(stands: Callable[..., None]) -> None:
    stands(SCHOOLS)
    assert describe_basemap() == {}
    assert attributions() == ()


def test_none_is_none_whatever_is_published(stands: Callable[..., None], settings: Any) -> None:
    settings.BASEMAP = None
    stands(ROADS)
    assert describe_basemap() == {}
    assert attributions() == ()


def test_pictures_of_another_host_come_with_words_for_when_they_fail(
    settings: Any,
) -> None:
    settings.BASEMAP = PictureTiles("https://tiles.example/{z}/{x}/{y}.png", "© Them", 0, 19)
    told = describe_basemap()
    assert told["kind"] == "pictures"
    assert "tiles.example" in told["texts"]["failed"]
    assert attributions() == ("© Them",)


def test_only_fields_that_a_layer_has_are_named() -> None:
    assert basemap_fields(SCHOOLS) == ("name",)
