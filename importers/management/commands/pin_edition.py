"""Keep an edition however many come after it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from importers.management.actor import command_line_actor
from importers.management.layers import find_layer
from layers.errors import EditionIncomplete
from layers.publish import pin_edition, unpin_edition


class Command(BaseCommand):
    help = "Keep an edition of a layer, however many come after it, until it is unpinned."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("layer", help="the layer's name, such as schools")
        parser.add_argument("--edition", type=int, required=True, help="the number of the edition")
        parser.add_argument("--unpin", action="store_true", help="keep it no longer than others")
        parser.add_argument("--reason", default="", help="why, for the audit trail")

    def handle(self, *args: Any, **options: Any) -> None:
        layer = find_layer(options["layer"])
        edition = layer.editions.filter(pk=options["edition"]).first()
        if edition is None:
            raise CommandError(f"{layer.slug} has no edition {options['edition']}.", returncode=2)
        mark = unpin_edition if options["unpin"] else pin_edition
        try:
            mark(edition, actor=command_line_actor(), reason=options["reason"])
        except EditionIncomplete as error:
            raise CommandError(str(error), returncode=1) from error
        state = "is kept no longer than others" if options["unpin"] else "is kept"
        self.stdout.write(f"{layer.slug}: edition {edition.pk} {state}.")
