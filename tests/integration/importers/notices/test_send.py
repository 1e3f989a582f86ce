"""Notices: what they say, whom they reach, and when they are not repeated."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from importers.models import ImportRun, Notice
from importers.notices.send import say, say_if_well
from layers.models import Layer
from tests.factories import make_layer
from tests.factories.entries import layer_entry
from tests.factories.https_server import Asked, HttpsServer, Reply

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

FAILING, FLAT_LINE = Notice.Kind.FAILING, Notice.Kind.FLAT_LINE
Serve = Callable[[Callable[[Asked], Reply]], HttpsServer]


@pytest.fixture
def layer(settings: Any) -> Layer:
    settings.NOTICES_EMAIL = ["gis@smallville.example"]
    settings.SITE_URL = "https://maps.smallville.example"
    return make_layer("schools")


def failed_run(layer: Layer, **changes: Any) -> ImportRun:
    return ImportRun.objects.create(layer=layer, **{"outcome": "unreadable", **changes})


def say_failing(layer: Layer, code: str = "SOURCE-GONE", run: ImportRun | None = None) -> bool:
    run_id = run.pk if run else None
    what = "There is nothing at data.example.org any more (status 404)."
    return say(layer, FAILING, code=code, what=what, entry=layer_entry(), run_id=run_id) is not None


def make_earlier(layer: Layer, days: float) -> None:
    for notice in layer.notices.all():
        notice.at -= timedelta(days=days)
        notice.save()


def test_it_says_what_happened_what_people_see_what_to_do_and_where_to_look(layer: Layer) -> None:
    run = failed_run(layer, code="SOURCE-GONE")

    say_failing(layer, run=run)

    (sent,) = mail.outbox
    assert sent.to == ["gis@smallville.example"]
    assert sent.subject.endswith("Schools could not be refreshed")
    assert "nothing at data.example.org any more (status 404). (SOURCE-GONE)" in sent.body
    assert "Nothing of this layer is published." in sent.body
    assert "tried again tomorrow" in sent.body
    assert "Ask the officer." in sent.body
    assert f"https://maps.smallville.example/manage/imports/{run.pk}\n" in sent.body


def test_what_a_file_says_is_not_in_it(layer: Layer) -> None:
    run = failed_run(layer, code="CSV-ROW")
    what = "Row 7 has 3 cells: “Ann Lee, 1 High Street”. Expected 5."

    say(layer, FAILING, code="CSV-ROW", what=what, run_id=run.pk)

    assert "Ann Lee" not in mail.outbox[0].body
    assert "Row 7 has 3 cells: “…”. Expected 5. (CSV-ROW)" in mail.outbox[0].body
    assert "Ann Lee" not in Notice.objects.get().message


def test_the_same_fault_is_said_again_after_a_week_and_not_before(layer: Layer) -> None:
    assert say_failing(layer)
    for _ in range(6):
        make_earlier(layer, 1)
        assert not say_failing(layer)
    make_earlier(layer, 1.1)

    assert say_failing(layer)

    assert len(mail.outbox) == 2


def test_another_fault_is_said_at_once_and_faults_that_alternate_once_each(layer: Layer) -> None:
    said = [say_failing(layer, code) for code in ("SOURCE-GONE", "TLS-EXPIRED") * 2]

    assert said == [True, True, False, False]


def test_after_it_was_in_order_the_same_fault_is_news(layer: Layer) -> None:
    say_failing(layer)
    failed_run(layer, outcome="published", finished_at=timezone.now())

    well = say_if_well(layer)
    again = say_if_well(layer)

    assert (well is not None, again) == (True, None)
    assert mail.outbox[1].subject.endswith("Schools is in order again")
    assert say_failing(layer)


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": "unreadable"},
        {"outcome": "staged"},
        {"outcome": "unchanged", "failed_checks": [{"code": "FLAT-LINE"}]},
    ],
)
def test_it_is_not_in_order_before_an_import_ends_well(
    layer: Layer, changes: dict[str, Any]
) -> None:
    say(layer, FLAT_LINE, code="FLAT-LINE", what="Since 3 November 0 arrived.")
    failed_run(layer, finished_at=timezone.now(), **changes)

    assert say_if_well(layer) is None


def test_a_layer_that_nobody_was_told_about_is_not_said_to_be_in_order(layer: Layer) -> None:
    failed_run(layer, outcome="published", finished_at=timezone.now())

    assert say_if_well(layer) is None


def test_a_webhook_gets_it_as_json_that_is_signed(
    layer: Layer, serve: Serve, settings: Any
) -> None:
    hook = serve(lambda asked: Reply(status=204))
    settings.NOTICES_WEBHOOK = f"{hook.address}/hook?token=secret"
    settings.NOTICES_WEBHOOK_SECRET = "between us"

    say_failing(layer)

    (asked,) = hook.asked
    body = json.loads(asked.body)
    signature = hmac.new(b"between us", asked.body, hashlib.sha256).hexdigest()
    assert (asked.path, asked.parameters) == ("/hook", {"token": "secret"})
    assert asked.headers["X-Council-Maps-Signature"] == f"sha256={signature}"
    assert asked.headers["Content-Type"] == "application/json"
    assert (body["kind"], body["layer"], body["code"]) == ("failing", "schools", "SOURCE-GONE")
    assert Notice.objects.get().went_to == "e-mail, webhook"


@pytest.mark.parametrize(
    "reply",
    [Reply(status=500), Reply(status=302, headers={"Location": "https://elsewhere.example/"})],
)
def test_a_webhook_that_fails_is_on_record_and_keeps_nothing_else_from_being_sent(
    layer: Layer, serve: Serve, settings: Any, reply: Reply
) -> None:
    hook = serve(lambda asked: reply)
    settings.NOTICES_WEBHOOK = f"{hook.address}/hook?token=secret"

    say_failing(layer)

    notice = Notice.objects.get()
    assert notice.went_to == "e-mail"
    assert f"status {reply.status}" in notice.problem
    assert "secret" not in notice.problem
    assert len(mail.outbox) == 1


def test_a_webhook_of_an_address_that_nothing_is_fetched_from_is_not_asked(
    layer: Layer, serve: Serve, settings: Any
) -> None:
    hook = serve(lambda asked: Reply())
    settings.FETCH_INTERNAL_HOSTS = []
    settings.FETCH_PORTS = [hook.port]
    settings.NOTICES_WEBHOOK = f"{hook.address}/hook"

    say_failing(layer)

    assert hook.asked == []
    assert "URL-NOT-ALLOWED" in Notice.objects.get().problem


def test_a_webhook_that_says_nothing_is_not_waited_for_long(
    layer: Layer, serve: Serve, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importers.notices.webhook._LONGEST_S", 1.0)
    hook = serve(lambda asked: Reply(b"x" * 100, pause_s=0.3))
    settings.NOTICES_WEBHOOK = f"{hook.address}/hook"
    began = timezone.now()

    say_failing(layer)

    assert timezone.now() - began < timedelta(seconds=4)
    assert "SOURCE-TIMEOUT" in Notice.objects.get().problem


def test_what_reached_nobody_is_said_again_the_next_time(
    layer: Layer, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    assert say_failing(layer)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert say_failing(layer)

    reached = Notice.objects.order_by("pk").values_list("went_to", flat=True)
    assert list(reached) == ["", "e-mail"]
    assert "127.0.0.1 did not take it" in Notice.objects.earliest("pk").problem


def test_where_no_way_is_set_up_the_log_is_one(
    layer: Layer, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.NOTICES_EMAIL = []

    say_failing(layer)

    assert Notice.objects.get().went_to == "log"
    assert "Schools could not be refreshed" in caplog.text
    assert not say_failing(layer)
