"""What changed since an edition or a time, as who keeps a copy asks. EPSG:27700, metres."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import shapely
from django.db import OperationalError, connection, connections
from django.utils import timezone

from layers.models import Act, Change, Edition, Layer
from layers.publish import (
    discard_edition,
    forget_changes,
    prune_editions,
    publish_edition,
    roll_back,
    withdraw_layer,
)
from layers.query import changes
from tests.factories import MadeFeature, make_field, make_layer, publish_features, stage_features
from tests.factories.other_connections import connect_as_owner, connect_as_web

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

HERE = shapely.Point(407_300, 286_600)
ITEMS = "/api/collections/schools/items"
LONG_AGO = "1970-01-01T00:00:00Z"

Get = Callable[..., Any]


@pytest.fixture
def layer() -> Layer:
    fields = [make_field("name"), make_field("pupils"), make_field("head", is_public=False)]
    return make_layer("schools", fields=fields)


@pytest.fixture
def get(client: Any) -> Get:
    def get(path: str = ITEMS, status: int = 200, **parameters: Any) -> Any:
        query = {name.replace("_", "-"): value for name, value in parameters.items()}
        response = client.get(path, query)
        assert response.status_code == status, response.content[:500]
        return json.loads(response.content)

    return get


def school(
    key: str, place: shapely.Geometry = HERE, *, head: str | None = None, **values: Any
) -> MadeFeature:
    return MadeFeature(key, place, {"name": key, **values}, {"head": head} if head else None)


def told(page: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Return the ids of the features given, and of those gone."""
    return [feature["id"] for feature in page["features"]], page["removed"]


def next_link(page: dict[str, Any]) -> str | None:
    return next((link["href"] for link in page["links"] if link["rel"] == "next"), None)


def test_what_is_new_different_and_gone_is_told_and_nothing_else(get: Get, layer: Layer) -> None:
    first = publish_features(layer, [school("A"), school("B"), school("C")])
    second = publish_features(layer, [school("A"), school("B", pupils=3), school("D")])

    page = get(changed_since=first.pk)

    assert told(page) == (["B", "D"], ["C"])
    assert (page["sinceEdition"], page["edition"]) == (first.pk, second.pk)
    assert [feature["change"] for feature in page["features"]] == [
        {"kind": "changed", "properties": ["pupils"], "geometry": False},
        {"kind": "added"},
    ]
    assert page["licence"] == layer.licence
    assert page["fields"] == ["name", "pupils"]
    assert page["numberReturned"] == 2
    assert next_link(page) is None


def test_its_features_are_those_of_the_layer_to_the_last_digit(get: Get, layer: Layer) -> None:
    first = publish_features(layer, [school("A")])
    publish_features(layer, [school("A", shapely.Point(407_301.234, 286_600.567), pupils=1.50)])

    [feature] = get(changed_since=first.pk)["features"]
    [whole] = get()["features"]

    assert feature.pop("change") == {"kind": "changed", "properties": ["pupils"], "geometry": True}
    assert feature == whole


def test_who_has_the_present_edition_is_told_nothing_by_one_statement(
    get: Get, layer: Layer
) -> None:
    edition = publish_features(layer, [school("A")])
    get(changed_since=edition.pk)

    with connections["read"].execute_wrapper(lambda *_: pytest.fail("a second statement")):
        page = get(changed_since=edition.pk)

    assert told(page) == ([], [])
    assert page["edition"] == page["sinceEdition"] == edition.pk


def test_several_editions_are_told_at_once_and_only_what_they_come_to(
    get: Get, layer: Layer
) -> None:
    first = publish_features(layer, [school("A"), school("B"), school("C"), school("D")])
    publish_features(layer, [school("B", pupils=1), school("C"), school("D"), school("E")])
    publish_features(layer, [school("A"), school("B", HERE.buffer(5).centroid, pupils=1),
                             school("D"), school("F")])  # fmt: skip
    last = publish_features(layer, [school("A"), school("B", pupils=2), school("D"), school("F")])

    page = get(changed_since=first.pk)

    # E came and went; A went and came again; C has gone.
    assert told(page) == (["A", "B", "F"], ["C"])
    assert page["edition"] == last.pk
    kinds = {feature["id"]: feature["change"] for feature in page["features"]}
    assert kinds["A"] == {"kind": "changed"}, "what became of it in between is not known"
    assert kinds["B"]["properties"] == ["pupils"]
    assert kinds["F"] == {"kind": "added"}


def test_going_back_is_told_as_any_other_change(get: Get, layer: Layer) -> None:
    first = publish_features(layer, [school("A"), school("B")])
    second = publish_features(layer, [school("B", pupils=1), school("C")])
    roll_back(layer)

    page = get(changed_since=second.pk)

    assert told(page) == (["A", "B"], ["C"])
    assert page["edition"] == first.pk
    assert told(get(changed_since=first.pk)) == ([], [])


def test_a_change_of_restricted_fields_alone_is_nobodys_to_see(get: Get, layer: Layer) -> None:
    first = publish_features(layer, [school("A", head="Ann"), school("B", head="Bo")])
    second = publish_features(layer, [school("A", head="Secret"), school("B", head="Bo")])

    page = get(changed_since=first.pk)

    assert Change.objects.filter(edition=second).count() == 1
    assert told(page) == ([], [])
    assert page["edition"] == second.pk


@pytest.mark.parametrize("by_comparing", [False, True])
def test_a_field_that_is_no_longer_public_is_not_named(
    get: Get, layer: Layer, by_comparing: bool
) -> None:
    first = publish_features(layer, [school("A", pupils=1)])
    publish_features(layer, [school("A", pupils=2)])
    layer.fields.filter(name="pupils").update(is_public=False)
    Layer.objects.update(changed_at=timezone.now())
    if by_comparing:
        forget_changes(layer, kept_editions=0)

    page = get(changed_since=first.pk)

    assert page["features"][0]["change"]["properties"] == []
    assert page["fields"] == ["name"]


def test_pages_follow_one_another_and_leave_nothing_out(get: Get, layer: Layer) -> None:
    before = [school(f"S{number:02}") for number in range(20)]
    after = [school(f"S{number:02}", pupils=1) for number in range(10, 30)]
    first, _ = publish_features(layer, before), publish_features(layer, after)

    page = get(changed_since=first.pk, limit=7)
    pages = [page]
    while url := next_link(page):
        page = get(url)
        pages.append(page)

    upserts = [each["id"] for page in pages for each in page["features"]]
    removed = [each for page in pages for each in page["removed"]]
    assert upserts == [f"S{number:02}" for number in range(10, 30)]
    assert removed == [f"S{number:02}" for number in range(10)]
    assert [len(page["features"]) + len(page["removed"]) for page in pages] == [7, 7, 7, 7, 2]


def test_a_reader_finishes_the_edition_that_it_began(get: Get, layer: Layer) -> None:
    first = publish_features(layer, [school("A"), school("B")])
    second = publish_features(layer, [school("A", pupils=2), school("B", pupils=2)])
    page = get(changed_since=first.pk, limit=1)

    publish_features(layer, [school("C")])
    page = get(next_link(page))

    assert told(page) == (["B"], [])
    assert page["features"][0]["properties"]["pupils"] == 2
    assert page["edition"] == second.pk
    assert page["published"] == second.published_at.isoformat(timespec="seconds")


@pytest.mark.parametrize("how", ["taken back", "dropped"])
def test_a_page_of_an_edition_that_is_gone_is_no_list_of_removals(
    get: Get, layer: Layer, how: str
) -> None:
    first = publish_features(layer, [school("A"), school("B")])
    publish_features(layer, [school("A", pupils=2), school("B", pupils=2)])
    url = next_link(get(changed_since=first.pk, limit=1))

    if how == "taken back":
        roll_back(layer)
    else:
        publish_features(layer, [school("A")])
        prune_editions(layer, kept=0)

    assert get(url, 410)["type"].endswith("#cursor-stale")


def test_what_is_not_on_record_is_compared_as_long_as_both_editions_are_kept(
    get: Get, layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_WINDOW", 3)
    first = publish_features(layer, [school(f"S{number:02}") for number in range(20)])
    after = [school(f"S{number:02}", pupils=number % 5 // 4) for number in range(3, 30, 2)]
    last = publish_features(layer, after)
    gone = [0, 1, 2, *range(4, 20, 2)]
    assert forget_changes(layer, kept_editions=0)

    page = get(changed_since=first.pk, limit=2)
    pages = [page]
    while url := next_link(page):
        page = get(url)
        pages.append(page)

    assert [each["id"] for page in pages for each in page["features"]] == [
        each.key for each in after
    ]
    assert [each for page in pages for each in page["removed"]] == [
        f"S{number:02}" for number in gone
    ]
    assert {page["edition"] for page in pages} == {last.pk}
    kinds = {each["id"]: each["change"] for page in pages for each in page["features"]}
    assert kinds["S03"] == {"kind": "changed", "properties": ["pupils"], "geometry": False}
    assert kinds["S21"] == {"kind": "added"}


def test_what_is_neither_on_record_nor_kept_is_to_be_copied_whole(get: Get, layer: Layer) -> None:
    first = publish_features(layer, [school("A")])
    second = publish_features(layer, [school("B")])
    forget_changes(layer, kept_editions=0)
    prune_editions(layer, kept=0)

    problem = get(changed_since=first.pk, status=410)

    assert problem["type"] == "/api/problems#changes-unknown"
    assert f"http://testserver{ITEMS}?limit=1000" in problem["detail"]
    assert f"changed-since={second.pk}" in problem["detail"]


def test_no_difference_at_all_is_on_record_without_a_row(get: Get, layer: Layer) -> None:
    first = publish_features(layer, [school("A")])
    publish_features(layer, [school("A")])
    prune_editions(layer, kept=0)

    assert told(get(changed_since=first.pk)) == ([], [])


def test_a_record_that_is_forgotten_while_a_page_is_asked_for_is_no_empty_page(
    get: Get, layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish_features(layer, [school("A")])
    publish_features(layer, [school("B")])
    prune_editions(layer, kept=0)
    read = changes.fetch_row

    def read_after_forgetting(*arguments: Any, **options: Any) -> Any:
        with connect_as_owner() as other:
            other.execute("DELETE FROM layers_change")
        return read(*arguments, **options)

    monkeypatch.setattr(changes, "fetch_row", read_after_forgetting)

    assert get(changed_since=first.pk, status=410)["type"].endswith("#changes-unknown")


def test_an_edition_that_is_dropped_while_it_is_compared_makes_nothing_new(
    get: Get, layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish_features(layer, [school("A")])
    publish_features(layer, [school("A"), school("B")])
    forget_changes(layer, kept_editions=0)
    read = changes.fetch_row

    def read_after_the_drop(*arguments: Any, **options: Any) -> Any:
        discard_edition(first.pk)
        return read(*arguments, **options)

    monkeypatch.setattr(changes, "fetch_row", read_after_the_drop)

    assert get(changed_since=first.pk, status=410)["type"].endswith("#changes-unknown")


def test_a_withdrawn_layer_says_that_a_copy_is_to_be_emptied(get: Get, layer: Layer) -> None:
    edition = publish_features(layer, [school("A")])
    withdraw_layer(layer, actor="Ms Secret", reason="Children's names")

    problem = get(changed_since=edition.pk, status=404)

    assert problem["type"] == "/api/problems#layer-withdrawn"
    assert "Empty your copy" in problem["detail"]
    assert "Secret" not in str(problem)
    assert "names" not in str(problem)


@pytest.mark.parametrize("is_public", [True, False])
def test_a_layer_that_nobody_may_see_is_no_withdrawn_one(
    get: Get, layer: Layer, is_public: bool
) -> None:
    if not is_public:
        publish_features(layer, [school("A")])
        withdraw_layer(layer)
        Layer.objects.update(is_public=False)

    assert get(changed_since=1, status=404)["type"].endswith("#not-found")


@pytest.mark.parametrize("return_by", ["a new edition", "going back", "the same again"])
def test_the_changes_across_a_withdrawal_are_told_when_the_layer_returns(
    get: Get, layer: Layer, return_by: str
) -> None:
    first = publish_features(layer, [school("A"), school("B")])
    second = publish_features(layer, [school("B", pupils=1), school("C")])
    withdraw_layer(layer)
    if return_by == "a new edition":
        publish_features(layer, [school("A"), school("B")])
    else:
        roll_back(layer, to=first.pk if return_by == "going back" else second.pk)
    prune_editions(layer, kept=0)

    page = get(changed_since=second.pk)

    expected = ([], []) if return_by == "the same again" else (["A", "B"], ["C"])
    assert told(page) == expected


def at(edition: Edition) -> datetime:
    return Act.objects.filter(edition_id=edition.pk, verb="published").latest("id").at


def test_a_time_means_the_edition_that_people_saw_then(get: Get, layer: Layer) -> None:
    first = publish_features(layer, [school("A")])
    second = publish_features(layer, [school("B")])
    third = publish_features(layer, [school("C")])
    moment = at(second) - timedelta(microseconds=1)

    asked = {
        edition.pk: get(changed_since=moment.isoformat())["sinceEdition"]
        for edition, moment in ((first, at(second) - timedelta(microseconds=1)),
                                (second, at(second)), (third, at(third)))
    }  # fmt: skip

    assert asked == {edition.pk: edition.pk for edition in (first, second, third)}
    assert told(get(changed_since=moment.isoformat())) == (["C"], ["A"])


def test_who_had_nothing_is_given_everything(get: Get, layer: Layer) -> None:
    publish_features(layer, [school("A")])
    publish_features(layer, [school("B"), school("C"), school("D")])

    page = get(changed_since=LONG_AGO, limit=2)
    rest = get(next_link(page))

    assert told(page) == (["B", "C"], [])
    assert told(rest) == (["D"], [])
    assert page["sinceEdition"] is rest["sinceEdition"] is None
    assert page["features"][0]["change"] == {"kind": "added"}
    assert next_link(rest) is None


def test_a_time_while_nothing_was_shown_begins_from_nothing(get: Get, layer: Layer) -> None:
    publish_features(layer, [school("A")])
    withdraw_layer(layer)
    moment = Act.objects.latest("id").at
    publish_features(layer, [school("A"), school("B")])

    page = get(changed_since=moment.isoformat())

    assert (told(page), page["sinceEdition"]) == ((["A", "B"], []), None)


def test_a_time_settles_for_an_edition_before_the_second_page(get: Get, layer: Layer) -> None:
    first = publish_features(layer, [school("A"), school("B")])
    publish_features(layer, [school("C")])

    url = next_link(get(changed_since=at(first).isoformat(), limit=1))

    assert f"changed-since={first.pk}&" in url


@pytest.mark.parametrize("kind", ["staged", "another layer's", "none"])
def test_an_edition_that_the_layer_never_showed_is_no_beginning(
    get: Get, layer: Layer, kind: str
) -> None:
    publish_features(layer, [school("A")])
    other = {
        "staged": lambda: stage_features(layer, [school("B")]).pk,
        "another layer's": lambda: publish_features(make_layer("parks"), [school("P")]).pk,
        "none": lambda: 999_999,
    }[kind]()

    problem = get(changed_since=other, status=410)

    assert problem["type"].endswith("#changes-unknown")
    assert f"never had an edition {other}" in problem["detail"]


def test_an_edition_that_waits_cannot_be_read_by_its_number(get: Get, layer: Layer) -> None:
    first = publish_features(layer, [school("A")])
    staged = stage_features(layer, [school("B", name="secret")])

    problem = get(changed_since=first.pk, cursor=f"{staged.pk}-A", status=410)

    assert "secret" not in str(problem)


@pytest.mark.parametrize(
    "value",
    ["", "yesterday", "-1", "1.5", "2026-02-30", "2026-03-31T09:00", "2026-03-31T09:00:00 01:00",
     "1" * 16, "2026-W10-1", "NaN", "\u0661", "1\n", "0001-01-01T00:00:00+23:59"],
)  # fmt: skip
def test_what_is_neither_an_edition_nor_a_time_is_refused(
    get: Get, layer: Layer, value: str
) -> None:
    publish_features(layer, [school("A")])

    problem = get(changed_since=value, status=400)

    assert problem["parameter"] == "changed-since"
    assert "2026-03-31T09:00:00Z" in problem["detail"]


@pytest.mark.parametrize("name", ["bbox", "datetime", "bbox-crs"])
def test_it_tells_of_whole_layers_only(get: Get, layer: Layer, name: str) -> None:
    publish_features(layer, [school("A")])

    problem = get(changed_since=1, status=400, **{name: "-2,52,-1,53"})

    assert problem["parameter"] == name
    assert "does not go with “changed-since”" in problem["detail"]


@pytest.mark.parametrize("cursor", ["", "x", "1", "1-", "-A", "1-A/B", "1-é", "9" * 16 + "-A"])
def test_a_cursor_of_nobodys_is_refused(get: Get, layer: Layer, cursor: str) -> None:
    first = publish_features(layer, [school("A")])

    assert get(changed_since=first.pk, cursor=cursor, status=400)["parameter"] == "cursor"


def test_publishing_again_what_was_taken_back_goes_on(get: Get, layer: Layer) -> None:
    first = publish_features(layer, [school("A")])
    second = publish_features(layer, [school("B")])
    roll_back(layer)
    publish_edition(second)
    prune_editions(layer, kept=0)

    assert told(get(changed_since=first.pk)) == (["B"], ["A"])


def test_the_record_of_the_way_there_serves_for_the_way_back(get: Get, layer: Layer) -> None:
    publish_features(layer, [school("A"), school("B")])
    second = publish_features(layer, [school("B", pupils=1), school("C")])
    roll_back(layer)
    # Of the older edition nothing is on record any more: only what the newer one changed.
    forget_changes(layer, kept_editions=1)
    prune_editions(layer, kept=0)

    page = get(changed_since=second.pk)

    assert told(page) == (["A", "B"], ["C"])
    assert page["features"][0]["change"] == {"kind": "added"}


def test_an_edition_whose_drop_waits_for_a_reader_is_no_list_of_removals(
    get: Get, layer: Layer
) -> None:
    first = publish_features(layer, [school("A"), school("B")])
    second = publish_features(layer, [school("A", pupils=2), school("B", pupils=2)])
    url = next_link(get(changed_since=first.pk, limit=1))
    publish_features(layer, [school("A")])
    with connect_as_web() as reader, reader.transaction():
        reader.execute("SELECT count(*) FROM layers_feature")
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 300")
        with pytest.raises(OperationalError):
            discard_edition(second.pk)
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")

    assert get(url, 410)["type"].endswith("#cursor-stale")
    assert get(changed_since=second.pk)["edition"] != second.pk, "what is on record is told"


def test_asked_again_with_its_etag_nothing_is_read_until_the_layer_moves(
    client: Any, layer: Layer
) -> None:
    first = publish_features(layer, [school("A")])
    address = f"{ITEMS}?changed-since={first.pk}"
    etag = client.get(address)["ETag"]

    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    publish_features(layer, [school("B")])

    again = client.get(address, headers={"if-none-match": etag})
    assert again.status_code == 200
    assert told(json.loads(again.content)) == (["B"], ["A"])


def test_a_mirror_may_be_kept_in_metres(client: Any, layer: Layer) -> None:
    first = publish_features(layer, [school("A")])
    publish_features(layer, [school("A", shapely.Point(407_301.234, 286_600.567)), school("B")])

    asked = {"changed-since": first.pk, "crs": "EPSG:27700", "limit": "1"}
    response = client.get(ITEMS, asked)
    page = json.loads(response.content)

    assert page["features"][0]["geometry"]["coordinates"] == [407301.234, 286600.567]
    assert response["Content-Crs"] == "<http://www.opengis.net/def/crs/EPSG/0/27700>"
    [rest] = json.loads(client.get(next_link(page)).content)["features"]
    assert rest["geometry"]["coordinates"] == [407300, 286600]
