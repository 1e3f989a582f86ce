"""What is told of a refresh beside that it failed: flat lines, overdue layers, our own bugs."""

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from importers.models import Notice
from importers.refresh.due import find_due
from importers.refresh.overdue import say_what_is_overdue
from importers.refresh.refresh import note_outcome, refresh_layer
from importers.validate.failed_check import FailedCheck
from layers.models import Layer
from layers.publish import withdraw_layer
from tests.integration.importers.refresh.installation import Installation

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


@pytest.fixture(autouse=True)
def _email(settings: Any) -> None:
    settings.NOTICES_EMAIL = ["gis@smallville.example"]


def refresh(smallville: Installation) -> str:
    catalogue = smallville.catalogue
    entry = catalogue.layers["trees"]
    report = refresh_layer(entry, catalogue.council, asked_by="the schedule")
    note_outcome(entry, report)
    return report.outcome


def test_a_feed_that_died_quietly_is_told_although_its_source_is_unchanged(
    smallville: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    smallville.serve_trees("T1", "T2", "T3")
    refresh(smallville)
    flat = [FailedCheck("FLAT-LINE", "Since 3 November 2026 0 arrived.")]
    monkeypatch.setattr("importers.pipeline.check_published", lambda entry, edition: flat)

    outcomes = [refresh(smallville), refresh(smallville)]

    (sent,) = mail.outbox
    assert outcomes == ["unchanged", "unchanged"]
    assert sent.subject.endswith("Trees: hardly anything arrives any more")
    assert "Since 3 November 2026 0 arrived." in sent.body
    # It was read to the end: nothing is wrong with what people see.
    assert Layer.objects.get().failing_since is None

    monkeypatch.undo()
    refresh(smallville)
    assert mail.outbox[1].subject.endswith("Trees is in order again")


def test_a_bug_of_ours_is_told_and_still_crashes(
    smallville: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    smallville.serve_trees("T1", "T2", "T3")

    def crash(*arguments: object, **named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("importers.pipeline.check_edition", crash)

    with pytest.raises(ZeroDivisionError):
        refresh(smallville)

    assert "(INTERNAL-FAULT)" in mail.outbox[0].body
    assert Layer.objects.get().failing_since is not None


def test_a_person_who_publishes_what_was_stopped_ends_it(smallville: Installation) -> None:
    smallville.serve_trees("T1")
    assert refresh(smallville) == "stopped"
    stopped = Layer.objects.get()

    edition = str(stopped.editions.get().pk)
    smallville.manage("publish_layer", "trees", "--edition", edition, "--override", "It is right.")
    from importers.notices.send import say_what_is_well

    say_what_is_well()

    assert stopped.failing_since is not None
    assert Layer.objects.get().failing_since is None
    assert [notice.kind for notice in Notice.objects.order_by("pk")] == ["failing", "well"]


def test_a_layer_that_is_sent_by_hand_is_called_overdue_a_week_after_it_was_due(
    smallville: Installation,
) -> None:
    smallville.serve_trees("T1", "T2", "T3")
    refresh(smallville)
    smallville.say(f'address = "{smallville.server.address}/trees.csv"\n', "")
    smallville.pass_days(36)
    early = say_what_is_overdue(smallville.catalogue, timezone.now())
    smallville.pass_days(2)

    late = [say_what_is_overdue(smallville.catalogue, timezone.now()) for _ in range(2)]

    (sent,) = mail.outbox
    assert (early, late) == ([], [["trees"], ["trees"]])
    assert sent.subject.endswith("Trees is overdue")
    assert "has to be sent by hand" in sent.body
    assert "Ask the tree officer" in sent.body


def test_a_layer_that_was_withdrawn_is_neither_fetched_nor_called_overdue(
    smallville: Installation,
) -> None:
    smallville.serve_trees("T1", "T2", "T3")
    refresh(smallville)
    withdraw_layer(Layer.objects.get(), actor="Ann", reason="Names people")
    smallville.pass_days(60)

    say_what_is_overdue(smallville.catalogue, timezone.now())

    assert mail.outbox == []
    assert find_due(smallville.catalogue, timezone.now()) == []
