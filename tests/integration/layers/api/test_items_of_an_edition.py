"""Editions read by their number: what is kept can be read, and says that it will not change."""

import json

import pytest
import shapely

from layers.publish import prune_editions, roll_back, withdraw_layer
from tests.factories import MadeFeature, make_layer, publish_features, stage_features

pytestmark = pytest.mark.django_db(databases=["default", "read"])

ITEMS = "/api/collections/schools/items"
FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture
def layer(transactional_db):
    from tests.factories import drop_everything

    try:
        yield make_layer(is_service=True)
    finally:
        drop_everything()


def schools(count: int, word: str) -> list[MadeFeature]:
    return [
        MadeFeature(f"{word}-{n}", shapely.Point(407000 + n, 286000), {"name": word})
        for n in range(count)
    ]


@pytest.fixture
def get(client):
    def get(path: str = ITEMS, **parameters):
        response = client.get(path, parameters)
        response.answer = json.loads(response.content)
        return response

    return get


def links(answer: dict, rel: str) -> list[str]:
    return [link["href"] for link in answer["links"] if link["rel"] == rel]


def test_an_edition_that_is_kept_can_be_read_whole(get, layer):
    old = publish_features(layer, schools(7, "old"))
    publish_features(layer, schools(9, "new"))

    page = get(edition=old.pk, limit=3)
    seen = []
    while True:
        assert page.status_code == 200
        assert page.answer["edition"] == old.pk
        assert page.answer["published"] == old.published_at.isoformat(timespec="seconds")
        assert page.answer["numberMatched"] == 7
        assert page["Cache-Control"] == FOR_EVER
        seen += [feature["id"] for feature in page.answer["features"]]
        if not (following := links(page.answer, "next")):
            break
        assert f"edition={old.pk}" in following[0]
        page = get(following[0])

    assert seen == [f"old-{n}" for n in range(7)]


def test_the_published_edition_can_be_named_too(get, layer):
    edition = publish_features(layer, schools(2, "only"))

    named, unnamed = get(edition=edition.pk), get()

    assert named.answer["features"] == unnamed.answer["features"]
    assert named["Cache-Control"] == FOR_EVER
    assert "immutable" not in unnamed["Cache-Control"]


def test_a_feature_of_an_edition_links_to_itself_there_and_to_the_latest(get, layer):
    old = publish_features(layer, [MadeFeature("1", shapely.Point(407000, 286000), {"name": "A"})])
    publish_features(layer, [MadeFeature("1", shapely.Point(407000, 286000), {"name": "B"})])

    before, now = get(f"{ITEMS}/1", edition=old.pk), get(f"{ITEMS}/1")

    assert (before.answer["properties"]["name"], now.answer["properties"]["name"]) == ("A", "B")
    assert before.answer["edition"] == old.pk
    assert links(before.answer, "self") == [f"http://testserver{ITEMS}/1?edition={old.pk}"]
    assert get(links(before.answer, "latest-version")[0]).answer["properties"]["name"] == "B"
    assert before["Cache-Control"] == FOR_EVER
    assert links(now.answer, "latest-version") == []


@pytest.mark.parametrize("path", [ITEMS, f"{ITEMS}/old-1"])
def test_an_edition_that_was_withdrawn_is_gone_and_says_which_is_not(get, layer, path):
    publish_features(layer, schools(3, "right"))
    wrong = publish_features(layer, schools(3, "old"))
    roll_back(layer)
    layer.refresh_from_db()

    response = get(path, edition=wrong.pk)

    assert response.status_code == 410
    assert "was withdrawn" in response.answer["detail"]
    assert f"which is {layer.published_edition_id}" in response.answer["detail"]
    assert response.answer["parameter"] == "edition"


@pytest.mark.parametrize("path", [ITEMS, f"{ITEMS}/old-1"])
def test_an_edition_that_is_no_longer_kept_is_gone(get, layer, path):
    old = publish_features(layer, schools(3, "old"))
    publish_features(layer, schools(3, "new"))
    prune_editions(layer, kept=0)

    response = get(path, edition=old.pk)

    assert response.status_code == 410
    assert "no longer kept" in response.answer["detail"]


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        (f"{ITEMS}?edition={{}}", "edition-gone"),
        (f"{ITEMS}/old-1?edition={{}}", "edition-gone"),
        (f"{ITEMS}?limit=1&cursor={{}}-1", "cursor-stale"),
        ("/api/collections/schools/download?edition={}", "edition-gone"),
        ("/api/collections/schools/downloads/{}/schools.csv", "edition-gone"),
    ],
)
def test_an_edition_of_a_withdrawn_layer_is_gone(get, layer, path, problem):
    edition = publish_features(layer, schools(3, "old"))
    never_seen = stage_features(layer, schools(3, "new"))

    withdraw_layer(layer)

    assert get(path.format(never_seen.pk)).status_code == 404
    response = get(path.format(edition.pk))
    assert response.status_code == 410
    assert response.answer["type"].endswith(problem)
    assert "withdrawn" in response.answer["detail"]
    layer.is_public = False
    layer.save()
    assert get(path.format(edition.pk)).status_code == 404


@pytest.mark.parametrize("path", [ITEMS, f"{ITEMS}/old-1"])
def test_an_edition_of_another_layer_or_that_nobody_published_is_not_there(get, layer, path):
    publish_features(layer, schools(3, "old"))
    staged = stage_features(layer, schools(3, "secret"))
    other = publish_features(make_layer("libraries"), schools(3, "book"))
    hidden = publish_features(make_layer("addresses", is_public=False), schools(3, "home"))

    answers = [get(path, edition=number) for number in (staged.pk, other.pk, hidden.pk, 999999, 0)]

    assert [answer.status_code for answer in answers] == [404] * 5
    details = {
        answer.answer["detail"].replace(f"edition {number}.", "edition N.")
        for answer, number in zip(answers, (staged.pk, other.pk, hidden.pk, 999999, 0), strict=True)
    }
    assert len(details) == 1


@pytest.mark.parametrize("how", ["edition={}", "cursor={}-0"])
def test_what_another_layer_holds_cannot_be_told_from_how_a_search_of_it_fails(get, layer, how):
    """`number` is no number there: a search that got as far would have to say so."""
    layer.fields.create(name="number", title="N", type="integer", is_queryable=True, position=1)
    layer.fields.update(is_queryable=True)
    publish_features(layer, schools(3, "old"))
    home = MadeFeature("1", shapely.Point(407000, 286000), {"name": "home", "number": "12a"})
    hidden = publish_features(make_layer("addresses", is_public=False), [home])

    path = f"{ITEMS}?{how.format(hidden.pk)}&filter=number>5+AND+name=%27{{}}%27"
    right, wrong = get(path.format("home")), get(path.format("away"))

    assert right.status_code == wrong.status_code != 400
    assert right.answer["detail"] == wrong.answer["detail"]


def test_a_cursor_of_another_edition_than_the_one_named_is_refused(get, layer):
    old = publish_features(layer, schools(3, "old"))
    new = publish_features(layer, schools(3, "new"))

    response = get(edition=old.pk, cursor=f"{new.pk}-1")

    assert response.status_code == 400
    assert response.answer["parameter"] == "cursor"


def test_a_request_is_refused_by_what_the_layer_is_and_not_by_what_is_remembered(get, layer):
    publish_features(layer, schools(3, "old"))
    assert get().status_code == 200  # now it is remembered, without a queryable
    layer.fields.update(is_queryable=True)
    type(layer).objects.update(changed_at="2030-01-01T00:00:00Z")

    response = get(sortby="name", name="old")

    assert response.status_code == 200
    assert response.answer["numberMatched"] == 3


def test_values_that_are_not_of_their_type_yet_are_no_fault_of_ours(get, layer):
    publish_features(layer, schools(3, "old"))
    layer.fields.update(is_queryable=True, type="integer")
    type(layer).objects.update(changed_at="2030-01-01T00:00:00Z")

    for asked in ({"sortby": "name"}, {"name": "7"}):
        response = get(**asked)
        assert response.status_code == 400
        assert "cannot be compared as asked" in response.answer["detail"]


def test_a_box_around_the_published_edition_is_not_taken_for_one_around_another(get, layer):
    wide = [
        MadeFeature(str(n), shapely.Point(400000 + 1000 * n, 286000), {"name": "wide"})
        for n in range(10)
    ]
    old = publish_features(layer, wide)
    publish_features(layer, wide[4:6])
    # All that is published now, and five of the ten that were.
    box = {"bbox": "402500,285000,407500,287000", "bbox-crs": "EPSG:27700"}

    now, before = get(**box), get(edition=old.pk, limit=2, count="true", **box)

    assert [feature["id"] for feature in now.answer["features"]] == ["4", "5"]
    assert [feature["id"] for feature in before.answer["features"]] == ["3", "4"]
    assert before.answer["numberMatched"] == 5
