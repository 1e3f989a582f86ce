"""Make the files of whole layers that are missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from layers.exports.prepare import layers_without_files, prepare_layer, remove_stale_files
from layers.query.registry import published_layers


class Command(BaseCommand):
    help = (
        "Make the files of whole layers, in every format, that published editions have not "
        "got yet, and remove those that nobody may read any longer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("layers", nargs="*", metavar="LAYER", help="all of them if none")

    def handle(self, *args: Any, **options: Any) -> None:
        known = published_layers()
        for slug in options["layers"]:
            if slug not in known:
                raise CommandError(f"There is no public layer called {slug}.", returncode=2)
        removed = remove_stale_files()
        if removed:
            self.stdout.write(f"Removed {removed} files that nobody may read any longer.")
        wanted = options["layers"] or layers_without_files()
        for slug in wanted:
            made = prepare_layer(slug)
            self.stdout.write(f"{slug}: {', '.join(made) or 'nothing was missing'}")
        if left := [slug for slug in layers_without_files() if slug in wanted]:
            raise CommandError(f"Not all could be made: {', '.join(left)}. The log says why.")
