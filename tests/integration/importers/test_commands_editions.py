"""The commands that decide about editions, and the one that says who decided what."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.core.management import CommandError, call_command
from pytest_django import Settings

from layers.models import Edition, Layer
from layers.publish import prune_editions
from tests.factories import MadeFeature, make_layer, publish_features, stage_features
from tests.factories.source_files import write_csv
from tests.integration.importers.smallville import CATALOGUE_DIR, tree

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

FEATURES = [MadeFeature("one", shapely.Point(407_000, 287_000), {"name": "One"})]
Run = Callable[..., str]


@pytest.fixture
def schools() -> Layer:
    return make_layer("schools")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command as Ann, who uses sudo, and return what it says."""
    monkeypatch.setenv("SUDO_USER", "ann")

    def run(name: str, *arguments: object, **options: Any) -> str:
        said = StringIO()
        call_command(name, *map(str, arguments), stdout=said, **options)
        return said.getvalue() + capsys.readouterr().out

    return run


def undo(said: str, run: Run) -> str:
    """Type what a command says after "To undo:", or after its last colon."""
    words = said.strip().rpartition(": ")[2].split()
    return run(*words)


def test_withdrawing_says_how_to_show_the_edition_again(schools: Layer, run: Run) -> None:
    edition = publish_features(schools, FEATURES)

    said = run("withdraw_layer", "schools", reason="Names people")

    assert "nothing is published any more" in said
    assert Layer.objects.get().published_edition is None
    back = undo(said, run)
    assert Layer.objects.get().published_edition == edition
    assert 'To undo: withdraw_layer schools --reason "why"' in back


def test_there_is_nothing_to_withdraw_twice(schools: Layer, run: Run) -> None:
    with pytest.raises(CommandError, match="no published edition to withdraw") as refusal:
        run("withdraw_layer", "schools", reason="x")

    assert refusal.value.returncode == 1


def test_an_edition_is_pinned_and_unpinned(schools: Layer, run: Run) -> None:
    edition = publish_features(schools, FEATURES)

    assert "is kept." in run("pin_edition", "schools", edition=edition.pk)
    assert Edition.objects.get().is_pinned
    assert "no longer than others" in run("pin_edition", "schools", edition=edition.pk, unpin=True)
    assert not Edition.objects.get().is_pinned


def test_an_edition_that_is_not_there_or_not_kept_cannot_be_pinned(
    schools: Layer, run: Run
) -> None:
    old = publish_features(schools, FEATURES)
    publish_features(schools, FEATURES)
    prune_editions(schools, kept=0)

    with pytest.raises(CommandError, match="no longer kept") as gone:
        run("pin_edition", "schools", edition=old.pk)
    with pytest.raises(CommandError, match="schools has no edition 99999") as unknown:
        run("pin_edition", "schools", edition=99_999)

    assert (gone.value.returncode, unknown.value.returncode) == (1, 2)


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("publish_layer", {"edition": 1}),
        ("withdraw_layer", {"reason": "x"}),
        ("pin_edition", {"edition": 1}),
        ("rollback_layer", {}),
        ("list_acts", {}),
    ],
)
def test_a_layer_that_is_not_there_is_wrong_use(
    command: str, options: dict[str, Any], schools: Layer, run: Run
) -> None:
    with pytest.raises(
        CommandError, match="There is no layer “shcools”. There are: sch"
    ) as refusal:
        run(command, "shcools", **options)

    assert refusal.value.returncode == 2


def test_an_edition_that_does_not_wait_is_not_published(schools: Layer, run: Run) -> None:
    published = publish_features(schools, FEATURES)
    without_import = stage_features(schools, FEATURES)

    for edition in (published, without_import):
        with pytest.raises(CommandError, match=f"no edition {edition.pk} that waits") as refusal:
            run("publish_layer", "schools", edition=edition.pk)
        assert refusal.value.returncode == 2


def test_acts_are_listed_newest_first_with_who_and_why(schools: Layer, run: Run) -> None:
    first = publish_features(schools, FEATURES)
    publish_features(schools, FEATURES)
    publish_features(make_layer("libraries"), FEATURES)
    run("rollback_layer", "schools", reason="Wrong \x1b[2J file")

    lines = [line for line in run("list_acts", "schools").splitlines() if "schools" in line]

    assert len(lines) == 3
    assert "Went back to an earlier edition" in lines[0]
    assert f" {first.pk} " in lines[0]
    assert "ann as " in lines[0]
    assert r"Wrong \x1b[2J file" in lines[0]
    assert "the service" in lines[1]
    assert "libraries" in run("list_acts")
    assert "libraries" not in run("list_acts", last=1)


def test_all_acts_can_be_written_for_another_system(schools: Layer, run: Run) -> None:
    first, second = publish_features(schools, FEATURES), publish_features(schools, FEATURES)
    run("rollback_layer", "schools", reason="Wrong file")

    acts = [
        json.loads(line) for line in run("list_acts", "schools", json=True, last=1).splitlines()
    ]

    assert [act["verb"] for act in acts] == ["rolled-back", "published", "published"]
    assert acts[0] | {"id": 0, "at": ""} == {
        "id": 0,
        "at": "",
        "layer": "schools",
        "verb": "rolled-back",
        "actor": acts[0]["actor"],
        "edition": first.pk,
        "previous_edition": second.pk,
        "run": None,
        "reason": "Wrong file",
    }
    assert acts[0]["actor"].startswith("ann as ")


@pytest.fixture
def smallville(settings: Settings) -> None:
    settings.CATALOGUE_DIR, settings.COUNCIL = CATALOGUE_DIR, "smallville"


def test_the_report_for_machines_says_what_is_wrong_offered_and_held(
    smallville: None, tmp_path: Path, run: Run
) -> None:
    twelve = write_csv(tmp_path / "twelve.csv", [tree(f"T{n}") for n in range(12)])
    four = write_csv(tmp_path / "four.csv", [tree(f"T{n}") for n in range(4)])
    swapped = write_csv(
        tmp_path / "swapped.csv",
        [tree(f"T{n}", Easting="285000", Northing="405000") for n in range(12)],
    )

    def report(source: Path, *options: str) -> dict[str, Any]:
        said = StringIO()
        try:
            call_command(
                "import_layer", "trees", "--json", "--source", str(source), *options, stdout=said
            )
        except CommandError as error:
            assert error.returncode == 1
        answer: dict[str, Any] = json.loads(said.getvalue())
        return answer

    published = report(twelve)
    held = report(four)
    offered = report(swapped)
    fixed = report(swapped, "--fix", "swap-axes", "--override", "Ann rang")

    promised = {
        "layer", "edition", "rows_read", "published", "quarantined", "added", "changed", "removed",
        "issues", "outcome",
    }  # fmt: skip
    assert promised <= set(published)
    assert (published["outcome"], published["failed_checks"]) == ("published", [])
    assert (held["outcome"], held["published"], held["removed"]) == ("stopped", 0, 8)
    (check,) = held["failed_checks"]
    assert (check["code"], check["can_override"]) == ("DIFF-SUSPICIOUS", True)
    assert held["edition"] is not None
    assert (offered["code"], offered["edition"]) == ("AXIS-SWAPPED", None)
    assert offered["offers"][0]["fixes"] == {"swap_axes": True}
    assert fixed["outcome"] == "published"
    assert any(issue["kind"] == "FIX-CONFIRMED" for issue in fixed["issues"])


def test_an_edition_that_waits_is_published_only_if_it_passes_beside_what_is_published_now(
    smallville: None, tmp_path: Path, run: Run
) -> None:
    for count, options in (
        (12, {}),
        (11, {"no_publish": True}),
        (40, {"override": "Counted anew"}),
    ):
        source = write_csv(tmp_path / f"{count}.csv", [tree(f"T{n}") for n in range(count)])
        run("import_layer", "trees", source=str(source), **options)
    waiting = Edition.objects.get(feature_count=11)

    with pytest.raises(CommandError, match=r"11 features instead of 40.* add --override") as no:
        run("publish_layer", "trees", edition=waiting.pk)

    assert no.value.returncode == 1
    assert Layer.objects.get(slug="trees").published_edition.feature_count == 40
    run("publish_layer", "trees", edition=waiting.pk, override="Felled")
    assert Layer.objects.get(slug="trees").published_edition == waiting
    assert "Felled" in run("list_acts", "trees")


def test_a_wrong_fix_is_wrong_use_and_imports_nothing(
    smallville: None, tmp_path: Path, run: Run
) -> None:
    source = str(write_csv(tmp_path / "trees.csv", [tree("T1")]))

    for fix in ("crs=27700", "column.nmae=Species", "x=Easting"):
        with pytest.raises(CommandError) as refusal:
            run("import_layer", "trees", source=source, fix=[fix])
        assert refusal.value.returncode == 2

    assert not Edition.objects.exists()


def test_words_of_a_command_line_that_are_no_text_stop_nothing(
    smallville: None, tmp_path: Path, run: Run
) -> None:
    source = str(write_csv(tmp_path / "trees-\udcff.csv", [tree("T1")]))

    run("import_layer", "trees", source=source, override="caf\udce9")
    run("withdraw_layer", "trees", reason="caf\udce9")

    assert r"caf\udce9" in run("list_acts", "trees")
    assert r"trees-\udcff.csv" in run("list_acts", "trees", json=True).replace(r"\\", "\\")
