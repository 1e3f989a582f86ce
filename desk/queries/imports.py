"""One import as the desk shows it: how far it is, what it understood, what can be decided."""

from dataclasses import dataclass
from typing import Any

from desk.words import CRS_NAMES, CRS_ORIGINS
from importers.decide import WAITING
from importers.fixes import Fixes
from importers.models import Decision, ImportRun
from importers.pipeline import STEPS
from importers.words import step_in_words
from layers.models import Layer

_IN_HAND = (ImportRun.Outcome.QUEUED, ImportRun.Outcome.RUNNING)


@dataclass(frozen=True, slots=True)
class ImportState:
    """A run with what follows from it. ``pending`` is a decision that the worker has yet to do."""

    run: ImportRun
    pending: Decision | None
    refused: Decision | None

    @property
    def is_in_hand(self) -> bool:
        return self.run.outcome in _IN_HAND

    @property
    def is_waiting_for_decision(self) -> bool:
        edition = self.run.edition
        return self.run.outcome in WAITING and edition is not None and edition.published_at is None

    @property
    def is_held(self) -> bool:
        return self.is_waiting_for_decision and bool(self.run.failed_checks)

    @property
    def is_outdated(self) -> bool:
        """Whether its figures are against an edition that is no longer what is published."""
        published_id = self.run.layer.published_edition_id
        edition = self.run.edition
        return (
            self.is_waiting_for_decision
            and edition is not None
            and published_id not in (None, edition.compared_with_id)
        )

    @property
    def outcome(self) -> str:
        return "held" if self.is_held else self.run.outcome

    @property
    def can_be_read_again(self) -> bool:
        """Whether its source is in the store, to be read in another way."""
        return bool(self.run.source_sha256) and not self.is_in_hand

    @property
    def is_published_now(self) -> bool:
        layer = self.run.layer
        edition_id = self.run.edition_id
        return edition_id is not None and layer.published_edition_id == edition_id


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """A field of the layer and the column that it is read from, with some of its values."""

    title: str
    name: str
    is_required: bool
    column: str
    samples: tuple[str, ...]


def describe_import(run: ImportRun) -> ImportState:
    newest = run.decisions.first()
    return ImportState(
        run,
        newest if newest and newest.state == Decision.State.WAITING else None,
        newest if newest and newest.state == Decision.State.REFUSED else None,
    )


def describe_progress(run: ImportRun) -> str:
    """Return how far an import is, in a sentence."""
    if run.outcome == ImportRun.Outcome.QUEUED:
        return "Waiting for the worker to begin."
    place = STEPS.index(run.step) + 1 if run.step in STEPS else 1
    rows = f" {run.rows_read:,} rows so far." if run.rows_read else ""
    return f"Step {place} of {len(STEPS)}: {step_in_words(run.step)}.{rows}"


def describe_crs(run: ImportRun) -> str:
    """Return the coordinate system and who said so, in a sentence."""
    crs, origin = run.understanding.get("crs"), run.understanding.get("crs_origin")
    if not crs:
        return "Not known: neither the file nor the catalogue says."
    return f"{CRS_NAMES.get(crs, crs)}: {CRS_ORIGINS.get(origin or 'file', origin)}."


def field_matches(run: ImportRun) -> list[FieldMatch]:
    """Return every field of the layer with the column that was found for it."""
    column_of: dict[str, str] = run.understanding.get("column_of", {})
    samples = _samples(run.understanding)
    return [
        FieldMatch(
            field.title,
            field.name,
            field.is_required,
            column_of.get(field.name, ""),
            samples.get(column_of.get(field.name, ""), ()),
        )
        for field in run.layer.fields.all()
    ]


def unused_columns(run: ImportRun) -> list[str]:
    """Return the columns of the source that no field and no coordinate was read from."""
    understanding = run.understanding
    used = {*understanding.get("column_of", {}).values(), *understanding.get("coordinates", [])}
    return [
        column["name"] for column in understanding.get("columns", []) if column["name"] not in used
    ]


def sample_table(run: ImportRun) -> dict[str, Any]:
    """Return the first rows as they stand in the file: a header and numbered rows."""
    columns = [column["name"] for column in run.understanding.get("columns", [])]
    rows = [
        (row["row"], [(name, row["values"].get(name, "")) for name in columns])
        for row in run.understanding.get("rows", [])
    ]
    return {"columns": columns, "rows": rows}


def fixes_in_words(run: ImportRun) -> list[str]:
    return Fixes.from_json(run.fixes).in_words()


def imports_of(layer: Layer, most: int = 20) -> list[ImportState]:
    """Return the newest imports of a layer."""
    runs = layer.import_runs.select_related("layer", "edition")[:most]
    return [ImportState(run, None, None) for run in runs]


def _samples(understanding: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {column["name"]: tuple(column["samples"]) for column in understanding.get("columns", [])}
