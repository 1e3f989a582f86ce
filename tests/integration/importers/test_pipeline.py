"""From a file to a published edition: what is kept, what changes, and when nothing does."""

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from importers.catalogue.entries import ChecksEntry, FieldEntry, FilterEntry, LayerEntry
from importers.models import ImportRun
from importers.pipeline import STEPS, RowsLost, import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from importers.stage.table import EditionTable
from importers.transform.batch import PreparedBatch
from layers.models import Edition, Feature, Layer, SourceCheck
from tests.factories.database import edition_tables
from tests.factories.entries import council_entry, field_entry, layer_entry
from tests.factories.source_files import write_csv

pytestmark = pytest.mark.django_db

TREES = layer_entry(checks=ChecksEntry(max_quarantined_share=0.5))


def tree(ref: str, **values: str) -> dict[str, str]:
    """Return a row in EPSG:27700 that has no fault."""
    good = {"ref": ref, "name": "Oak", "height_m": "9", "Easting": "405000", "Northing": "285000"}
    return good | values


def import_rows(
    tmp_path: Path, *rows: dict[str, str], entry: LayerEntry = TREES, **request: Any
) -> ImportReport:
    path = write_csv(tmp_path / "trees.csv", rows)
    return import_layer(entry, council_entry(), ImportRequest(str(path), **request))


def published_keys() -> list[str]:
    edition = Layer.objects.get(slug="trees").published_edition
    return sorted(Feature.objects.filter(edition=edition).values_list("key", flat=True))


def test_the_steps_are_taken_in_the_order_that_is_documented(tmp_path: Path) -> None:
    taken: list[str] = []
    path = write_csv(tmp_path / "trees.csv", [tree("T1")])

    import_layer(TREES, council_entry(), ImportRequest(str(path)), on_step=taken.append)

    assert tuple(taken) == STEPS


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    first = import_rows(tmp_path, tree("T1"), tree("T2", height_m="tall"))

    again = import_rows(tmp_path, tree("T1"), tree("T2", height_m="tall"))

    assert (again.outcome, again.edition) == ("unchanged", first.edition)
    assert (again.rows_read, again.published, again.quarantined) == (2, 1, 1)
    assert Edition.objects.count() == 1
    # Both times somebody looked, and the newer is the layer's.
    newest, _oldest = SourceCheck.objects.all()
    assert newest.at == newest.layer.checked_at


def test_the_same_file_is_read_again_when_the_catalogue_has_changed(tmp_path: Path) -> None:
    first = import_rows(tmp_path, tree("T1"))

    again = import_rows(tmp_path, tree("T1"), entry=dataclasses.replace(TREES, digest="e" * 64))

    assert again.outcome == "published"
    assert again.edition != first.edition


def test_made_up_data_is_marked_and_never_taken_for_the_real_file(tmp_path: Path) -> None:
    import_rows(tmp_path, tree("T1"), is_sample=True)
    assert Layer.objects.get().published_edition.is_sample

    real = import_rows(tmp_path, tree("T1"))

    assert real.outcome == "published"
    assert not Layer.objects.get().published_edition.is_sample


def test_what_changed_is_counted_against_the_published_edition(tmp_path: Path) -> None:
    import_rows(tmp_path, tree("same"), tree("moved"), tree("renamed"), tree("gone"))

    report = import_rows(
        tmp_path, tree("same"), tree("moved", Easting="405001"), tree("renamed", name="Ash"),
        tree("new 1"), tree("new 2"),
    )  # fmt: skip

    assert (report.added, report.changed, report.removed) == (2, 2, 1)


def test_a_change_of_a_restricted_field_is_a_change(tmp_path: Path) -> None:
    entry = layer_entry(fields=(*TREES.fields, field_entry("surveyor", public=False)))
    import_rows(tmp_path, tree("T1", surveyor="Ann"), entry=entry)

    report = import_rows(tmp_path, tree("T1", surveyor="Bo"), entry=entry)

    assert (report.added, report.changed, report.removed) == (0, 1, 0)


def test_a_dry_run_says_what_would_change_and_keeps_nothing_of_it(tmp_path: Path) -> None:
    import_rows(tmp_path, tree("T1"), tree("T2"))
    before = Layer.objects.values().get()
    tables = edition_tables()

    report = import_rows(tmp_path, tree("T2", name="Ash"), tree("T3"), dry_run=True)

    assert (report.outcome, report.edition) == ("dry-run", None)
    assert (report.added, report.changed, report.removed) == (1, 1, 1)
    assert Layer.objects.values().get() == before
    assert Edition.objects.count() == 1
    assert edition_tables() == tables
    assert published_keys() == ["T1", "T2"]


def test_a_dry_run_of_the_published_file_reads_it_all_the_same(tmp_path: Path) -> None:
    import_rows(tmp_path, tree("T1"))

    report = import_rows(tmp_path, tree("T1"), dry_run=True)

    assert (report.outcome, report.rows_read) == ("dry-run", 1)
    assert (report.added, report.changed, report.removed) == (0, 0, 0)


def test_an_edition_that_is_not_to_be_published_is_complete_and_unseen(tmp_path: Path) -> None:
    first = import_rows(tmp_path, tree("T1"))

    staged = import_rows(tmp_path, tree("T2"), publish=False)

    assert staged.outcome == "staged"
    assert published_keys() == ["T1"]
    edition = Edition.objects.get(pk=staged.edition)
    assert edition.state == "staged"
    assert [feature.key for feature in Feature.objects.filter(edition=edition)] == ["T2"]
    assert Layer.objects.get().published_edition_id == first.edition


def test_a_staged_edition_outlives_the_next_import(tmp_path: Path) -> None:
    staged = import_rows(tmp_path, tree("T1"), publish=False)

    import_rows(tmp_path, tree("T2"))

    assert Feature.objects.filter(edition_id=staged.edition).count() == 1


def test_a_check_that_stops_leaves_the_published_edition_and_its_figures(tmp_path: Path) -> None:
    first = import_rows(tmp_path, tree("T1"), tree("T2"))
    before = Edition.objects.values().get()

    stopped = import_rows(
        tmp_path, tree("T3", height_m="tall"), tree("T4", height_m="low"), tree("T5")
    )

    assert (stopped.outcome, stopped.code) == ("stopped", "TOO-MANY-FAULTS")
    assert "2 of 3 rows have faults" in stopped.reason
    assert (stopped.rows_read, stopped.published, stopped.quarantined) == (3, 0, 2)
    assert published_keys() == ["T1", "T2"]
    assert Layer.objects.get().published_edition_id == first.edition
    assert Edition.objects.values().get(pk=first.edition) == before
    waiting = Edition.objects.get(pk=stopped.edition)
    assert (waiting.state, waiting.feature_count) == ("staged", 1)


def test_what_stopped_an_import_is_written_down_with_its_issues(tmp_path: Path) -> None:
    stopped = import_rows(tmp_path, tree("T1", height_m="tall"))

    run = ImportRun.objects.get()
    assert (run.outcome, run.reason) == ("stopped", stopped.reason)
    assert [issue.row for issue in run.issues.all()] == [2]
    assert [row.values["height_m"] for row in run.quarantined_rows.all()] == ["tall"]


def test_swapped_axes_stop_the_import_before_the_faults_are_counted(tmp_path: Path) -> None:
    rows = [tree(f"T{n}", Easting="285000", Northing="405000") for n in range(3)]

    report = import_rows(tmp_path, *rows)

    assert (report.outcome, report.code) == ("stopped", "AXIS-SWAPPED")


def test_a_source_that_cannot_be_read_leaves_a_run_that_says_why(tmp_path: Path) -> None:
    path = tmp_path / "trees.csv"
    path.write_text('ref,name\n"T1,Oak\nT2,Ash\n')

    report = import_layer(TREES, council_entry(), ImportRequest(str(path)))

    assert report.outcome == "unreadable"
    assert ImportRun.objects.get().reason == report.reason != ""


def test_a_very_long_address_is_refused_in_words_like_any_other() -> None:
    address = f"https://smallville.example.org/query?{'where=1&' * 100}"

    report = import_layer(TREES, council_entry(), ImportRequest(address))

    assert report.outcome == "unreadable"
    assert "not among the hosts" in report.reason
    assert address.startswith(ImportRun.objects.get().source)


def test_rows_left_out_on_purpose_are_kept_and_counted_in_one_issue(tmp_path: Path) -> None:
    entry = layer_entry(filters=(FilterEntry("name", ("Oak",)),))

    report = import_rows(
        tmp_path, tree("T1"), tree("T2", name="Ash"), tree("T3", name="Elm"), entry=entry
    )

    assert (report.rows_read, report.published, report.quarantined) == (3, 1, 2)
    run = ImportRun.objects.get()
    assert [row.values["name"] for row in run.quarantined_rows.all()] == ["Ash", "Elm"]
    (issue,) = run.issues.filter(kind="FILTERED")
    assert issue.message == "2 rows were left out on purpose."


def test_fields_that_are_not_public_land_in_restricted_alone(tmp_path: Path) -> None:
    entry = layer_entry(fields=(*TREES.fields, field_entry("surveyor", public=False)))

    import_rows(tmp_path, tree("T1", surveyor="Ann Secret"), entry=entry)

    feature = Feature.objects.get()
    assert feature.restricted == {"surveyor": "Ann Secret"}
    assert "Ann Secret" not in json.dumps(feature.properties)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(trees)::text FROM published.trees")
        assert "Ann Secret" not in cursor.fetchone()[0]


def test_every_queryable_field_has_an_index_and_no_other(tmp_path: Path) -> None:
    entry = layer_entry(
        fields=(
            field_entry("ref", required=True),
            field_entry("name", queryable=True),
            field_entry("height_m", "number", queryable=True),
            field_entry("surveyor", queryable=True, public=False),
        )
    )

    report = import_rows(tmp_path, tree("T1", surveyor="Ann"), entry=entry)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = %s",
            [f"layers_feature_e{report.edition}"],
        )
        indexes = " ".join(definition for (definition,) in cursor.fetchall())
    assert "\"left\"((properties ->> 'name'::text), 200)" in indexes
    assert "((properties ->> 'height_m'::text))::numeric" in indexes
    assert "'ref'" not in indexes
    assert "surveyor" not in indexes
    # The feature table's own: attaching the partition made no second one.
    assert "USING gist (geom_27700, geom_4326)" in indexes
    assert indexes.count("USING gist") == 1


def test_a_very_long_value_of_an_indexed_field_is_no_obstacle(tmp_path: Path) -> None:
    entry = layer_entry(fields=(field_entry("ref"), field_entry("name", queryable=True)))
    # Random enough that PostgreSQL cannot compress it below a btree's limit.
    name = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(20_000))

    report = import_rows(tmp_path, tree("T1", name=name), entry=entry)

    assert report.outcome == "published"
    assert Feature.objects.get().properties["name"] == name


def test_a_lost_row_is_our_own_fault_and_nothing_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = import_rows(tmp_path, tree("T1"))
    append = EditionTable.append

    def lose_the_last_row(table: EditionTable, batch: PreparedBatch) -> None:
        append(
            table,
            PreparedBatch(
                **{
                    field.name: getattr(batch, field.name)[:-1]
                    for field in dataclasses.fields(batch)
                }
            ),
        )

    monkeypatch.setattr(EditionTable, "append", lose_the_last_row)

    with pytest.raises(RowsLost, match="3 rows read, but 2 staged and 0 quarantined"):
        import_rows(tmp_path, tree("T1"), tree("T2"), tree("T3"))

    assert published_keys() == ["T1"]
    assert Edition.objects.get().pk == first.edition
    assert edition_tables() == {f"layers_feature_e{first.edition}"}
    assert ImportRun.objects.first().outcome == "interrupted"


def test_a_crash_of_ours_is_not_swallowed_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_rows(tmp_path, tree("T1"))

    def fail(table: EditionTable, fields: Sequence[FieldEntry]) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(EditionTable, "index", fail)

    with pytest.raises(ZeroDivisionError):
        import_rows(tmp_path, tree("T2"))

    assert published_keys() == ["T1"]
    run = ImportRun.objects.first()
    assert (run.outcome, run.published, run.edition) == ("interrupted", 0, None)


def test_a_value_that_postgresql_cannot_hold_is_kept_readably(tmp_path: Path) -> None:
    path = tmp_path / "trees.geojson"
    place = {"type": "Point", "coordinates": [-1.9, 52.45]}
    path.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "geometry": place,
                        "properties": {"ref": "T1", "name": "O\0ak", "height_m": "t\0all"},
                    }
                ],
            }
        )
    )

    report = import_layer(TREES, council_entry(), ImportRequest(str(path)))

    assert (report.rows_read, report.quarantined) == (1, 1)
    assert "\0" not in ImportRun.objects.get().quarantined_rows.get().values["height_m"]
