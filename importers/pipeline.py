"""From a source file to a published edition: the steps in their order. Read this first.

    fetch → read → transform, stage (batch by batch) → validate → index → compare → attach → publish

Everything up to `attach` happens in one transaction: whatever kills the import,
the database forgets it. `publish` is one update, so readers see the edition
before or the edition after, and nothing between.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from importers.catalogue.entries import CouncilEntry, LayerEntry
from importers.catalogue.sync import sync_layer
from importers.errors import CheckFailed, ImportStopped
from importers.fetch.files import fetch_file
from importers.fetch.source import FetchedSource
from importers.lock import clear_leftovers, only_import_of
from importers.models import ImportRun
from importers.prepare import Preparation
from importers.read.batch import SourceReading
from importers.read.open import open_source
from importers.record import record_findings, record_outcome
from importers.report import ImportReport, group_findings
from importers.request import ImportRequest
from importers.stage.table import EditionTable
from importers.understanding import understand
from importers.validate.location import ENOUGH_ROWS
from importers.validate.publication import check_publication
from layers.models import Edition, Layer
from layers.publish import StagedEdition, accept_edition, prune_editions, publish_edition

OnStep = Callable[[str], None]
STEPS = (
    "fetch",
    "read",
    "transform",
    "stage",
    "validate",
    "index",
    "compare",
    "attach",
    "publish",
    "prune",
)
_LONGEST_SOURCE_KEPT = 500


class RowsLost(AssertionError):
    """The conservation law is broken: our own bug, which must never publish anything."""


class _DryRun(Exception):
    """Ends the transaction of a dry run, so that nothing of it is kept."""


def import_layer(
    entry: LayerEntry,
    council: CouncilEntry,
    request: ImportRequest,
    on_step: OnStep = lambda step: None,
) -> ImportReport:
    """Import one source into one layer and return what happened, also when it was stopped.

    Parameters
    ----------
    entry, council
        From the catalogue; the layer's description is written to the database with the edition.
    on_step
        Called with the name of each of `STEPS` as it begins.

    Raises
    ------
    LayerBusy
        Another import of the layer is running.
    """
    layer = Layer.objects.filter(slug=entry.slug).first() or sync_layer(council, entry)
    with only_import_of(layer):
        clear_leftovers(layer)
        layer.refresh_from_db()
        run = ImportRun.objects.create(
            layer=layer, source=_in_utf8(request.source)[:_LONGEST_SOURCE_KEPT]
        )
        return _Import(entry, council, layer, run, request, on_step).run_to_end()


def _in_utf8(text: str) -> str:
    """Return a path or a sentence with one: bytes of it that are no text are shown by number."""
    return text.encode("utf-8", "backslashreplace").decode()


class _Import:
    """One import on its way through the steps."""

    def __init__(
        self,
        entry: LayerEntry,
        council: CouncilEntry,
        layer: Layer,
        run: ImportRun,
        request: ImportRequest,
        on_step: OnStep,
    ) -> None:
        self.entry, self.council, self.layer = entry, council, layer
        self.run, self.request, self.on_step = run, request, on_step
        self.report = ImportReport(layer=layer.slug)
        self.preparation: Preparation | None = None

    def run_to_end(self) -> ImportReport:
        """Take every step, and write down how it ended whatever happens."""
        outcome = ImportRun.Outcome.INTERRUPTED
        try:
            outcome = self._take_steps()
        except CheckFailed as error:
            outcome = self._stopped(ImportRun.Outcome.STOPPED, error)
        except ImportStopped as error:
            outcome = self._stopped(ImportRun.Outcome.UNREADABLE, error)
        finally:
            self._write_down(outcome)
        return self.report

    def _take_steps(self) -> ImportRun.Outcome:
        self._begin("fetch")
        source = fetch_file(
            self.request.source,
            settings.SOURCES_DIR,
            fetch_by_hand=self.entry.source.fetch_by_hand,
        )
        self.run.source_sha256 = source.sha256
        if self._is_unchanged(source):
            return self._repeat_published()
        try:
            edition = self._load(source)
        except _DryRun:
            return ImportRun.Outcome.DRY_RUN
        self.report.edition = edition.pk
        self.run.edition = edition
        # Should this process be killed now, the next import can say whether this was published.
        self.run.save(update_fields=["edition"])
        if not self.request.publish:
            return ImportRun.Outcome.STAGED
        self._begin("publish")
        publish_edition(edition)
        self._begin("prune")
        prune_editions(self.layer)
        return ImportRun.Outcome.PUBLISHED

    def _load(self, source: FetchedSource) -> Edition:
        self._begin("read")
        with open_source(
            source, self.entry.source, sandbox_required=settings.SANDBOX_REQUIRED
        ) as reading:
            self.report.form = reading.form
            understood = understand(self.entry, reading)
            self.report.crs = understood.crs
            self.preparation = Preparation(self.entry, self.council, understood)
            with transaction.atomic():
                return self._stage(source, reading, self.preparation)

    def _stage(
        self, source: FetchedSource, reading: SourceReading, preparation: Preparation
    ) -> Edition:
        edition = Edition.objects.create(
            layer=self.layer,
            source=_in_utf8(source.name),
            source_sha256=source.sha256,
            catalogue_digest=self.entry.digest,
            is_sample=self.request.is_sample,
        )
        table = EditionTable(edition.pk)
        table.create()
        self._fill(table, reading, preparation)
        self._account_for_rows(table, preparation)
        self._begin("index")
        table.index(self.entry.fields)
        self._begin("compare")
        self.report.added, self.report.changed, self.report.removed = table.compare(
            self.layer.published_edition_id
        )
        if self.request.dry_run:
            raise _DryRun
        self._begin("attach")
        # Only now: an import that stops, or is a dry run, leaves the description as it was.
        sync_layer(self.council, self.entry)
        return accept_edition(
            StagedEdition(edition.pk, table.row_count, len(preparation.quarantined))
        )

    def _fill(self, table: EditionTable, reading: SourceReading, preparation: Preparation) -> None:
        for place, batch in enumerate(reading.batches):
            if place == 0:
                self._begin("transform")
            prepared = preparation.prepare(batch)
            if preparation.tally.located >= ENOUGH_ROWS:
                preparation.tally.refuse_misread(self.council.name)
            if place == 0:
                self._begin("stage")
            table.append(prepared)

    def _account_for_rows(self, table: EditionTable, preparation: Preparation) -> None:
        """Hold the conservation law, then the checks: rows read = published + quarantined."""
        self._begin("validate")
        quarantined = len(preparation.quarantined)
        if preparation.rows_read != table.row_count + quarantined:
            raise RowsLost(
                f"{preparation.rows_read} rows read, but {table.row_count} staged and "
                f"{quarantined} quarantined"
            )
        self.report.published = table.row_count
        preparation.tally.refuse_misread(self.council.name)
        check_publication(
            self.entry.checks,
            rows_read=preparation.rows_read,
            publishable=table.row_count,
            filtered=preparation.filtered_count,
        )

    def _begin(self, step: str) -> None:
        self.run.step = step
        self.on_step(step)

    def _is_unchanged(self, source: FetchedSource) -> bool:
        published = self.layer.published_edition
        return (
            published is not None
            and not self.request.dry_run
            and published.source_sha256 == source.sha256
            and published.catalogue_digest == self.entry.digest
            and published.is_sample == self.request.is_sample
        )

    def _repeat_published(self) -> ImportRun.Outcome:
        """Report the published edition, which this very file made."""
        edition = self.layer.published_edition
        assert edition is not None  # it is what the file was compared with
        self.run.edition = edition
        self.report.edition = edition.pk
        self.report.published = edition.feature_count
        self.report.quarantined = edition.quarantined_count
        self.report.rows_read = edition.feature_count + edition.quarantined_count
        return ImportRun.Outcome.UNCHANGED

    def _stopped(self, outcome: ImportRun.Outcome, error: ImportStopped) -> ImportRun.Outcome:
        self.report.reason, self.report.code = _in_utf8(str(error)), error.code
        return outcome

    def _write_down(self, outcome: ImportRun.Outcome) -> None:
        report = self.report
        report.outcome = outcome.value
        if self.preparation is not None:
            report.rows_read = self.preparation.rows_read
            report.quarantined = len(self.preparation.quarantined)
            report.issues = group_findings(self.preparation.findings)
            record_findings(self.run, self.preparation)
        if report.edition is None and outcome != ImportRun.Outcome.DRY_RUN:
            report.published = report.added = report.changed = report.removed = 0
        record_outcome(self.run, report, finished_at=timezone.now())
