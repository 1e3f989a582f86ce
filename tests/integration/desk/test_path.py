"""From a file to the public and back, request by request, in the web's role."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from importers import asked
from importers.models import Decision, ImportRun
from layers.models import Act, Layer
from tests.integration.desk.at_desk import Desk

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

HEADER = "TreeRef,Species,Height,Planted,Surveyor,Easting,Northing"
GOOD = [f"T{n},Oak,12,31/03/2001,Ann,40500{n},285000" for n in (1, 2, 3)]
MORE = [line.replace("T", "U", 1) for line in GOOD]
SEVEN = [*GOOD, *MORE, "T7,Oak,12,31/03/2001,Ann,405007,285000"]
WITH_A_FAULT = [*GOOD, *MORE, "T4,=1+1,tall,31/03/2001,Ann,405004,285000"]


def give(client: Client, lines: list[str], header: str = HEADER, **members: Any) -> ImportRun:
    text = "\n".join([header, *lines]) + "\n"
    upload = SimpleUploadedFile("our trees.csv", text.encode())
    members = {"afterwards": "look", "upload": upload, **members}
    response = client.post("/manage/layers/trees/import", members)
    assert response.status_code == 302, response.content.decode()
    return ImportRun.objects.latest("id")


def decide(client: Client, run: ImportRun, verb: str, **members: str) -> Any:
    return client.post(f"/manage/imports/{run.pk}/decide", {"verb": verb, **members})


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def published_edition() -> int | None:
    return Layer.objects.get(slug="trees").published_edition_id


def publish(desk: Desk, client: Client, lines: list[str]) -> ImportRun:
    run = give(client, lines)
    desk.work()
    decide(client, run, "publish")
    desk.work()
    run.refresh_from_db()
    assert run.outcome == "published", run.reason
    return run


def test_a_file_waits_for_the_worker_under_its_own_name(desk: Desk, tmp_path: Path) -> None:
    client = desk.client("Importers")

    run = give(client, GOOD)

    assert (run.outcome, run.source, run.wants_publishing) == ("queued", "our trees.csv", False)
    assert (tmp_path / "inbox" / run.arrived_as).is_file()
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == ("importers.jobs.import_queued", {"run_id": run.pk})
    assert job.lock == f"layer-{run.layer_id}"
    text = page(client, f"/manage/imports/{run.pk}")
    assert "Waiting for the worker to begin." in text
    assert "No worker is running." in text
    assert client.get(f"/manage/imports/{run.pk}/progress").json()["isBusy"] is True


def test_too_large_a_file_is_refused_in_words_and_not_kept(
    desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    settings.MAX_UPLOAD_BYTES = 1_000_000
    upload = SimpleUploadedFile("trees.csv", b"a" * 1_100_000)

    response = desk.client("Importers").post("/manage/layers/trees/import", {"upload": upload})

    assert response.status_code == 400
    assert "larger than 1 MB" in response.content.decode()
    assert list((tmp_path / "inbox").iterdir()) == []
    assert not ImportRun.objects.exists()


def test_the_inbox_is_empty_once_the_source_is_in_the_store(desk: Desk, tmp_path: Path) -> None:
    give(desk.client("Importers"), GOOD)

    desk.work()

    assert list((tmp_path / "inbox").iterdir()) == []


def test_it_is_seen_by_nobody_until_somebody_publishes_it(desk: Desk) -> None:
    client = desk.client("Publishers")
    run = give(client, WITH_A_FAULT)
    desk.work()

    assert published_edition() is None
    text = page(client, f"/manage/imports/{run.pk}")
    assert "Waiting for a decision" in text
    assert "Row 8: “Height” is “tall”" in text
    assert "all 6 features are new" in text

    decide(client, run, "publish", reason="Spring survey")
    assert published_edition() is None
    desk.work()

    assert published_edition() is not None
    act = Act.objects.filter(verb=Act.Verb.PUBLISHED).get()
    assert (act.actor, act.reason) == ("officer-Publishers", "Spring survey")
    assert "To undo" in page(client, f"/manage/imports/{run.pk}")


def test_the_rows_kept_out_come_as_they_were_read_and_run_nothing(desk: Desk) -> None:
    client = desk.client("Importers")
    run = give(client, WITH_A_FAULT)
    desk.work()

    response: Any = client.get(f"/manage/imports/{run.pk}/rows.csv")

    lines = response.whole.decode("utf-8-sig").splitlines()
    assert lines[0] == f"Row in the file,Kind,What is wrong,{HEADER}"
    assert lines[1].startswith("8,Number invalid,")
    assert lines[1].endswith("T4,'=1+1,tall,31/03/2001,Ann,405004,285000")


def test_a_wrong_column_is_put_right_by_hand(desk: Desk) -> None:
    client = desk.client("Importers")
    stopped = give(client, GOOD, header=HEADER.replace("TreeRef", "Tree number"))
    desk.work()
    assert "COLUMN-MISSING" in page(client, f"/manage/imports/{stopped.pk}")
    assert "No column was found" in page(client, f"/manage/imports/{stopped.pk}/mapping")

    field = _field_from("Ref")
    client.post(
        f"/manage/imports/{stopped.pk}/mapping",
        {f"column-{field}": "Tree number", "remember": "on"},
    )
    desk.work()

    again = ImportRun.objects.latest("id")
    assert again.outcome == "staged", again.reason
    assert again.fixes == {"columns": {field: "Tree number"}}
    assert again.remembers_fixes
    assert Act.objects.filter(run_id=again.pk, verb=Act.Verb.FIXED).exists()


def test_swapped_coordinates_are_offered_and_confirmed(desk: Desk) -> None:
    client = desk.client("Importers")
    swapped = [f"T{n},Oak,12,31/03/2001,Ann,285000,40500{n}" for n in (1, 2, 3)]
    stopped = give(client, swapped)
    desk.work()
    assert "This would help" in page(client, f"/manage/imports/{stopped.pk}")

    client.post(f"/manage/imports/{stopped.pk}/confirm", {"offer": "0"})
    desk.work()

    again = ImportRun.objects.latest("id")
    assert (again.outcome, again.fixes) == ("staged", {"swap_axes": True})


def test_the_difference_is_a_list_and_a_map_numbered_alike(desk: Desk) -> None:
    client = desk.client("Publishers")
    publish(desk, client, GOOD)
    changed = ["T1,Elm,12,31/03/2001,Ann,405001,285000", GOOD[1], GOOD[2].replace("T3", "T9")]
    run = give(client, changed)
    desk.work()

    text = page(client, f"/manage/imports/{run.pk}")
    response = client.get(f"/manage/imports/{run.pk}/difference.geojson")

    assert "1 added, 1 changed, 1 removed" in text
    marks = [feature["properties"] for feature in response.json()["features"]]
    assert [mark["number"] for mark in marks] == [1, 2, 3]
    assert sorted(mark["kind"] for mark in marks) == ["added", "changed", "removed"]
    assert all(mark["position"] for mark in marks)
    assert "no-store" in response.headers["Cache-Control"]


def test_a_held_edition_is_published_with_a_reason_only(desk: Desk) -> None:
    client = desk.client("Publishers")
    publish(desk, client, [*GOOD, *MORE])
    before = published_edition()
    run = give(client, GOOD[:1])
    desk.work()
    run.refresh_from_db()
    assert run.failed_checks, run.outcome

    assert decide(client, run, "publish").status_code == 400
    decide(client, run, "publish", reason="The others were felled")
    desk.work()

    assert published_edition() not in (None, before)
    reasons = Act.objects.filter(verb=Act.Verb.OVERRODE).values_list("reason", flat=True)
    assert list(reasons) == ["The others were felled"]


def test_the_page_of_what_waits_shows_what_it_would_change_now(desk: Desk) -> None:
    client = desk.client("Publishers")
    publish(desk, client, [*GOOD, MORE[0]])
    waiting = give(client, GOOD)
    desk.work()
    assert "0 added, 0 changed, 1 removed" in page(client, f"/manage/imports/{waiting.pk}")

    publish(desk, client, SEVEN)

    text = page(client, f"/manage/imports/{waiting.pk}")
    assert "0 added, 0 changed, 4 removed" in text
    assert "3 features instead of 7: 57% fewer" in text
    assert "Publish in spite of the check" in text
    assert decide(client, waiting, "publish").status_code == 400
    decide(client, waiting, "publish", reason="The others were felled")
    desk.work()
    waiting.refresh_from_db()
    assert published_edition() == waiting.edition_id
    assert Act.objects.filter(verb=Act.Verb.OVERRODE, run_id=waiting.pk).exists()


def test_a_decision_is_refused_where_another_was_published_since_it_was_compared(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk.client("Publishers")
    publish(desk, client, [*GOOD, MORE[0]])
    waiting = give(client, GOOD)
    desk.work()
    with monkeypatch.context() as slow:
        slow.setattr("importers.decide.compare_waiting", lambda layer_id: None)
        newer = publish(desk, client, SEVEN)
    address = f"/manage/imports/{waiting.pk}"
    assert "What is published has changed since it was compared" in page(client, address)

    decide(client, waiting, "publish")
    desk.work()

    assert published_edition() == newer.edition_id
    decision = Decision.objects.latest("id")
    assert (decision.state, "3 features instead of 7" in decision.message) == ("refused", True)
    assert "Publish in spite of the check" in page(client, address)


def test_an_edition_is_set_aside(desk: Desk) -> None:
    client = desk.client("Publishers")
    run = give(client, GOOD)
    desk.work()

    decide(client, run, "set-aside")
    desk.work()

    run.refresh_from_db()
    assert (run.outcome, run.edition) == ("set-aside", None)
    assert "To undo: read its file again" in page(client, f"/manage/imports/{run.pk}")


def test_a_layer_goes_back_is_pinned_and_withdrawn(desk: Desk) -> None:
    client = desk.client("Publishers")
    first = publish(desk, client, GOOD).edition_id
    publish(desk, client, [*GOOD, "T4,Oak,12,31/03/2001,Ann,405004,285000"])

    for verb in ("roll-back", "pin", "unpin"):
        address = f"/manage/layers/trees/decide?verb={verb}&edition={first}"
        assert "Leave it as it is" in page(client, address)
        client.post("/manage/layers/trees/decide", {"verb": verb, "edition": str(first)})
        desk.work()
    assert published_edition() == first

    client.post("/manage/layers/trees/decide", {"verb": "withdraw", "reason": "Wrong survey"})
    desk.work()

    assert published_edition() is None
    text = page(client, "/manage/acts?layer=trees")
    for words in ("Went back", "Pinned an edition", "Unpinned", "Withdrew", "Wrong survey"):
        assert words in text
    whole: Any = client.get("/manage/acts.csv?layer=trees")
    assert whole.whole.count(b"\r\n") == Act.objects.count() + 1


def test_what_cannot_be_done_is_said_and_changes_nothing(desk: Desk) -> None:
    client = desk.client("Publishers")
    edition = publish(desk, client, GOOD).edition_id

    client.post("/manage/layers/trees/decide", {"verb": "roll-back", "edition": str(edition)})
    desk.work()

    assert Decision.objects.latest("id").state == "refused"
    assert "It was not possible to" in page(client, "/manage/layers/trees")
    assert published_edition() == edition


def _field_from(column: str) -> str:
    layer = Layer.objects.get(slug="trees")
    names = list(layer.fields.values_list("name", flat=True))
    return next(name for name in names if column.lower() in name)


def test_an_import_whose_worker_died_is_closed_when_its_job_comes_again(desk: Desk) -> None:
    layer = Layer.objects.get(slug="trees")
    run = ImportRun.objects.create(layer=layer, outcome="running", source="our trees.csv")

    asked.run_asked_import(run)

    run.refresh_from_db()
    assert run.outcome == "interrupted"
