"""What an edition changes against another, feature by feature. EPSG:27700, metres."""

from typing import Any

import pytest
import shapely
from django.contrib.gis.db.models.functions import Translate
from django.db.models import Value

from layers.models import Change, Edition, Feature, Layer
from layers.publish import (
    ChangeCounts,
    discard_edition,
    forget_changes,
    publish_edition,
    record_changes,
    roll_back,
)
from tests.factories import MadeFeature, make_layer, publish_features, stage_features

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

HERE = shapely.Point(407_300, 286_600)


@pytest.fixture
def layer() -> Layer:
    return make_layer("schools")


def school(
    key: str, place: shapely.Geometry | None = HERE, *, secret: str | None = None, **values: Any
) -> MadeFeature:
    restricted = None if secret is None else {"head": secret}
    return MadeFeature(key, place, {"name": key, **values}, restricted)


def compare(layer: Layer, before: list[MadeFeature], after: list[MadeFeature]) -> ChangeCounts:
    old, new = stage_features(layer, before), stage_features(layer, after)
    return record_changes(new.pk, old.pk)


def the_change() -> tuple[Any, ...]:
    change = Change.objects.get()
    return change.fid, change.kind, change.fields, change.shape_changed, change.moved_m


def changes_of(edition: Edition, since: Edition) -> list[tuple[str, str]]:
    kept = Change.objects.filter(edition=edition, since=since)
    return sorted(kept.values_list("fid", "kind"))


def test_what_stays_the_same_is_no_change(layer: Layer) -> None:
    assert compare(layer, [school("A")], [school("A")]) == ChangeCounts()
    assert not Change.objects.exists()


def test_a_new_feature_is_added(layer: Layer) -> None:
    assert compare(layer, [], [school("A")]) == ChangeCounts(added=1)
    assert the_change() == ("A", "added", [], False, None)


def test_a_feature_that_is_gone_is_removed(layer: Layer) -> None:
    assert compare(layer, [school("A")], []) == ChangeCounts(removed=1)
    assert the_change() == ("A", "removed", [], False, None)


def test_the_fields_that_changed_came_or_went_are_named(layer: Layer) -> None:
    before = school("A", phase="primary", pupils=30, open=True)
    after = school("A", phase="secondary", open=True, web="https://a.example")

    assert compare(layer, [before], [after]) == ChangeCounts(changed=1)
    assert the_change() == ("A", "changed", ["phase", "pupils", "web"], False, None)


def test_how_far_a_feature_moved_is_kept_in_metres(layer: Layer) -> None:
    moved = school("A", shapely.Point(407_330, 286_640))

    assert compare(layer, [school("A")], [moved]) == ChangeCounts(changed=1, moved=1)
    assert the_change() == ("A", "changed", [], True, pytest.approx(50))


def test_a_rounded_coordinate_is_a_change_but_no_move(layer: Layer) -> None:
    rounded = school("A", shapely.Point(407_300.5, 286_600.5))

    assert compare(layer, [school("A")], [rounded]) == ChangeCounts(changed=1, moved=0)


def test_a_change_of_a_field_that_is_not_public_names_nothing(layer: Layer) -> None:
    before, after = school("A", secret="Ann"), school("A", secret="Bo")

    assert compare(layer, [before], [after]) == ChangeCounts(changed=1)
    assert the_change() == ("A", "changed", [], False, None)


@pytest.mark.parametrize(("before", "after"), [(None, HERE), (HERE, None)])
def test_a_place_that_is_new_or_gone_is_a_new_shape_and_no_distance(
    before: shapely.Geometry | None, after: shapely.Geometry | None
) -> None:
    layer = make_layer("licences")

    counts = compare(layer, [school("A", before)], [school("A", after)])

    assert counts == ChangeCounts(changed=1)
    assert the_change() == ("A", "changed", [], True, None)


def test_no_location_before_and_none_now_is_no_change() -> None:
    layer = make_layer("licences", "None")

    assert compare(layer, [school("A", None)], [school("A", None)]) == ChangeCounts()


def test_two_empty_editions_do_not_differ(layer: Layer) -> None:
    assert compare(layer, [], []) == ChangeCounts()


def test_the_first_edition_is_all_new_and_kept_as_a_figure_only(layer: Layer) -> None:
    edition = publish_features(layer, [school("A"), school("B")])

    assert (edition.added, edition.compared_with) == (2, None)
    assert not Change.objects.exists()


def test_recording_a_pair_again_replaces_what_was_kept(layer: Layer) -> None:
    old, new = stage_features(layer, [school("A")]), stage_features(layer, [school("B")])

    first, second = record_changes(new.pk, old.pk), record_changes(new.pk, old.pk)

    assert first == second == ChangeCounts(added=1, removed=1)
    assert Change.objects.count() == 2


def test_publishing_compares_anew_when_another_edition_came_between(layer: Layer) -> None:
    first = publish_features(layer, [school("A")])
    waiting = stage_features(layer, [school("A"), school("B")])
    record_changes(waiting.pk, first.pk)
    between = publish_features(layer, [school("B"), school("C")])

    publish_edition(waiting)

    waiting.refresh_from_db()
    assert waiting.compared_with == between
    assert (waiting.added, waiting.changed, waiting.removed) == (1, 0, 1)
    assert changes_of(waiting, between) == [("A", "added"), ("C", "removed")]


def test_going_back_turns_the_changes_round(layer: Layer) -> None:
    first = publish_features(layer, [school("A"), school("B", pupils=1)])
    second = publish_features(layer, [school("B", pupils=2), school("C")])

    roll_back(layer)

    assert changes_of(first, second) == [("A", "added"), ("B", "changed"), ("C", "removed")]
    assert Change.objects.get(edition=first, fid="B").fields == ["pupils"]
    first.refresh_from_db()
    assert first.compared_with is None, "the figures of the edition itself stay as they were"


def test_going_back_to_an_edition_never_compared_with_the_present_one_compares(
    layer: Layer,
) -> None:
    first = publish_features(layer, [school("A")])
    publish_features(layer, [school("B")])
    third = publish_features(layer, [school("C")])

    roll_back(layer, to=first.pk)

    assert changes_of(first, third) == [("A", "added"), ("C", "removed")]


def test_going_back_compares_when_the_changes_of_the_way_there_were_forgotten(
    layer: Layer,
) -> None:
    first = publish_features(layer, [school("A")])
    second = publish_features(layer, [school("B")])
    assert forget_changes(layer, kept_editions=0) == 2

    roll_back(layer)

    assert changes_of(first, second) == [("A", "added"), ("B", "removed")]


def test_going_back_and_forth_keeps_each_change_once(layer: Layer) -> None:
    first = publish_features(layer, [school("A")])
    second = publish_features(layer, [school("B")])

    for edition in (first, second, first, second):
        roll_back(layer, to=edition.pk)

    assert Change.objects.count() == 4
    assert changes_of(first, second) == [("A", "added"), ("B", "removed")]
    assert changes_of(second, first) == [("A", "removed"), ("B", "added")]


def test_only_the_changes_of_the_newest_editions_are_kept_and_the_figures_of_all(
    layer: Layer,
) -> None:
    publish_features(layer, [school("A")])
    second = publish_features(layer, [school("B")])
    third = publish_features(layer, [school("C")])

    forget_changes(layer, kept_editions=1)

    assert set(Change.objects.values_list("edition", flat=True)) == {third.pk}
    second.refresh_from_db()
    assert (second.added, second.removed) == (1, 1)


def test_changes_outlive_the_features_they_are_about(layer: Layer) -> None:
    first = publish_features(layer, [school("A")])
    second = publish_features(layer, [school("B")])

    discard_edition(first.pk)

    assert changes_of(second, first) == [("A", "removed"), ("B", "added")]


def test_a_last_digit_of_the_degrees_that_the_metres_do_not_show_is_a_change(layer: Layer) -> None:
    # A source in degrees is rounded to a millimetre in metres: 1e-9 degrees are a tenth of one.
    old, new = stage_features(layer, [school("A")]), stage_features(layer, [school("A")])
    Feature.objects.filter(edition_id=new.pk).update(
        geom_4326=Translate("geom_4326", Value(1e-9), Value(0.0))
    )

    assert record_changes(new.pk, old.pk) == ChangeCounts(changed=1)
    assert the_change() == ("A", "changed", [], True, None)
