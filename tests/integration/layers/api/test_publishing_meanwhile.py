"""Answers while editions are published, taken back and dropped between two requests."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import shapely
from django.db import connections

from layers.models import Layer
from layers.publish import discard_edition, prune_editions, publish_edition, roll_back
from layers.query import bodies, cache
from layers.query.nearest import nearest_to
from tests.factories import MadeFeature, make_layer, publish_features, stage_features
from tests.factories.other_connections import connect_as_owner

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

# EPSG:4326, beside the features made here.
PLACE = {"lon": "-1.8938", "lat": "52.4772"}


def school(key: str, name: str) -> MadeFeature:
    return MadeFeature(key, shapely.Point(407300, 286600), {"name": name})


def schools(count: int, name: str) -> list[MadeFeature]:
    return [school(f"{name}-{number}", name) for number in range(count)]


@pytest.fixture
def layer() -> Layer:
    return make_layer("schools", is_service=True)


@pytest.fixture
def get(client) -> Callable[..., Any]:
    def get(path: str, **parameters: Any) -> Any:
        response = client.get(path, parameters)
        response.answer = json.loads(response.content)
        return response

    return get


def next_link(answer: dict[str, Any]) -> str | None:
    links = [link["href"] for link in answer["links"] if link["rel"] == "next"]
    return links[0] if links else None


def move_pointer_elsewhere(edition_id: int) -> None:
    """Publish as another process does: nothing in this one hears of it."""
    with connect_as_owner() as other:
        other.execute(
            "UPDATE layers_layer SET published_edition_id = %s, changed_at = now()"
            " WHERE id = (SELECT layer_id FROM layers_edition WHERE id = %s)",
            [edition_id, edition_id],
        )
        other.execute("UPDATE layers_edition SET published_at = now() WHERE id = %s", [edition_id])


@pytest.mark.parametrize(
    "path",
    ["/api/collections/schools/items", "/api/collections/schools/items/1", "/api/nearest"],
)
def test_an_answer_never_comes_from_an_edition_that_is_no_longer_published(get, layer, path):
    publish_features(layer, [school("1", "First")])
    second = stage_features(layer, [school("1", "Second")])
    parameters = PLACE if path.endswith("nearest") else {}
    assert b"First" in get(path, **parameters).content  # now it is remembered

    move_pointer_elsewhere(second.pk)
    answer = get(path, **parameters)

    assert b"Second" in answer.content
    assert b"First" not in answer.content
    [told] = answer.answer["sources"] if path.endswith("nearest") else [answer.answer]
    assert told["edition"] == second.pk


def test_one_of_two_layers_moving_is_enough_to_ask_anew(get, layer):
    publish_features(layer, [school("1", "School")])
    libraries = make_layer("libraries", is_service=True)
    publish_features(libraries, [school("1", "Old library")])
    new = stage_features(libraries, [school("1", "New library")])
    get("/api/nearest", **PLACE)

    move_pointer_elsewhere(new.pk)
    answer = get("/api/nearest", **PLACE).answer

    found = {f["properties"]["collection"]: f["properties"]["name"] for f in answer["features"]}
    assert found == {"schools": "School", "libraries": "New library"}


def test_an_edition_that_is_taken_back_is_shown_no_more(get, layer):
    publish_features(layer, [school("1", "Right")])
    publish_features(layer, [school("1", "Wrong")])
    assert b"Wrong" in get("/api/collections/schools/items").content

    roll_back(layer)

    assert b"Right" in get("/api/collections/schools/items").content


@pytest.mark.parametrize("path", ["", "/items", "/items/1"])
def test_a_layer_that_is_made_private_is_gone_at_once(get, layer, path):
    publish_features(layer, [school("1", "First")])
    get(f"/api/collections/schools{path}")

    with connect_as_owner() as other:
        other.execute("UPDATE layers_layer SET is_public = false, changed_at = now()")

    assert get(f"/api/collections/schools{path}").status_code == 404


def test_it_reads_again_when_the_layer_moves_while_it_is_being_read(layer):
    publish_features(layer, [school("1", "First")])
    second = stage_features(layer, [school("1", "Second")])
    third = stage_features(layer, [school("1", "Third")])
    moves = [second.pk, third.pk]

    def read_after_a_move(published):
        if moves:
            move_pointer_elsewhere(moves.pop(0))
        return bodies.item_body(published, "1")

    cache.forget_layers()
    answer = cache.read_through("schools", read_after_a_move)

    assert b"Third" in answer


def test_several_layers_are_read_again_when_one_moves_while_they_are_being_read(layer):
    publish_features(layer, [school("1", "First")])
    second = stage_features(layer, [school("1", "Second")])
    third = stage_features(layer, [school("1", "Third")])
    moves = [second.pk, third.pk]

    def read_after_a_move(published):
        if moves:
            move_pointer_elsewhere(moves.pop(0))
        return bodies.found_body(nearest_to(407300, 286600, limit=1), published)[0]

    cache.forget_layers()
    answer = cache.read_through_many(("schools",), read_after_a_move)

    assert b"Third" in answer


def test_a_reader_finishes_the_edition_that_it_began(get, layer):
    first = publish_features(layer, schools(7, "old"))
    page = get("/api/collections/schools/items", limit=3).answer
    seen = [feature["id"] for feature in page["features"]]

    publish_features(layer, schools(9, "new"))
    while url := next_link(page):
        page = get(url).answer
        assert page["edition"] == first.pk
        assert page["published"] == first.published_at.isoformat(timespec="seconds")
        seen += [feature["id"] for feature in page["features"]]

    assert seen == [f"old-{number}" for number in range(7)]
    fresh = get("/api/collections/schools/items", limit=1000).answer
    assert [feature["id"] for feature in fresh["features"]][0] == "new-0"


def test_a_reader_of_a_withdrawn_edition_is_told_that_it_is_gone(get, layer):
    publish_features(layer, schools(4, "right"))
    publish_features(layer, schools(4, "wrong"))
    url = next_link(get("/api/collections/schools/items", limit=2).answer)

    roll_back(layer)
    response = get(url)

    assert response.status_code == 410
    assert "Start again from the first page" in response.answer["detail"]


def test_a_reader_of_a_dropped_edition_is_told_that_it_is_gone(get, layer):
    publish_features(layer, schools(4, "old"))
    url = next_link(get("/api/collections/schools/items", limit=2).answer)
    publish_features(layer, schools(4, "new"))

    prune_editions(layer, kept=0)

    assert get(url).status_code == 410


def test_a_page_whose_edition_is_dropped_while_it_is_asked_for_is_no_empty_last_page(
    get, layer, monkeypatch
):
    first = publish_features(layer, schools(4, "old"))
    url = next_link(get("/api/collections/schools/items", limit=2).answer)
    publish_features(layer, schools(4, "new"))
    read = bodies.fetch_row

    def read_after_the_drop(statement, parameters):
        discard_edition(first.pk)
        return read(statement, parameters)

    monkeypatch.setattr(bodies, "fetch_row", read_after_the_drop)

    assert get(url).status_code == 410


def test_an_edition_that_was_only_staged_cannot_be_read_by_its_number(get, layer):
    publish_features(layer, schools(1, "shown"))
    staged = stage_features(layer, schools(1, "secret"))

    response = get("/api/collections/schools/items", cursor=f"{staged.pk}-0")

    assert response.status_code == 410
    assert b"secret" not in response.content


def test_publishing_an_edition_again_goes_on_where_its_readers_were(get, layer):
    publish_features(layer, schools(2, "old"))
    second = publish_features(layer, schools(4, "new"))
    url = next_link(get("/api/collections/schools/items", limit=2).answer)
    roll_back(layer)
    assert get(url).status_code == 410

    publish_edition(second)

    assert [f["id"] for f in get(url).answer["features"]] == ["new-2", "new-3"]


def test_a_layer_that_is_remembered_is_not_looked_up_again(get, layer, monkeypatch):
    publish_features(layer, schools(3, "old"))
    addresses = [
        ("/api/collections/schools/items", {}),
        ("/api/collections/schools/items/old-1", {}),
        ("/api/nearest", {"collections": "schools", **PLACE}),
    ]
    for path, parameters in addresses:
        get(path, **parameters)

    with connections["read"].execute_wrapper(lambda *_: pytest.fail("a second statement")):
        for path, parameters in addresses:
            assert get(path, **parameters).status_code == 200


def test_changes_that_commit_out_of_order_are_still_noticed(get, layer):
    # changed_at is when its transaction began, so a later commit may carry an earlier time.
    publish_features(layer, [school("1", "First")])
    second = stage_features(layer, [school("1", "Second")])
    third = stage_features(layer, [school("1", "Third")])
    move = "UPDATE layers_layer SET published_edition_id = %s, changed_at = now()"
    with connect_as_owner() as slow, connect_as_owner() as quick:
        with slow.transaction():
            slow.execute("SELECT now()")
            quick.execute(move, [second.pk])
            quick.execute("UPDATE layers_edition SET published_at = now()")
            assert b"Second" in get("/api/collections/schools/items").content
            slow.execute(move, [third.pk])

        assert b"Third" in get("/api/collections/schools/items").content
