"""Make the sample city and import it through the real importers."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from importers.catalogue.entries import Catalogue
from importers.catalogue.load import load_catalogue
from importers.errors import ImportStopped
from importers.models import ImportRun
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from sample_city.city import DEFAULT_SEED, GSS_CODE, write_sample_city

_GOOD_ENDS = (ImportRun.Outcome.PUBLISHED, ImportRun.Outcome.UNCHANGED)


class Command(BaseCommand):
    help = (
        "Make up a city, write its files as departments would send them, and import each layer. "
        "A few rows of each file are wrong on purpose, so that the quarantine has something in it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seed",
            type=int,
            default=DEFAULT_SEED,
            help="another number makes another city (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        catalogue = load_catalogue(settings.CATALOGUE_DIR / settings.COUNCIL)
        if catalogue.council.gss_code != GSS_CODE:
            raise CommandError(
                f"The sample city is a made-up Birmingham, and COUNCIL is {settings.COUNCIL!r}. "
                "Import a layer of your own with import_layer, or set COUNCIL=birmingham."
            )
        folder = settings.LOCAL_DIR / "sample"
        files = write_sample_city(folder, options["seed"])
        self.stdout.write(f"Sample city {options['seed']}: {len(files)} files in {folder}")
        failed = self._import_all(catalogue, files)
        if failed:
            raise CommandError(f"Not published: {', '.join(failed)}. The reasons are above.")
        self.stdout.write(f"Ready in {time.monotonic() - started:.1f} s")

    def _import_all(self, catalogue: Catalogue, files: dict[str, Path]) -> list[str]:
        """Import every file; return the layers of those that were not published."""
        return [
            layer for layer, file in files.items() if not self._import_one(catalogue, layer, file)
        ]

    def _import_one(self, catalogue: Catalogue, layer: str, file: Path) -> bool:
        started = time.monotonic()
        request = ImportRequest(source=str(file), is_sample=True)
        try:
            report = import_layer(catalogue.layers[layer], catalogue.council, request)
        except ImportStopped as error:
            self.stderr.write(f"{layer}: {error}")
            return False
        self.stdout.write(_in_a_line(report, time.monotonic() - started))
        return report.outcome in _GOOD_ENDS


def _in_a_line(report: ImportReport, seconds: float) -> str:
    line = (
        f"{report.layer:<24}{report.rows_read:>7,} read {report.published:>7,} published "
        f"{report.quarantined:>4,} quarantined {seconds:>6.1f} s"
    )
    return f"{line}  {report.reason}" if report.reason else line
