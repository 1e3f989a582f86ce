"""Take the published edition of a layer back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from importers.management.actor import command_line_actor
from importers.management.layers import find_layer
from layers.errors import NothingToRollBack
from layers.publish import roll_back


class Command(BaseCommand):
    help = "Show the previous edition of a layer again. Undo it with --to and the edition's number."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("layer", help="the layer's name, such as schools")
        parser.add_argument("--to", type=int, help="the number of the edition to show")
        parser.add_argument("--reason", default="", help="why, for the audit trail")

    def handle(self, *args: Any, **options: Any) -> None:
        layer = find_layer(options["layer"])
        withdrawn = layer.published_edition_id
        try:
            edition = roll_back(
                layer, options["to"], actor=command_line_actor(), reason=options["reason"]
            )
        except NothingToRollBack as error:
            raise CommandError(str(error), returncode=1) from error
        undo = (
            f"rollback_layer {layer.slug} --to {withdrawn}"
            if withdrawn
            else f'withdraw_layer {layer.slug} --reason "why"'
        )
        self.stdout.write(
            f"{layer.slug}: edition {edition.pk} is published again, with "
            f"{edition.feature_count:,} features. To undo: {undo}"
        )
