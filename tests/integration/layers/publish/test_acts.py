"""The audit trail: a line for every act, in the same transaction, never changed."""

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
import shapely
from django.db import DatabaseError, connection, connections, transaction

from layers.errors import EditionIncomplete, NothingPublished, NothingToRollBack
from layers.models import Act, Edition, Layer
from layers.publish import (
    discard_edition,
    is_attached,
    pin_edition,
    prune_editions,
    publish_edition,
    roll_back,
    unpin_edition,
    withdraw_layer,
    write_act,
)
from layers.publish import prune as pruning
from tests.factories import MadeFeature, make_layer, publish_features, stage_features
from tests.factories.other_connections import connect_as_owner, connect_as_web

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

FEATURES = [MadeFeature("one", shapely.Point(407_000, 287_000), {"name": "One"})]


@pytest.fixture
def layer() -> Layer:
    return make_layer("schools")


def the_last() -> tuple[Any, ...]:
    act = Act.objects.first()
    assert act is not None
    return act.verb, act.edition_id, act.previous_id, act.actor, act.reason


def test_publishing_writes_who_did_it_why_and_what_was_there_before(layer: Layer) -> None:
    first = publish_features(layer, FEATURES)
    second = stage_features(layer, FEATURES)

    publish_edition(second, actor="ann", reason="New term", run_id=7)

    assert the_last() == ("published", second.pk, first.pk, "ann", "New term")
    assert Act.objects.first().run_id == 7


def test_what_nobody_did_was_done_by_the_service(layer: Layer) -> None:
    publish_features(layer, FEATURES)

    assert Act.objects.get().actor == "the service"


def test_going_back_and_withdrawing_write_their_lines(layer: Layer) -> None:
    first, second = publish_features(layer, FEATURES), publish_features(layer, FEATURES)

    roll_back(layer, actor="ann", reason="Wrong file")
    assert the_last() == ("rolled-back", first.pk, second.pk, "ann", "Wrong file")

    withdraw_layer(layer, actor="bo", reason="Names people")
    assert the_last() == ("withdrew", None, first.pk, "bo", "Names people")

    roll_back(layer, to=first.pk, actor="bo")
    assert the_last() == ("rolled-back", first.pk, None, "bo", "")


def test_a_withdrawn_layer_shows_nothing_until_an_edition_is_named(layer: Layer) -> None:
    first, second = publish_features(layer, FEATURES), publish_features(layer, FEATURES)

    withdraw_layer(layer)

    layer.refresh_from_db()
    assert layer.published_edition is None
    assert Edition.objects.get(pk=second.pk).state == "withdrawn"
    with pytest.raises(NothingToRollBack, match="no published edition, so no earlier one"):
        roll_back(layer)
    with pytest.raises(NothingPublished):
        withdraw_layer(layer)
    assert roll_back(layer, to=second.pk).pk == second.pk
    assert Edition.objects.get(pk=second.pk).state == "published"
    assert Edition.objects.get(pk=first.pk).state == "superseded"


def test_pinning_and_unpinning_write_their_lines(layer: Layer) -> None:
    edition = publish_features(layer, FEATURES)

    pin_edition(edition, actor="ann", reason="The inquiry")
    assert the_last() == ("pinned", edition.pk, None, "ann", "The inquiry")
    unpin_edition(edition, actor="ann")
    assert the_last() == ("unpinned", edition.pk, None, "ann", "")


def test_a_pinned_edition_is_kept_and_not_counted(layer: Layer) -> None:
    first, second, third, _ = [publish_features(layer, FEATURES) for _ in range(4)]
    pin_edition(first)

    assert prune_editions(layer, kept=1) == [second.pk]

    assert is_attached(first.pk)
    assert is_attached(third.pk)
    unpin_edition(first)
    assert prune_editions(layer, kept=1) == [first.pk]


def test_an_edition_that_waits_is_neither_dropped_nor_counted(layer: Layer) -> None:
    first = publish_features(layer, FEATURES)
    waiting = stage_features(layer, FEATURES)
    publish_features(layer, FEATURES)

    assert prune_editions(layer, kept=1) == []
    assert prune_editions(layer, kept=0) == [first.pk]
    assert is_attached(waiting.pk)


def test_what_is_no_longer_kept_can_be_neither_pinned_nor_published_nor_gone_back_to(
    layer: Layer,
) -> None:
    first = publish_features(layer, FEATURES)
    publish_features(layer, FEATURES)
    prune_editions(layer, kept=0)
    trail = Act.objects.count()

    with pytest.raises(EditionIncomplete):
        pin_edition(first)
    with pytest.raises(EditionIncomplete):
        publish_edition(first)
    with pytest.raises(NothingToRollBack, match=f"no kept edition {first.pk}"):
        roll_back(layer, to=first.pk)

    assert Act.objects.count() == trail


def test_a_drop_that_was_killed_is_on_record_and_is_finished_by_the_next(
    layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish_features(layer, FEATURES)
    publish_features(layer, FEATURES)
    with monkeypatch.context() as killed:
        killed.setattr(pruning, "drop_partition", _die)
        with pytest.raises(KeyboardInterrupt):
            prune_editions(layer, kept=0)

    assert the_last()[:2] == ("dropped", first.pk)
    assert is_attached(first.pk)
    with pytest.raises(NothingToRollBack):
        roll_back(layer, to=first.pk)
    assert prune_editions(layer, kept=5) == [first.pk]
    assert not is_attached(first.pk)
    assert Act.objects.filter(verb="dropped").count() == 1


def _die(edition_id: int) -> None:
    raise KeyboardInterrupt


def test_an_edition_that_somebody_goes_back_to_meanwhile_is_not_dropped(
    layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = publish_features(layer, FEATURES), publish_features(layer, FEATURES)
    with transaction.atomic():
        roll_back(layer, to=first.pk)
        dropped: list[list[int]] = []
        other = _in_a_thread(lambda: dropped.append(prune_editions(layer, kept=0)))
        _wait_until_somebody_waits()
    other.join(30)

    assert dropped == [[second.pk]], "what is published now was given up"
    assert is_attached(first.pk)


def test_two_who_publish_at_once_come_one_after_the_other(layer: Layer) -> None:
    one = stage_features(layer, FEATURES)
    two = stage_features(layer, [MadeFeature("two", FEATURES[0].shape_27700)])
    with transaction.atomic():
        publish_edition(one)
        other = _in_a_thread(lambda: publish_edition(two))
        _wait_until_somebody_waits()
    other.join(30)

    layer.refresh_from_db()
    assert layer.published_edition == two
    assert Edition.objects.get(pk=two.pk).compared_with == one
    trail = list(Act.objects.order_by("id").values_list("edition_id", "previous_id"))
    assert trail == [(one.pk, None), (two.pk, one.pk)]


def _in_a_thread(act: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def _wait_until_somebody_waits() -> None:
    with connect_as_owner() as looking:
        for _ in range(300):
            waiting = looking.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                " AND datname = current_database()"
            ).fetchone()
            if waiting and waiting[0]:
                return
            looking.execute("SELECT pg_sleep(0.1)")
    pytest.fail("nobody waits for the layer")


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda layer, other: publish_edition(other), id="publish"),
        pytest.param(lambda layer, other: roll_back(layer), id="roll back"),
        pytest.param(lambda layer, other: withdraw_layer(layer), id="withdraw"),
        pytest.param(lambda layer, other: pin_edition(other), id="pin"),
        pytest.param(lambda layer, other: unpin_edition(other), id="unpin"),
        pytest.param(lambda layer, other: prune_editions(layer, kept=0), id="prune"),
    ],
)
def test_an_act_that_cannot_be_written_down_is_not_done(
    act: Callable[[Layer, Edition], object], layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        publish_features(layer, FEATURES)
    other = stage_features(layer, FEATURES)
    before = _everything()

    def refuse(*_: object, **__: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(Act.objects, "create", refuse)
    with pytest.raises(DatabaseError, match="disk is full"):
        act(layer, other)

    assert _everything() == before


def _everything() -> list[Any]:
    attached = [pk for pk in Edition.objects.values_list("pk", flat=True) if is_attached(pk)]
    return [
        list(Layer.objects.values()),
        list(Edition.objects.values()),
        list(Act.objects.values()),
        attached,
    ]


@pytest.mark.parametrize(
    "statement", ["UPDATE layers_act SET actor = 'nobody'", "DELETE FROM layers_act"]
)
def test_the_trail_can_be_changed_by_nobody(layer: Layer, statement: str) -> None:
    publish_features(layer, FEATURES, is_sample=False)

    with connect_as_owner() as owner, pytest.raises(psycopg.Error, match="is written once"):
        owner.execute(statement)
    with connect_as_web() as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute(statement)
    with connect_as_web() as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute("INSERT INTO layers_act (actor) VALUES ('web')")

    assert Act.objects.get().actor == "the service"


def test_the_web_may_read_the_trail(layer: Layer) -> None:
    publish_features(layer, FEATURES)

    with connect_as_web() as web:
        assert web.execute("SELECT verb FROM layers_act").fetchall() == [("published",)]


def test_words_that_are_no_text_are_kept_readably(layer: Layer) -> None:
    write_act(layer, Act.Verb.ASKED, actor="b\udcf6b", reason="caf\udce9\0.csv")

    act = Act.objects.get()
    assert (act.actor, act.reason) == (r"b\udcf6b", r"caf\udce9.csv")


def test_the_features_of_an_edition_can_be_discarded_without_a_line(layer: Layer) -> None:
    edition = stage_features(layer, FEATURES)

    discard_edition(edition.pk)

    assert not Act.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"layers_feature_e{edition.pk}"])
        assert cursor.fetchone() == (None,)
