"""Workers that refresh trees from a real HTTPS server; where it matters, real processes."""

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from importers.models import ImportRun, Notice
from layers.models import Edition, Layer
from tests.factories.database import edition_tables
from tests.factories.https_server import Reply
from tests.integration.importers.refresh.installation import (
    Installation,
    hurry_queue,
    jobs,
    killed_in_the_end,
    wait_until,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

# However busy the machine is.
STOP_S = 60.0


def outcomes() -> list[str]:
    return list(ImportRun.objects.order_by("pk").values_list("outcome", flat=True))


def test_a_due_layer_is_fetched_and_the_next_time_a_304_says_that_it_is_unchanged(
    smallville: Installation,
) -> None:
    smallville.serve_trees("T1", "T2", "T3", etag='"one"')
    smallville.refresh_by_schedule(workers=1)
    first = Layer.objects.get()
    smallville.refresh_by_schedule()  # not due yet: nothing is asked
    asked_early = len(smallville.server.asked)
    smallville.pass_days(31)

    smallville.refresh_by_schedule(workers=1)

    layer = Layer.objects.get()
    assert outcomes() == ["published", "unchanged"]
    assert (asked_early, len(smallville.server.asked)) == (1, 2)
    assert smallville.server.asked[1].headers["If-None-Match"] == '"one"'
    assert layer.published_edition_id == first.published_edition_id
    assert layer.changed_at == first.changed_at
    assert layer.checked_at is not None
    assert {run.asked_by for run in ImportRun.objects.all()} == {"the schedule"}


def test_a_source_that_fails_is_reported_once_and_once_when_it_works_again(
    smallville: Installation, serve: Callable[..., Any], settings: Any
) -> None:
    hook = serve(lambda asked: Reply(b"ok"))
    settings.NOTICES_WEBHOOK = f"{hook.address}/tell"
    settings.SITE_URL = "https://maps.smallville.example"
    smallville.serve_trees("T1", "T2", "T3")
    smallville.refresh_by_schedule(workers=1)
    good, smallville.reply = smallville.reply, Reply(status=404)
    for _ in range(2):
        smallville.pass_days(2 if Notice.objects.exists() else 31)
        smallville.refresh_by_schedule(workers=1)
    failing = Layer.objects.get()
    smallville.reply = good
    smallville.pass_days(2)

    smallville.refresh_by_schedule(workers=1)

    assert outcomes() == ["published", "unreadable", "unreadable", "unchanged"]
    assert failing.failing_since is not None
    assert Layer.objects.get().failing_since is None
    kinds = list(Notice.objects.order_by("pk").values_list("kind", "went_to"))
    assert kinds == [("failing", "webhook"), ("well", "webhook")]
    assert len(hook.asked) == 2


def test_a_busy_server_is_asked_again_when_it_wants_to_be_and_nobody_is_told(
    smallville: Installation,
) -> None:
    smallville.serve_trees("T1", "T2", "T3")
    good, smallville.reply = (
        smallville.reply.body,
        Reply(status=503, headers={"Retry-After": "1200"}),
    )
    smallville.refresh_by_schedule()
    ((_, status, tries, in_s),) = jobs()
    assert (status, tries) == ("todo", 1)
    assert 1100 < in_s < 1300
    assert not Notice.objects.exists()
    assert Layer.objects.get().failing_since is None

    smallville.reply = Reply(good, headers={"Content-Type": "text/csv"})
    hurry_queue()
    smallville.work()

    assert outcomes() == ["unreadable", "published"]
    assert [status for _, status, _, _ in jobs()] == ["succeeded"]
    assert not Notice.objects.exists()


def test_a_server_that_stays_down_is_reported_after_the_last_try(smallville: Installation) -> None:
    smallville.reply = Reply(status=503)
    smallville.refresh_by_schedule()
    for _ in range(4):
        hurry_queue()
        smallville.work()
    assert not Notice.objects.exists()

    hurry_queue()
    smallville.work()

    assert outcomes() == ["unreadable"] * 6
    assert Notice.objects.get().code == "SOURCE-BUSY"
    assert Layer.objects.get().failing_since is not None


def test_what_a_check_stops_is_not_tried_again_the_same_night(smallville: Installation) -> None:
    smallville.serve_trees("T1")

    smallville.refresh_by_schedule()
    smallville.refresh_by_schedule()

    assert outcomes() == ["stopped"]
    assert [status for _, status, _, _ in jobs()] == ["succeeded"]
    notice = Notice.objects.get()
    assert notice.kind == "failing"
    assert "publish it in spite of the check" in notice.message


def test_i16_two_workers_do_not_import_a_layer_twice_at_once(smallville: Installation) -> None:
    """Queued twice over, by hand and by schedule; the second yields and tries later."""
    smallville.serve_trees("T1", "T2", "T3")
    smallville.reply = Reply(
        smallville.reply.body, headers={"Content-Type": "text/csv"}, pause_s=0.02
    )
    smallville.manage("sync_catalogue")
    with connection.cursor() as cursor:
        for lock in ("one", "two"):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args, queueing_lock)"
                " VALUES ('default', 'importers.jobs.refresh_by_schedule',"
                """ '{"slug": "trees"}', %s)""",
                [lock],
            )

    smallville.work(workers=2)

    assert outcomes() == ["published"]
    assert sorted((status, tries) for _, status, tries, _ in jobs()) == [
        ("succeeded", 1),
        ("todo", 1),
    ]


def test_a_layer_is_never_queued_twice(smallville: Installation) -> None:
    from importers.jobs import queue_due_layers

    assert queue_due_layers(timestamp=0) == ["trees"]
    assert queue_due_layers(timestamp=1) == []
    assert len(jobs()) == 1


def test_nothing_is_queued_where_the_schedule_is_switched_off(
    smallville: Installation, settings: Any
) -> None:
    from importers.jobs import queue_due_layers

    settings.REFRESHES_BY_SCHEDULE = False

    assert queue_due_layers(timestamp=0) == []
    assert jobs() == []


def test_i16_a_worker_killed_in_mid_import_leaves_nothing_half_done_and_the_next_resumes(
    smallville: Installation,
) -> None:
    smallville.serve_trees("T1", "T2", "T3")
    smallville.refresh_by_schedule()
    old = Layer.objects.get().published_edition_id
    smallville.pass_days(31)
    smallville.serve_trees("T1", "T2", "T3", "T4")
    whole = smallville.reply
    smallville.reply = Reply(whole.body, headers=whole.headers, pause_s=0.5)
    from importers.jobs import queue_due_layers

    queue_due_layers(timestamp=0)
    asked = len(smallville.server.asked)
    with killed_in_the_end(smallville.start_worker()) as worker:
        wait_until(lambda: len(smallville.server.asked) > asked, "it is fetched")
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    assert jobs()[-1][1] == "doing"
    assert Layer.objects.get().published_edition_id == old
    smallville.reply = whole

    _let_heartbeats_grow_old()
    resume_in_a_worker(smallville)

    assert outcomes() == ["published", "interrupted", "published"]
    assert Layer.objects.get().published_edition.feature_count == 4
    assert not Edition.objects.filter(published_at=None).exists()
    assert edition_tables() == {
        f"layers_feature_e{pk}" for pk in Edition.objects.values_list("pk", flat=True)
    }
    assert [status for _, status, _, _ in jobs()] == ["succeeded", "succeeded"]
    assert not Notice.objects.exists()


def resume_in_a_worker(smallville: Installation) -> None:
    """Have a worker look for what stalled, as it does every five minutes, then do it."""
    from importers.jobs import resume_stalled_jobs

    resume_stalled_jobs.configure(queueing_lock="test").defer(timestamp=0)
    smallville.work(workers=1)


def test_a_worker_that_is_told_to_stop_waits_for_no_source_and_its_layer_goes_back_to_the_queue(
    smallville: Installation,
) -> None:
    smallville.serve_trees(*(f"T{number}" for number in range(3)))
    quick = smallville.reply
    # Longer than the worker waits.
    pause_s = 4.0 / len(quick.body)
    smallville.reply = Reply(quick.body, headers=quick.headers, pause_s=pause_s)
    from importers.jobs import queue_due_layers

    queue_due_layers(timestamp=0)
    with killed_in_the_end(smallville.start_worker()) as worker:
        wait_until(lambda: bool(smallville.server.asked), "it is fetched")
        worker.send_signal(signal.SIGTERM)
        worker.wait(STOP_S)
    smallville.reply = quick

    assert outcomes() == ["interrupted"]
    assert jobs()[0][1:3] == ("todo", 1)
    assert not Notice.objects.exists()
    smallville.work()
    assert outcomes() == ["interrupted", "published"]


def test_a_catalogue_with_a_fault_stops_the_schedule_with_one_line_in_the_log(
    smallville: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    from importers.jobs import queue_due_layers

    smallville.say('"Point"', '"Pont"')

    assert queue_due_layers(timestamp=0) == []
    assert "smallville/trees.toml: geometry_type" in caplog.text


def _let_heartbeats_grow_old() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1h'")


def test_a_server_that_wants_to_be_left_alone_for_a_day_is_left_to_the_next_night(
    smallville: Installation,
) -> None:
    smallville.reply = Reply(status=429, headers={"Retry-After": "86400"})

    smallville.refresh_by_schedule()

    assert [status for _, status, _, _ in jobs()] == ["succeeded"]
    assert Notice.objects.get().code == "SOURCE-BUSY"
