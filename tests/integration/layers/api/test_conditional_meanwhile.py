"""A 304 is never given for what is no longer so, whoever changed it."""

import pytest
import shapely
from django.utils import timezone

from layers.models import Layer, Organisation
from layers.publish import publish_edition, roll_back, withdraw_layer
from tests.factories import MadeFeature, make_layer, publish_features, stage_features

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

PAGE = "/api/collections/schools/items"
ITEM = f"{PAGE}/1"
COLLECTION = "/api/collections/schools"
ALL = "/api/collections"
OF_THE_LAYER = [PAGE, ITEM, COLLECTION, ALL, "/api/", "/api/openapi"]


def school(name):
    return MadeFeature("1", shapely.Point(407300, 286600), {"name": name})


@pytest.fixture
def layer():
    layer = make_layer("schools")
    publish_features(layer, [school("First")])
    return layer


@pytest.fixture
def ask_again(client):
    """Return a function that asks with the tag that an earlier answer had."""
    return lambda path, tag: client.get(path, headers={"if-none-match": tag})


@pytest.mark.parametrize("path", OF_THE_LAYER)
def test_publishing_ends_a_tag(client, ask_again, layer, path):
    tag = client.get(path)["ETag"]

    publish_features(layer, [school("Second")])
    answer = ask_again(path, tag)

    assert answer.status_code == 200
    assert answer["ETag"] != tag
    assert ask_again(path, answer["ETag"]).status_code == 304


@pytest.mark.parametrize("path", [PAGE, ITEM, COLLECTION])
def test_going_back_does_not_bring_an_old_tag_back(client, ask_again, layer, path):
    tags = [client.get(path)["ETag"]]
    publish_features(layer, [school("Second")])
    tags.append(client.get(path)["ETag"])

    roll_back(layer)

    assert [ask_again(path, tag).status_code for tag in tags] == [200, 200]


@pytest.mark.parametrize("path", [PAGE, ITEM, COLLECTION])
def test_withdrawing_ends_a_tag(client, ask_again, layer, path):
    tag = client.get(path)["ETag"]

    withdraw_layer(layer)

    assert ask_again(path, tag).status_code == 404


@pytest.mark.parametrize("path", [PAGE, ITEM, COLLECTION])
def test_hiding_a_layer_ends_a_tag(client, ask_again, layer, path):
    tag = client.get(path)["ETag"]

    Layer.objects.update(is_public=False, changed_at=timezone.now())

    assert ask_again(path, tag).status_code == 404


def test_reading_the_source_again_moves_what_says_how_fresh_a_layer_is(client, ask_again, layer):
    tags = {path: client.get(path)["ETag"] for path in (COLLECTION, ALL, PAGE)}

    Layer.objects.update(checked_at=timezone.now())

    assert {path: ask_again(path, tag).status_code for path, tag in tags.items()} == {
        COLLECTION: 200,
        ALL: 200,
        PAGE: 304,
    }


def test_another_layer_moves_nothing_of_this_one(client, ask_again, layer):
    tags = {path: client.get(path)["ETag"] for path in (PAGE, ITEM, COLLECTION, ALL)}

    publish_features(make_layer("libraries"), [school("Another")])

    assert {path: ask_again(path, tag).status_code for path, tag in tags.items()} == {
        PAGE: 304,
        ITEM: 304,
        COLLECTION: 304,
        ALL: 200,
    }


def test_another_name_of_the_council_moves_the_front_door(client, ask_again, layer):
    tag = client.get("/api/")["ETag"]

    Organisation.objects.update(name="Another Council")

    assert ask_again("/api/", tag).status_code == 200


def test_a_layer_that_changes_twice_within_a_second_is_not_taken_for_unchanged(client, layer):
    answers = [client.get(PAGE)]
    second, third = (stage_features(layer, [school(name)]) for name in ("Second", "Third"))
    publish_edition(second)
    answers.append(client.get(PAGE))
    publish_edition(third)

    for answer in answers:
        again = client.get(PAGE, headers={"if-modified-since": answer["Last-Modified"]})
        assert again.status_code == 200
        assert b"Third" in again.content
