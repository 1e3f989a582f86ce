"""From a source to a published edition: the steps in their order. Read this first.

    fetch → read → transform, stage (batch by batch) → validate → index → compare → attach → publish

Everything up to `attach` happens in one transaction: whatever kills the import,
the database forgets it. `publish` is one update, so readers see the edition
before or the edition after, and nothing between.

A source that cannot be read, or whose rows must not be shown in any case, stops the
import and leaves nothing. An edition that only looks suspicious is complete and
waits, unseen, for a person to publish it in spite of the check or to set it aside.
"""

from collections.abc import Callable, Iterator
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from importers.boundary import describe_missing_boundary
from importers.catalogue.entries import CouncilEntry, LayerEntry
from importers.catalogue.sync import refuse_other_council, sync_layer
from importers.cycles import few_searches_for_cycles, search_young
from importers.decide import WAITING, compare_if_waiting, publish_run, set_aside_stopped
from importers.errors import CheckFailed, ImportStopped, SourceUnreadable
from importers.fetch.address import looks_like_address
from importers.fetch.bring import fetch_source
from importers.fetch.rules import rules_from_settings
from importers.fetch.source import FetchedSource
from importers.lock import clear_leftovers, only_import_of
from importers.models import ImportRun
from importers.offers import (
    FORGOTTEN,
    SWAPPED_ALREADY,
    fixes_in_force,
    offer_after,
    offer_no_rows,
    remembered_fixes,
)
from importers.prepare import Preparation
from importers.preview import add_places, add_samples, add_understanding, describe_source
from importers.progress import Progress
from importers.read.batch import SourceBatch, SourceReading, empty_reading
from importers.read.open import open_source
from importers.record import open_run, record_figures, record_findings, record_outcome
from importers.report import INTERRUPTED, ImportInterrupted, ImportReport, group_findings
from importers.request import ImportRequest
from importers.stage.table import EditionTable
from importers.understanding import understand, understand_nothing
from importers.validate.checks import check_edition, check_published
from importers.validate.failed_check import FailedCheck
from importers.validate.location import ENOUGH_ROWS
from importers.validate.taken_back import check_moved_since, last_move
from layers.models import Edition, Layer
from layers.publish import (
    StagedEdition,
    accept_edition,
    prune_editions,
    record_changes,
    write_kept_out,
)

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
_NOTHING_PUBLISHED = (
    ImportRun.Outcome.STOPPED,
    ImportRun.Outcome.UNREADABLE,
    ImportRun.Outcome.INTERRUPTED,
)
_PUBLISHED = (ImportRun.Outcome.PUBLISHED, ImportRun.Outcome.UNCHANGED)
_COMPLETE = (ImportRun.Outcome.PUBLISHED, ImportRun.Outcome.STAGED, ImportRun.Outcome.STOPPED)


class RowsLost(AssertionError):
    """The conservation law is broken: our own bug, which must never publish anything."""


class _NothingKept(Exception):
    """Ends the transaction of a dry run, so that nothing of it is kept."""


def import_layer(
    entry: LayerEntry,
    council: CouncilEntry,
    request: ImportRequest,
    on_step: OnStep = lambda step: None,
    run: ImportRun | None = None,
) -> ImportReport:
    """Import one source into one layer and return what happened, also when it was stopped.

    Parameters
    ----------
    entry, council
        From the catalogue; the layer's description is written to the database with the edition.
    on_step
        Called with the name of each of `STEPS` as it begins.
    run
        The record to write to, of an import that waited for its turn.

    Raises
    ------
    LayerBusy
        Another import of the layer is running.
    WrongUse
        A fix is for a field that the layer does not have.
    OtherCouncilInDatabase
        The database holds layers of another council.
    """
    refuse_other_council(council)
    request.fixes.refuse_unknown_fields(entry)
    layer = Layer.objects.filter(slug=entry.slug).first() or sync_layer(council, entry)
    with only_import_of(layer):
        clear_leftovers(layer)
        layer.refresh_from_db()
        run = open_run(layer, request, run)
        with Progress(run) as progress:
            return _Import(entry, council, layer, run, request, on_step, progress).run_to_end()


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
        progress: Progress,
    ) -> None:
        self.last_move = last_move(layer)
        self.fixes = fixes_in_force(layer, request)
        self.entry, self.council, self.layer = self.fixes.applied_to(entry), council, layer
        self.run, self.request = run, request
        self.on_step, self.progress = on_step, progress
        self.report = ImportReport(layer=layer.slug, run=run.pk)
        self.preparation: Preparation | None = None
        self.has_recorded = False

    def run_to_end(self) -> ImportReport:
        """Take every step, and write down how it ended whatever happens."""
        outcome = ImportRun.Outcome.INTERRUPTED
        try:
            outcome = self._take_steps()
        except CheckFailed as error:
            outcome = self._stopped(ImportRun.Outcome.STOPPED, error)
        except ImportStopped as error:
            outcome = self._stopped(ImportRun.Outcome.UNREADABLE, error)
        except KeyboardInterrupt as error:
            self.report.code, self.report.reason = "INTERRUPTED", INTERRUPTED
            raise ImportInterrupted(self.report) from error
        finally:
            self._write_down(outcome)
        if outcome in _COMPLETE and self.report.edition is not None:
            set_aside_stopped(self.layer, self.run)
        if outcome in WAITING and self.report.edition is not None:
            # Another may have been published since it was compared.
            compare_if_waiting(self.run, self.entry)
        if outcome in _PUBLISHED and self.entry.coverage.area == "council":
            note = describe_missing_boundary(self.layer.organisation)
            self.report.notes += [note] if note else []
        return self.report

    def _take_steps(self) -> ImportRun.Outcome:
        self._begin("fetch")
        source = fetch_source(
            self.request.source,
            self.entry.source,
            settings.SOURCES_DIR,
            name=self.request.name,
            hosts=self.council.hosts,
            rules=rules_from_settings(),
            sandbox_required=settings.SANDBOX_REQUIRED,
            on_progress=lambda received_bytes, pages, features: self.progress.say_rows(features),
        )
        self.run.source_sha256 = source.sha256
        if self._is_unchanged(source):
            return self._repeat_published()
        try:
            edition = self._load(source)
        except _NothingKept:
            return self._end_dry_run()
        self.report.edition = edition.pk
        self.run.edition = edition
        # Should this process be killed now, all that was found is on record with the edition.
        self._record_findings()
        if self.report.failed_checks and not self.request.override_reason:
            return self._hold()
        if not self.request.publish:
            return ImportRun.Outcome.STAGED
        self._begin("publish")
        try:
            self._publish()
        except CheckFailed:
            return self._hold()
        self._begin("prune")
        prune_editions(self.layer)
        return ImportRun.Outcome.PUBLISHED

    def _publish(self) -> None:
        """Publish the edition, unless a person did what speaks against it meanwhile."""
        try:
            publish_run(
                self.run,
                actor=self.request.asked_by,
                override_reason=self.request.override_reason,
                look_again=lambda edition: check_moved_since(
                    edition, self.last_move, was_fetched=self._was_fetched
                ),
                entry=self.entry,
            )
        finally:
            run, report = self.run, self.report
            report.failed_checks = [FailedCheck(**each) for each in run.failed_checks]
            report.added, report.changed, report.removed = run.added, run.changed, run.removed

    @property
    def _was_fetched(self) -> bool:
        """Whether it came from an address, and nobody said anything about it."""
        return looks_like_address(self.request.source) and not self.request.fixes

    def _load(self, source: FetchedSource) -> Edition:
        self._begin("read")
        try:
            with open_source(
                source, self.entry.source, sandbox_required=settings.SANDBOX_REQUIRED
            ) as reading:
                return self._load_rows(source, reading)
        except SourceUnreadable as error:
            if error.code != "NO-ROWS":
                raise
            if not self.fixes.accept_empty:
                error.offers += offer_no_rows(self.entry, self.layer)
                raise
            return self._load_rows(source, empty_reading(self.entry.geometry_type))

    def _load_rows(self, source: FetchedSource, reading: SourceReading) -> Edition:
        self.report.form = reading.form
        self.run.understanding = describe_source(reading)
        first = next(reading.batches, None)
        if first is not None:
            add_samples(self.run.understanding, first)
        try:
            understood = (
                understand_nothing(self.fixes)
                if first is None and self.fixes.accept_empty
                else understand(self.entry, reading, self.fixes)
            )
        except CheckFailed as error:
            error.offers += offer_after(error.code, reading, first, self.council)
            raise
        add_understanding(self.run.understanding, understood)
        self.report.crs = understood.crs_in_words
        self.preparation = Preparation(self.entry, self.council, understood)
        batches = chain([first] if first is not None else [], reading.batches)
        with transaction.atomic():
            return self._stage(source, batches, self.preparation)

    def _stage(
        self, source: FetchedSource, batches: Iterator[SourceBatch], preparation: Preparation
    ) -> Edition:
        edition = Edition.objects.create(
            layer=self.layer,
            source=source.name.encode("utf-8", "backslashreplace").decode()[-500:],
            source_sha256=source.sha256,
            catalogue_digest=self.entry.digest,
            is_sample=self.request.is_sample,
        )
        table = EditionTable(edition.pk)
        table.create()
        with few_searches_for_cycles(), table.filling():
            self._fill(table, batches, preparation)
        self._account_for_rows(table, preparation)
        self._begin("index")
        table.index(self.entry.fields)
        self._begin("compare")
        self._compare(edition, table, preparation)
        if self.request.dry_run:
            raise _NothingKept
        self._begin("attach")
        # Only now: an import that stops, or is a dry run, leaves the description as it was.
        sync_layer(self.council, self.entry)
        write_kept_out(edition.pk, preparation.kept_out)
        staged = StagedEdition(
            edition.pk,
            table.row_count,
            len(preparation.quarantined),
            preparation.unplaced_count,
        )
        # What comes with an edition, such as the names of its streets, is as many objects again.
        with few_searches_for_cycles():
            return accept_edition(staged)

    def _fill(
        self, table: EditionTable, batches: Iterator[SourceBatch], preparation: Preparation
    ) -> None:
        for place, batch in enumerate(batches):
            if place == 0:
                self._begin("transform")
            prepared = preparation.prepare(batch)
            if preparation.tally.located >= ENOUGH_ROWS and not self.entry.source.covers_more:
                preparation.tally.refuse_misread(self.council.name)
            if place == 0:
                add_places(self.run.understanding, prepared.geom_4326)
                self._begin("stage")
            table.append(prepared)
            search_young()
            self.progress.say_rows(preparation.rows_read)

    def _account_for_rows(self, table: EditionTable, preparation: Preparation) -> None:
        """Hold the conservation law: rows read = published + quarantined."""
        self._begin("validate")
        preparation.finish()
        quarantined = len(preparation.quarantined)
        if preparation.rows_read != table.row_count + quarantined:
            raise RowsLost(
                f"{preparation.rows_read} rows read, but {table.row_count} staged and "
                f"{quarantined} quarantined"
            )
        self.report.published = table.row_count
        preparation.tally.refuse_misread(self.council.name)

    def _compare(self, edition: Edition, table: EditionTable, preparation: Preparation) -> None:
        """Say what is new against the published edition, and what speaks against the new one."""
        counts = record_changes(edition.pk, self.layer.published_edition_id)
        self.report.added, self.report.changed = counts.added, counts.changed
        self.report.removed, self.report.moved = counts.removed, counts.moved
        failed = check_edition(
            self.entry,
            edition,
            counts,
            preparation,
            understanding=self.run.understanding,
            confirmed=self.request.fixes,
            was_fetched=self._was_fetched,
        )
        self.report.failed_checks = failed
        for check in failed:
            if not check.can_override:
                raise CheckFailed(check.message, code=check.code)

    def _begin(self, step: str) -> None:
        self.progress.say_step(step)
        self.on_step(step)

    def _is_unchanged(self, source: FetchedSource) -> bool:
        published = self.layer.published_edition
        return (
            published is not None
            and not self.request.dry_run
            and not self.request.fixes
            and published.source_sha256 == source.sha256
            and published.catalogue_digest == self.entry.digest
            and published.is_sample == self.request.is_sample
            and not self._lacks_places(published)
        )

    def _lacks_places(self, published: Edition) -> bool:
        """Return whether it was loaded before the places of rows that are kept out were noted."""
        has_gaps = self.entry.is_constraint and published.quarantined_count > 0
        return has_gaps and published.unplaced_count is None

    def _repeat_published(self) -> ImportRun.Outcome:
        """Report the published edition, which this very file made."""
        edition = self.layer.published_edition
        assert edition is not None  # it is what the file was compared with
        self.run.edition = edition
        self.report.edition = edition.pk
        self.report.published = edition.feature_count
        self.report.quarantined = edition.quarantined_count
        self.report.rows_read = edition.feature_count + edition.quarantined_count
        if self.request.remembers_fixes and remembered_fixes(self.layer):
            self.report.notes.append(FORGOTTEN)
        # The same file again and again is how a feed dies.
        self.report.failed_checks = check_published(self.entry, edition)
        return ImportRun.Outcome.UNCHANGED

    def _end_dry_run(self) -> ImportRun.Outcome:
        if self.report.failed_checks and not self.request.override_reason:
            return self._hold()
        return ImportRun.Outcome.DRY_RUN

    def _hold(self) -> ImportRun.Outcome:
        """Keep the edition from the public; a person may publish it all the same."""
        self.report.say_held()
        return ImportRun.Outcome.STOPPED

    def _stopped(self, outcome: ImportRun.Outcome, error: ImportStopped) -> ImportRun.Outcome:
        self.report.say_stopped(error)
        if error.code == "AXIS-SWAPPED" and self.fixes.swap_axes:
            # To swap what is swapped already is no offer.
            self.report.offers = []
            self.report.reason += f" {SWAPPED_ALREADY}"
        return outcome

    def _write_down(self, outcome: ImportRun.Outcome) -> None:
        if outcome == ImportRun.Outcome.INTERRUPTED and self._has_published():
            outcome = ImportRun.Outcome.PUBLISHED
            self.report.code = self.report.reason = ""
        self.report.outcome = outcome.value
        self._record_findings()
        if outcome in _NOTHING_PUBLISHED:
            self.report.published = 0
        record_outcome(self.run, self.report, finished_at=timezone.now())

    def _has_published(self) -> bool:
        """Return whether what ended it came after its edition was published."""
        self.run.refresh_from_db(fields=["outcome", "override_reason"])
        return self.run.outcome == ImportRun.Outcome.PUBLISHED

    def _record_findings(self) -> None:
        """Write down the figures so far and, once, what was found and kept out."""
        report = self.report
        if self.preparation is not None:
            report.rows_read = self.preparation.rows_read
            report.quarantined = len(self.preparation.quarantined)
        if self.preparation is not None and not self.has_recorded:
            self.has_recorded = True
            report.issues = group_findings(self.preparation.findings)
            record_findings(self.run, self.preparation)
        record_figures(self.run, report)
