"""Import one source into one layer."""

import json
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from importers.catalogue.entries import Catalogue, LayerEntry
from importers.catalogue.load import load_catalogue
from importers.errors import ImportStopped, WrongUse
from importers.fixes import read_fixes
from importers.management.actor import command_line_actor
from importers.pipeline import import_layer
from importers.report import ImportInterrupted, ImportReport
from importers.request import ImportRequest
from importers.words import describe_report, printable, step_in_words

_EXIT_CODES = {"stopped": 1, "unreadable": 2}
# As shells number what Ctrl-C ends.
_INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Import one source into one layer: read, check, load, publish. "
        "Exit code 0: published or unchanged; 1: stopped by a check, nothing changed; "
        "2: wrong use, or a source that cannot be read; 130: interrupted by Ctrl-C."
    )
    # They load every page and view, which no import needs; `make check` and the service have them.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("layer", help="the layer's name in the catalogue, such as schools")
        parser.add_argument("--source", help="a file or an https address", metavar="PATH_OR_URL")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change; keep nothing"
        )
        parser.add_argument("--no-publish", action="store_true", help="stage the edition only")
        parser.add_argument(
            "--fix",
            action="append",
            default=[],
            metavar="FIX",
            help="confirm how the source is to be read: swap-axes, crs=EPSG:27700, "
            "column.FIELD=COLUMN, x=COLUMN, y=COLUMN, encoding=…, table=…, accept-empty",
        )
        parser.add_argument(
            "--remember",
            action="store_true",
            help="read later sources of the layer so too; without --fix, forget what was so far",
        )
        parser.add_argument(
            "--override", metavar="WHY", default="", help="publish in spite of a failed check"
        )
        parser.add_argument("--json", action="store_true", help="write the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = self._import(options)
        except ImportStopped as error:
            raise CommandError(printable(str(error)), returncode=error.exit_code) from error
        except ImportInterrupted as error:
            self._say_interrupted(error.report, as_json=options["json"])
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self.stdout.write(describe_report(report))
        exit_code = _EXIT_CODES.get(report.outcome, 0)
        if exit_code:
            raise CommandError(printable(report.reason), returncode=exit_code)

    def _say_interrupted(self, report: ImportReport, *, as_json: bool) -> NoReturn:
        if as_json:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        words = report.reason or f"Interrupted. Edition {report.edition} was published by then."
        raise CommandError(words, returncode=_INTERRUPTED)

    def _import(self, options: dict[str, Any]) -> ImportReport:
        catalogue = load_catalogue(settings.CATALOGUE_DIR / settings.COUNCIL)
        entry = _find_entry(catalogue, options["layer"])
        request = ImportRequest(
            source=options["source"] or _address(entry),
            publish=not options["no_publish"],
            dry_run=options["dry_run"],
            fixes=read_fixes(options["fix"]),
            remembers_fixes=options["remember"],
            override_reason=options["override"],
            asked_by=command_line_actor(),
        )
        console = Console(stderr=True)
        with console.status("Starting", spinner="line") as status:
            return import_layer(
                entry,
                catalogue.council,
                request,
                on_step=lambda step: status.update(step_in_words(step)),
            )


def _find_entry(catalogue: Catalogue, slug: str) -> LayerEntry:
    entry = catalogue.layers.get(slug)
    if entry is None:
        names = ", ".join(sorted(catalogue.layers))
        raise WrongUse(f"There is no layer “{slug}”. The catalogue has: {names}.")
    return entry


def _address(entry: LayerEntry) -> str:
    """Return where the catalogue says that the layer is fetched from."""
    if entry.source.fetch is None:
        raise WrongUse(
            f"The catalogue has no address to fetch {entry.slug} from. "
            f"{entry.source.fetch_by_hand.strip()} Then: import_layer {entry.slug} --source PATH"
        )
    return entry.source.fetch.address
