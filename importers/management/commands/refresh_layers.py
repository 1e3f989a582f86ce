"""Fetch layers from the addresses in the catalogue, check them and publish them."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from importers.catalogue.entries import Catalogue, LayerEntry
from importers.catalogue.load import load_catalogue
from importers.errors import ImportStopped, LayerBusy, WrongUse
from importers.management.actor import command_line_actor
from importers.refresh.due import SINCE_EVER, DueLayer, find_due
from importers.refresh.refresh import note_outcome, refresh_layer, say_by_hand
from importers.report import ImportReport
from importers.words import printable, summarise_report

_EXIT_CODES = {"stopped": 1, "unreadable": 2}
_BUSY = LayerBusy.exit_code


class Command(BaseCommand):
    help = (
        "Fetch the layers that are due, or those that are named, from the addresses in the "
        "catalogue; check and publish them. Exit code 0: all published or unchanged; 1: a check "
        "stopped one; 2: wrong use, or a source that cannot be fetched or read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("layers", nargs="*", metavar="LAYER", help="all that are due, if none")
        parser.add_argument("--json", action="store_true", help="write the reports as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._refresh(options["layers"], as_json=options["json"])
        except ImportStopped as error:
            raise CommandError(printable(str(error)), returncode=error.exit_code) from error

    def _refresh(self, names: list[str], *, as_json: bool) -> None:
        catalogue = load_catalogue(settings.CATALOGUE_DIR / settings.COUNCIL)
        by_hand: list[DueLayer] = []
        if names:
            entries = [_find_entry(catalogue, name) for name in dict.fromkeys(names)]
        else:
            due = find_due(catalogue, timezone.now())
            by_hand = [each for each in due if each.is_by_hand]
            entries = [each.entry for each in due if not each.is_by_hand]
        reports = [self._refresh_one(entry, catalogue, quietly=as_json) for entry in entries]
        if as_json:
            self.stdout.write(json.dumps(_as_json(reports, by_hand), ensure_ascii=False))
        else:
            self._say_rest(reports, by_hand)
        exit_code = max((_exit_code(report) for report in reports), default=0)
        if exit_code:
            failed = ", ".join(report.layer for report in reports if _exit_code(report))
            raise CommandError(f"Not refreshed: {failed}.", returncode=exit_code)

    def _refresh_one(
        self, entry: LayerEntry, catalogue: Catalogue, *, quietly: bool
    ) -> ImportReport:
        try:
            report = refresh_layer(entry, catalogue.council, asked_by=command_line_actor())
            note_outcome(entry, report)
        except LayerBusy as error:
            report = ImportReport(
                entry.slug, outcome="busy", reason=str(error), code=error.code, can_retry=True
            )
        if not quietly:
            self.stdout.write(summarise_report(report))
        return report

    def _say_rest(self, reports: list[ImportReport], by_hand: list[DueLayer]) -> None:
        if not reports and not by_hand:
            self.stdout.write("No layer is due. To fetch one all the same, name it.")
        for each in by_hand:
            how = " ".join(each.entry.source.fetch_by_hand.split())
            self.stdout.write(f"{each.entry.slug}: Due, to be sent by hand. {how}")


def _find_entry(catalogue: Catalogue, name: str) -> LayerEntry:
    entry = catalogue.layers.get(name)
    if entry is None:
        names = ", ".join(sorted(catalogue.layers))
        raise WrongUse(f"There is no layer “{name}”. The catalogue has: {names}.")
    if entry.source.fetch is None:
        raise WrongUse(say_by_hand(entry))
    return entry


def _exit_code(report: ImportReport) -> int:
    return _BUSY if report.outcome == "busy" else _EXIT_CODES.get(report.outcome, 0)


def _as_json(reports: list[ImportReport], by_hand: list[DueLayer]) -> dict[str, Any]:
    return {
        "layers": [report.as_json() for report in reports],
        "by_hand": [
            {
                "layer": each.entry.slug,
                "due_at": None if each.due_at == SINCE_EVER else each.due_at.isoformat(),
                "fetch_by_hand": each.entry.source.fetch_by_hand,
            }
            for each in by_hand
        ],
    }
