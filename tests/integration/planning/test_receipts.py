"""Kept checks: written once, found again, reproduced to the byte, compared, and set aside."""

import json
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

import pytest
import shapely
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from layers.errors import NotFound, TooManyRequests
from layers.models import Change, Layer
from layers.publish import prune_editions, withdraw_layer
from planning.answer import Verdict
from planning.query import check_site
from planning.receipts.asides import asides_of, set_aside, take_back
from planning.receipts.compare import compare_checks
from planning.receipts.keep import CheckTooLarge, KeptCheck, find_check, keep_check
from planning.receipts.models import Receipt
from planning.receipts.record import read_record, write_answers
from planning.receipts.reproduce import reproduce_check
from tests.factories.checks import FIELD, NEXT_FIELD, make_constraint, publish_shapes, site_of
from tests.factories.other_connections import connect_as_web

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

# Three metres along the field's eastern edge.
EDGE = shapely.box(405097, 285000, 405200, 285100)
_HOSTS = count(1)


@pytest.fixture
def zones() -> Layer:
    layer = make_constraint("zones")
    publish_shapes(layer, meadow=FIELD, next=NEXT_FIELD)
    return layer


def keep(**asked: Any) -> KeptCheck:
    check = check_site(site_of(), **asked)
    # Each from somewhere else: one network may not keep many within a minute.
    return find_check(keep_check(check, asked_from={"REMOTE_ADDR": f"198.51.100.{next(_HOSTS)}"}))


def test_a_kept_check_says_what_was_answered_and_its_digest_is_of_its_bytes(zones: Layer) -> None:
    check = check_site(site_of())
    kept = find_check(keep_check(check, asked_from={}))

    assert len(kept.id) == 22
    assert kept.check.answers == check.answers
    assert kept.check.site.geom_27700.equals(check.site.geom_27700)
    assert (kept.check.site.label, kept.check.asked_at) == ("The field", check.asked_at)
    assert kept.sha256 == sha256(kept.record).hexdigest()
    assert kept.edition_ids == (zones.published_edition_id,)
    assert json.loads(kept.record)["id"] == kept.id


def test_the_record_is_canonical(zones: Layer) -> None:
    kept = keep()

    members = json.loads(kept.record)
    plain = json.dumps(members, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert plain.encode() == kept.record
    assert write_answers(read_record(kept.record)) == write_answers(kept.check)


def test_ids_that_are_none_are_not_found() -> None:
    for name in ("", "short", "A" * 22, "A" * 21 + "/", "\0" * 22, "ä" * 22):
        with pytest.raises(NotFound):
            find_check(name)


def test_nobody_changes_a_kept_check(zones: Layer) -> None:
    kept = keep()

    with pytest.raises(DatabaseError, match="written once"):
        Receipt.objects.filter(pk=kept.id).update(sha256="0" * 64)
    with connect_as_web() as web:
        for statement in (
            "UPDATE planning_receipt SET sha256 = ''",
            "DELETE FROM planning_receipt",
            "UPDATE planning_aside SET reason = ''",
            "DELETE FROM planning_aside",
        ):
            with pytest.raises(Exception, match="permission denied"):
                web.execute(statement)
            web.rollback()


def test_too_many_from_one_network_wait(zones: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planning.receipts.keep.this_minute", lambda: 1)
    check = check_site(site_of())
    caller = {"REMOTE_ADDR": "192.0.2.77"}

    with pytest.raises(TooManyRequests, match="Wait"):
        for _each in range(30):
            keep_check(check, asked_from=caller)


def test_a_network_keeps_so_many_in_a_day(zones: Layer, settings: Any) -> None:
    settings.CHECKS_KEPT_PER_DAY = 3
    check = check_site(site_of())

    for _each in range(3):
        keep_check(check, asked_from={"REMOTE_ADDR": "203.0.113.1"})
    with pytest.raises(TooManyRequests, match="today"):
        keep_check(check, asked_from={"REMOTE_ADDR": "203.0.113.1"})

    keep_check(check, asked_from={"REMOTE_ADDR": "203.0.113.2"})


def test_more_than_a_record_holds_is_not_kept(
    zones: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planning.receipts.keep.MOST_BYTES", 500)

    with pytest.raises(CheckTooLarge, match="in parts"):
        keep_check(check_site(site_of()), asked_from={})

    assert not Receipt.objects.exists()


def test_it_comes_out_the_same_after_three_more_editions(zones: Layer) -> None:
    kept = keep()

    for size in (10, 20, 30):
        publish_shapes(zones, meadow=FIELD.buffer(-size))
        prune_editions(zones, kept=0)

    assert reproduce_check(kept).is_same
    assert not compare_checks(kept.check, check_site(site_of()))[0].is_same


def test_it_comes_out_the_same_though_the_catalogue_says_otherwise(zones: Layer) -> None:
    kept = keep()
    Layer.objects.filter(pk=zones.pk).update(
        title="Other zones",
        licence="Another",
        title_field="nothing",
        constraint={"accuracy_m": 9, "margin_m": 1, "max_age_days": 1, "category": "Other"},
        changed_at=timezone.now(),
    )

    assert reproduce_check(kept).is_same


def test_what_was_too_old_then_is_too_old_again(zones: Layer) -> None:
    Layer.objects.filter(pk=zones.pk).update(constraint={"max_age_days": 10})
    type(zones.published_edition).objects.update(published_at=timezone.now() - timedelta(days=90))
    Layer.objects.filter(pk=zones.pk).update(changed_at=timezone.now())
    kept = keep()
    assert kept.check.answers[0].verdict == Verdict.NOT_KNOWN
    assert kept.check.answers[0].findings

    publish_shapes(zones, meadow=FIELD)

    assert reproduce_check(kept).is_same


def test_answers_that_were_other_are_seen(zones: Layer) -> None:
    kept = keep()
    [answer] = kept.check.answers
    wrong = answer._replace(findings=answer.findings[:1], overlap_m2=9_999.0)

    reproduced = reproduce_check(replace(kept, check=replace(kept.check, answers=(wrong,))))

    assert (reproduced.is_same, reproduced.differing) == (False, ("zones",))


def test_an_edition_that_was_cited_long_ago_goes_and_the_check_says_so(
    zones: Layer, settings: Any
) -> None:
    kept = keep()
    publish_shapes(zones, meadow=FIELD)
    settings.CITED_EDITIONS_KEPT_DAYS = 0

    dropped = prune_editions(zones, kept=0)

    assert dropped == list(kept.edition_ids)
    reproduced = reproduce_check(kept)
    assert (reproduced.is_same, reproduced.gone, reproduced.differing) == (False, ("zones",), ())


def test_editions_that_nobody_cited_go_as_ever(zones: Layer) -> None:
    first = zones.published_edition_id
    publish_shapes(zones, meadow=FIELD)

    assert prune_editions(zones, kept=0) == [first]


def test_what_changed_agrees_with_the_difference_between_the_editions(zones: Layer) -> None:
    kept = keep()
    publish_shapes(zones, meadow=FIELD.buffer(-10), edge=EDGE)

    [change] = compare_checks(kept.check, check_site(site_of()))

    assert [each.fid for each in change.added] == ["edge"]
    assert [each.fid for each in change.removed] == ["next"]
    assert [(each.after.fid, each.members) for each in change.changed] == [
        ("meadow", ("how", "overlap_m2", "overlap_percent"))
    ]
    assert change.is_verdict_same
    assert not change.is_edition_same
    recorded = Change.objects.filter(edition=zones.published_edition_id)
    assert {(each.kind, each.fid) for each in recorded} == {
        ("added", "edge"), ("removed", "next"), ("changed", "meadow"),
    }  # fmt: skip


def test_a_verdict_that_changed_is_seen(zones: Layer) -> None:
    kept = keep()
    withdraw_layer(zones)

    [change] = compare_checks(kept.check, check_site(site_of()))

    assert not change.is_verdict_same
    assert change.after is not None
    assert change.after.verdict == Verdict.NOT_KNOWN


def test_a_layer_that_only_one_of_them_asked_differs(zones: Layer) -> None:
    kept = keep()
    publish_shapes(make_constraint("more"), meadow=FIELD)

    changes = compare_checks(kept.check, check_site(site_of()))

    assert [(each.either.slug, each.before is None, each.is_same) for each in changes] == [
        ("more", True, False),
        ("zones", False, True),
    ]


def test_a_kept_check_as_at_a_day_reproduces_too(zones: Layer) -> None:
    kept = keep(as_at=timezone.localdate())
    publish_shapes(zones, meadow=FIELD.buffer(-10))

    assert kept.check.as_at == timezone.localdate() and isinstance(kept.check.as_at, date)
    assert reproduce_check(kept).is_same


def test_findings_are_set_aside_and_taken_back_and_all_of_it_is_kept(zones: Layer) -> None:
    kept = keep()

    set_aside(kept, "zones", "next", reason="Only the wall touches.", by="An Officer")
    take_back(kept, "zones", "next", reason="It does not.", by="Another")

    words = asides_of(kept.id)[("zones", "next")]
    assert [(word.is_aside, word.reason, word.by) for word in words] == [
        (True, "Only the wall touches.", "An Officer"),
        (False, "It does not.", "Another"),
    ]
    assert find_check(kept.id).record == kept.record


def test_what_the_check_did_not_find_cannot_be_set_aside(zones: Layer) -> None:
    with pytest.raises(NotFound):
        set_aside(keep(), "zones", "elsewhere", reason="x", by="x")


def test_an_operator_verifies_and_deletes_by_command(zones: Layer, capsys: Any) -> None:
    kept = keep()
    set_aside(kept, "zones", "next", reason="x", by="x")

    call_command("verify_check", kept.id)
    call_command("delete_check", kept.id)

    assert kept.sha256 in capsys.readouterr().out
    with pytest.raises(NotFound):
        find_check(kept.id)
    for command in ("verify_check", "delete_check"):
        with pytest.raises(CommandError):
            call_command(command, kept.id)
