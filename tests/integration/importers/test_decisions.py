"""What becomes of an edition that waits: decided once, by one person, and written down."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone
from pytest_django import Settings

from importers.catalogue.entries import ChecksEntry
from importers.decide import publish_run, set_aside
from importers.errors import CatalogueInvalid, CheckFailed, WrongUse
from importers.lock import clear_leftovers
from importers.models import ImportRun
from importers.pipeline import import_layer
from importers.report import ImportInterrupted, ImportReport
from importers.request import ImportRequest
from layers.models import Act, Edition, Feature, Layer
from layers.publish import is_attached, roll_back, withdraw_layer
from tests.factories.database import drop_edition_tables, edition_tables
from tests.factories.entries import council_entry, layer_entry
from tests.factories.source_files import write_csv
from tests.integration.importers.smallville import CATALOGUE_DIR

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def leave_no_tables(transactional_db: None) -> Iterator[None]:
    yield
    drop_edition_tables()


def send(
    folder: Path,
    count: int,
    on_step: Callable[[str], None] = lambda step: None,
    **request: Any,
) -> ImportReport:
    rows = [
        {"ref": f"T{n}", "name": "Oak", "Easting": 405_000, "Northing": 285_000}
        for n in range(count)
    ]
    entry = layer_entry(checks=ChecksEntry())
    path = write_csv(folder / "trees.csv", rows)
    return import_layer(entry, council_entry(), ImportRequest(str(path), **request), on_step)


def newest() -> ImportRun:
    return ImportRun.objects.all()[0]


@pytest.fixture
def held(tmp_path: Path) -> ImportRun:
    """Return an import of 5 trees that is held because 20 are published."""
    assert send(tmp_path, 20).outcome == "published"
    assert send(tmp_path, 5).outcome == "stopped"
    return newest()


@pytest.fixture
def staged(tmp_path: Path) -> ImportRun:
    send(tmp_path, 20)
    send(tmp_path, 21, publish=False)
    return newest()


def verbs() -> list[str]:
    return list(Act.objects.order_by("id").values_list("verb", flat=True))


def test_what_was_staged_is_published_without_a_reason(staged: ImportRun) -> None:
    publish_run(staged, actor="ann")

    assert Layer.objects.get().published_edition == staged.edition
    assert (staged.outcome, staged.published) == ("published", 21)
    act = Act.objects.first()
    assert (act.verb, act.actor, act.run_id) == ("published", "ann", staged.pk)


def test_what_a_check_stopped_needs_a_reason(held: ImportRun) -> None:
    with pytest.raises(CheckFailed) as refusal:
        publish_run(held, actor="ann")

    assert refusal.value.code == "DIFF-SUSPICIOUS"
    assert "overrode" not in verbs()


def test_publishing_says_that_the_source_is_well_again(held: ImportRun) -> None:
    Layer.objects.update(checked_at=None, failing_since=timezone.now())

    publish_run(held, actor="ann", override_reason="Felled")

    layer = Layer.objects.get()
    assert layer.failing_since is None
    assert layer.checked_at is not None


def test_what_is_set_aside_is_gone_and_its_record_stays(held: ImportRun) -> None:
    edition = held.edition

    set_aside(held, actor="bo", reason="Half a file")

    assert (held.outcome, held.edition, held.removed) == ("set-aside", None, 15)
    assert not Edition.objects.filter(pk=edition.pk).exists()
    assert f"layers_feature_e{edition.pk}" not in edition_tables()
    act = Act.objects.first()
    assert (act.verb, act.actor, act.edition_id, act.run_id, act.reason) == (
        "set-aside",
        "bo",
        edition.pk,
        held.pk,
        "Half a file",
    )


def test_only_one_of_two_decisions_is_taken(held: ImportRun) -> None:
    late = ImportRun.objects.select_related("edition").get(pk=held.pk)
    publish_run(held, actor="ann", override_reason="Felled")

    with pytest.raises(WrongUse, match="no edition that waits"):
        set_aside(late, actor="bo")
    with pytest.raises(WrongUse, match="no edition that waits"):
        publish_run(late, actor="bo", override_reason="Felled")

    assert Feature.objects.filter(edition=held.edition).count() == 5


def test_what_was_set_aside_cannot_be_published_even_before_its_features_are_gone(
    held: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = held.edition
    with monkeypatch.context() as killed:
        killed.setattr("importers.decide.discard_edition", _die)
        with pytest.raises(KeyboardInterrupt):
            set_aside(ImportRun.objects.get(pk=held.pk), actor="bo")
    assert is_attached(edition.pk)

    with pytest.raises(WrongUse):
        publish_run(held, actor="ann", override_reason="Felled")

    clear_leftovers(Layer.objects.get())
    assert not Edition.objects.filter(pk=edition.pk).exists()
    assert verbs().count("set-aside") == 1


def _die(edition_id: int) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("decide", ["publish", "set aside"])
def test_a_decision_that_cannot_be_written_down_is_not_taken(
    decide: str, held: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (list(Layer.objects.values()), list(ImportRun.objects.values()), verbs())

    def refuse(*_: object, **__: object) -> None:
        raise DatabaseError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Act.objects, "create", refuse)
        with pytest.raises(DatabaseError):
            if decide == "publish":
                publish_run(held, actor="ann", override_reason="Felled")
            else:
                set_aside(held, actor="ann")

    assert (list(Layer.objects.values()), list(ImportRun.objects.values()), verbs()) == before
    assert is_attached(held.edition_id)


def test_a_failure_while_publishing_takes_the_override_back(
    held: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("importers.decide.publish_edition", fail)
    with pytest.raises(DatabaseError):
        publish_run(held, actor="ann", override_reason="Felled")

    assert "overrode" not in verbs()


def test_a_newer_import_leaves_what_somebody_staged(staged: ImportRun, tmp_path: Path) -> None:
    assert send(tmp_path, 22).outcome == "published"

    staged.refresh_from_db()
    assert staged.outcome == "staged"
    assert Feature.objects.filter(edition=staged.edition).count() == 21


def test_a_newer_import_that_is_held_too_takes_the_place_of_the_older(
    held: ImportRun, tmp_path: Path
) -> None:
    newer = send(tmp_path, 6)

    held.refresh_from_db()
    assert (newer.outcome, held.outcome) == ("stopped", "set-aside")
    assert Feature.objects.filter(edition_id=newer.edition).count() == 6


def test_tidying_up_leaves_what_waits(held: ImportRun) -> None:
    clear_leftovers(Layer.objects.get())

    assert is_attached(held.edition_id)


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is sent count as fetched from an address, where perhaps nobody looked at it."""
    monkeypatch.setattr("importers.pipeline.looks_like_address", lambda given: True)


def test_a_file_that_was_taken_back_may_be_given_again_by_hand(tmp_path: Path) -> None:
    send(tmp_path, 20)
    send(tmp_path, 21)
    roll_back(Layer.objects.get())

    assert send(tmp_path, 21).outcome == "published"


def test_a_file_that_was_taken_back_is_not_published_again_of_itself(
    tmp_path: Path, fetched: None
) -> None:
    send(tmp_path, 20)
    bad = send(tmp_path, 21)
    roll_back(Layer.objects.get(), reason="Twenty-one is one too many")

    again = send(tmp_path, 21)

    assert (again.outcome, again.code) == ("stopped", "TAKEN-BACK")
    assert f"as edition {bad.edition}, and taken back" in again.reason
    publish_run(newest(), actor="ann", override_reason="It was right")
    assert Layer.objects.get().published_edition_id == again.edition


def test_a_file_that_was_taken_back_and_is_read_in_another_way_is_no_longer_the_same(
    tmp_path: Path, fetched: None
) -> None:
    from importers.fixes import Fixes

    send(tmp_path, 20)
    send(tmp_path, 21)
    roll_back(Layer.objects.get())

    assert send(tmp_path, 21, fixes=Fixes(encoding="utf-8")).outcome == "published"


def test_no_import_undoes_a_withdrawal_of_itself(tmp_path: Path, fetched: None) -> None:
    send(tmp_path, 20)
    withdraw_layer(Layer.objects.get(), actor="ann", reason="Names people")

    held = send(tmp_path, 21)

    assert (held.outcome, held.code) == ("stopped", "LAYER-WITHDRAWN")
    assert "ann withdrew the layer from the public (“Names people”)" in held.reason
    assert Layer.objects.get().published_edition is None
    publish_run(newest(), actor="ann", override_reason="The names are out")
    assert send(tmp_path, 22).outcome == "published"


@pytest.fixture
def smallville(settings: Settings) -> None:
    """Have a catalogue say how much trees may differ: by a quarter fewer, or twice as many."""
    settings.CATALOGUE_DIR, settings.COUNCIL = CATALOGUE_DIR, "smallville"


@pytest.fixture
def overtaken(staged: ImportRun, tmp_path: Path, smallville: None) -> ImportRun:
    """Return an import of 21 trees that waits while 20, and then 60, are published."""
    assert send(tmp_path, 60, override_reason="Counted anew").outcome == "published"
    staged.refresh_from_db()
    return staged


def test_what_waits_is_compared_again_when_another_edition_is_published(
    overtaken: ImportRun,
) -> None:
    assert overtaken.edition is not None
    assert overtaken.edition.compared_with == Layer.objects.get().published_edition
    assert (overtaken.added, overtaken.removed) == (0, 39)
    assert [check["code"] for check in overtaken.failed_checks] == ["DIFF-SUSPICIOUS"]
    assert overtaken.outcome == "staged"


def test_what_passed_beside_an_older_edition_needs_a_reason(overtaken: ImportRun) -> None:
    with pytest.raises(CheckFailed, match="21 features instead of 60: 65% fewer"):
        publish_run(overtaken, actor="ann")
    assert Layer.objects.get().published_edition.feature_count == 60

    publish_run(overtaken, actor="ann", override_reason="Felled")

    assert Layer.objects.get().published_edition == overtaken.edition
    assert Act.objects.filter(verb="overrode", run_id=overtaken.pk, reason="Felled").exists()


def test_what_could_not_be_compared_in_time_is_compared_when_it_is_published(
    staged: ImportRun, tmp_path: Path, smallville: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("importers.decide.compare_waiting", _die)
        with suppress(KeyboardInterrupt):
            send(tmp_path, 60, override_reason="Counted anew")

    with pytest.raises(CheckFailed, match="21 features instead of 60"):
        publish_run(staged, actor="ann")

    assert staged.removed == 39
    assert staged.failed_checks[0]["code"] == "DIFF-SUSPICIOUS"


def test_what_a_check_stopped_may_pass_beside_an_edition_that_came_back(
    tmp_path: Path, smallville: None
) -> None:
    send(tmp_path, 6)
    send(tmp_path, 30, override_reason="Counted anew")
    send(tmp_path, 5)
    held = newest()
    assert held.outcome == "stopped"

    roll_back(Layer.objects.get())

    held.refresh_from_db()
    assert (held.removed, held.failed_checks) == (1, [])
    publish_run(held, actor="ann")
    assert Layer.objects.get().published_edition == held.edition


def test_what_waits_keeps_what_was_said_of_it_while_nothing_is_published(
    held: ImportRun, smallville: None
) -> None:
    withdraw()

    held.refresh_from_db()
    assert (held.removed, held.failed_checks[0]["code"]) == (15, "DIFF-SUSPICIOUS")


def test_a_layer_that_the_catalogue_has_no_longer_still_moves(
    staged: ImportRun, tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CATALOGUE_DIR, settings.COUNCIL = tmp_path, "nowhere"

    assert send(tmp_path, 22).outcome == "published"

    assert "What waits was not compared again" in caplog.text
    with pytest.raises(CatalogueInvalid):
        publish_run(staged, actor="ann")
    assert Layer.objects.get().published_edition.feature_count == 22


def test_an_import_is_held_by_what_was_published_while_it_ran(
    staged: ImportRun, tmp_path: Path
) -> None:
    """It is 36 trees: not twice as many as 20, but as 15."""
    send(tmp_path, 15, publish=False)
    fewer = newest()

    held = send(tmp_path, 36, at_step("publish", lambda: publish_run(fewer, actor="ann")))

    assert (held.outcome, held.code, held.added) == ("stopped", "DIFF-SUSPICIOUS", 21)
    assert Layer.objects.get().published_edition == fewer.edition
    assert newest().failed_checks[0]["code"] == "DIFF-SUSPICIOUS"


def at_step(step: str, act: Callable[[], object]) -> Callable[[str], None]:
    """Return what does something when an import comes to a step, as another person would."""

    def on_step(begun: str) -> None:
        if begun == step:
            act()

    return on_step


def withdraw() -> None:
    withdraw_layer(Layer.objects.get(), actor="ann", reason="Names people")


@pytest.mark.parametrize("step", ["read", "publish"])
@pytest.mark.parametrize("override", ["", "I know that there are fewer"])
def test_no_import_undoes_a_withdrawal_that_came_while_it_ran(
    step: str, override: str, tmp_path: Path
) -> None:
    send(tmp_path, 20)

    held = send(tmp_path, 5 if override else 21, at_step(step, withdraw), override_reason=override)

    assert (held.outcome, held.code) == ("stopped", "LAYER-WITHDRAWN")
    assert "ann withdrew the layer from the public (“Names people”)" in held.reason
    assert Layer.objects.get().published_edition is None
    assert "overrode" not in verbs()
    run = newest()
    assert (run.edition_id, run.failed_checks[0]["code"]) == (held.edition, "LAYER-WITHDRAWN")
    with pytest.raises(CheckFailed, match="withdrew the layer"):
        publish_run(run, actor="bo")
    publish_run(run, actor="bo", override_reason="The names are out")
    assert Layer.objects.get().published_edition_id == held.edition


def test_a_refresh_does_not_undo_a_withdrawal_that_came_while_it_ran(
    tmp_path: Path, fetched: None
) -> None:
    send(tmp_path, 20)

    held = send(tmp_path, 21, at_step("publish", withdraw))

    assert (held.outcome, held.code) == ("stopped", "LAYER-WITHDRAWN")
    assert Layer.objects.get().published_edition is None


def test_a_refresh_does_not_bring_back_what_was_taken_back_while_it_ran(
    tmp_path: Path, fetched: None
) -> None:
    send(tmp_path, 20)
    send(tmp_path, 21)
    send(tmp_path, 22)

    def go_back_twice() -> None:
        roll_back(Layer.objects.get())
        roll_back(Layer.objects.get())

    again = send(tmp_path, 21, at_step("publish", go_back_twice))

    assert (again.outcome, again.code) == ("stopped", "TAKEN-BACK")


def test_a_file_given_by_hand_is_published_into_a_layer_that_was_withdrawn_before(
    tmp_path: Path,
) -> None:
    send(tmp_path, 20)
    withdraw()

    assert send(tmp_path, 21).outcome == "published"


def test_an_import_that_is_interrupted_after_it_published_says_so(tmp_path: Path) -> None:
    with pytest.raises(ImportInterrupted) as interrupted:
        send(tmp_path, 20, at_step("prune", lambda: _die(0)))

    report, run = interrupted.value.report, newest()
    assert (report.outcome, report.published, report.reason) == ("published", 20, "")
    assert (run.outcome, run.published) == ("published", 20)
    assert Layer.objects.get().published_edition == run.edition


def test_how_far_an_import_is_can_be_seen_meanwhile_from_elsewhere(tmp_path: Path) -> None:
    from tests.factories.other_connections import connect_as_web

    seen: dict[str, tuple[Any, ...]] = {}
    rows = [
        {"ref": f"T{n}", "name": "Oak", "Easting": 405_000, "Northing": 285_000} for n in range(9)
    ]
    path = write_csv(tmp_path / "trees.csv", rows)

    with connect_as_web() as web:

        def look(step: str) -> None:
            seen[step] = web.execute(
                "SELECT step, outcome, rows_read FROM importers_importrun"
            ).fetchone()

        import_layer(layer_entry(), council_entry(), ImportRequest(str(path)), look)

    assert seen["stage"][:2] == ("stage", "running")
    assert seen["index"] == ("index", "running", 9)
    assert [step for step, (shown, *_) in seen.items() if step != shown] == []


def test_an_import_that_cannot_show_how_far_it_is_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from importers.progress import Progress

    def refuse(self: Progress, rows: int) -> None:
        raise DatabaseError("too many connections")

    monkeypatch.setattr(Progress, "_write", refuse)

    assert send(tmp_path, 3).outcome == "published"
    assert "cannot be shown" in caplog.text
