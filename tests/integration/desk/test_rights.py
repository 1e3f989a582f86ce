"""Who may do what at the desk, and what the web's database role may not do whoever asks."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from psycopg import errors

from importers.models import Decision, ImportRun
from layers.models import Layer
from tests.factories.other_connections import connect_as_web
from tests.integration.desk.at_desk import Desk

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("trees.csv", b"TreeRef\n1\n")


@pytest.mark.parametrize(
    "address",
    [
        "/manage/",
        "/manage/layers/trees",
        "/manage/layers/trees/import",
        "/manage/layers/trees/decide",
        "/manage/imports/1",
        "/manage/imports/1/rows.csv",
        "/manage/imports/1/difference.geojson",
        "/manage/acts",
        "/manage/acts.csv",
    ],
)
def test_strangers_are_asked_to_sign_in(desk: Desk, address: str) -> None:
    response = Client().get(address)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/manage/sign-in/?next=")


def test_a_strangers_file_is_thrown_away(desk: Desk, tmp_path: Path) -> None:
    response = Client().post("/manage/layers/trees/import", {"upload": upload()})

    assert response.status_code == 302
    assert not (tmp_path / "inbox").exists()


@pytest.mark.parametrize("groups", [(), ("Importers",)])
def test_only_publishers_decide(desk: Desk, groups: tuple[str, ...]) -> None:
    client = desk.client(*groups)
    run = ImportRun.objects.create(layer=Layer.objects.get(slug="trees"), outcome="staged")

    posted = [
        client.post(f"/manage/imports/{run.pk}/decide", {"verb": "publish"}),
        client.post("/manage/layers/trees/decide", {"verb": "withdraw"}),
    ]

    assert [response.status_code for response in posted] == [403, 403]
    assert not Decision.objects.exists()
    text = client.get("/manage/layers/trees").content.decode()
    assert "you need the group “Publishers”" in text


def test_only_importers_import(desk: Desk) -> None:
    client = desk.client()

    response = client.post("/manage/layers/trees/import", {"upload": upload()})

    assert response.status_code == 403
    assert not ImportRun.objects.exists()
    assert "you need the group “Importers”" in client.get("/manage/layers/trees").content.decode()


def test_importers_cannot_publish_at_once(desk: Desk) -> None:
    members = {"upload": upload(), "afterwards": "publish"}

    response = desk.client("Importers").post("/manage/layers/trees/import", members)

    assert response.status_code == 400
    assert not ImportRun.objects.exists()


def test_a_form_without_its_token_is_refused(desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post("/manage/sign-in/", {"username": "a"}).status_code == 403


def test_nothing_of_the_desk_is_kept_by_caches(desk: Desk) -> None:
    response = desk.client().get("/manage/")

    assert "no-store" in response.headers["Cache-Control"]


LAYER = "(SELECT id FROM layers_layer WHERE slug = 'trees')"
RUN = (
    "INSERT INTO importers_importrun (layer_id, outcome, started_at, finished_at, step, reason,"
    " code, source, source_sha256, etag, last_modified, rows_read, published, quarantined, added,"
    " changed, removed, asked_by, arrived_as, wants_publishing, is_dry_run, fixes,"
    " remembers_fixes, override_reason, understanding, offers, failed_checks)"
    f" VALUES ({LAYER}, '{{}}', now(), NULL, '', '', '', '', '', '', '', 0, 0, 0, 0, 0, 0, '',"
    " '', true, false, '{{}}', true, '', '{{}}', '[]', '[]')"
)
DECISION = (
    "INSERT INTO importers_decision (layer_id, verb, reason, overrides_checks, asked_by,"
    f" asked_at, state, message) VALUES ({LAYER}, 'pin', '', false, '', now(), '{{}}', '')"
)


@pytest.fixture
def web(desk: Desk) -> Any:
    connection = connect_as_web()
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [RUN.format("published"), RUN.format("staged"), DECISION.format("done")],
)
def test_the_web_role_cannot_say_that_something_was_done(
    web: psycopg.Connection[Any], statement: str
) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        web.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE importers_importrun SET outcome = 'published'",
        "DELETE FROM importers_importrun",
        "UPDATE importers_decision SET state = 'waiting'",
        "DELETE FROM importers_decision",
        "INSERT INTO layers_act (at, actor, verb, layer_id, reason)"
        f" VALUES (now(), 'me', 'published', {LAYER}, '')",
        "UPDATE procrastinate_jobs SET status = 'cancelled'",
        "DELETE FROM procrastinate_jobs",
        "INSERT INTO procrastinate_workers DEFAULT VALUES",
    ],
)
def test_the_web_role_cannot_change_what_is_on_record(
    web: psycopg.Connection[Any], statement: str
) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        web.execute(statement)


def test_the_web_role_may_ask(web: psycopg.Connection[Any]) -> None:
    web.execute(RUN.format("queued"))
    web.execute(DECISION.format("waiting"))

    assert ImportRun.objects.get().outcome == "queued"


@pytest.mark.parametrize("source", ["/etc/passwd", "file:///etc/passwd", "http://example.org/"])
def test_a_run_that_names_a_path_opens_nothing(desk: Desk, source: str) -> None:
    layer = Layer.objects.get(slug="trees")
    run = ImportRun.objects.create(layer=layer, outcome="queued", source=source)

    desk.work()

    run.refresh_from_db()
    assert (run.outcome, run.code) == ("unreadable", "WRONG-USE")
    assert run.source_sha256 == ""


@pytest.mark.parametrize("sha256", ["../../../../etc", "a" * 64])
def test_a_run_that_names_no_stored_source_opens_nothing(desk: Desk, sha256: str) -> None:
    layer = Layer.objects.get(slug="trees")
    run = ImportRun.objects.create(layer=layer, outcome="queued", source_sha256=sha256)

    desk.work()

    run.refresh_from_db()
    assert (run.outcome, run.code) == ("unreadable", "SOURCE-GONE")
