"""Take a layer from the public altogether."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from importers.management.actor import command_line_actor
from importers.management.layers import find_layer
from layers.errors import NothingPublished
from layers.publish import withdraw_layer


class Command(BaseCommand):
    help = "Show no edition of a layer to anyone. Undo it with rollback_layer --to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("layer", help="the layer's name, such as schools")
        parser.add_argument("--reason", required=True, help="why, for the audit trail")

    def handle(self, *args: Any, **options: Any) -> None:
        layer = find_layer(options["layer"])
        edition_id = layer.published_edition_id
        try:
            withdraw_layer(layer, actor=command_line_actor(), reason=options["reason"])
        except NothingPublished as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(
            f"{layer.slug}: nothing is published any more. To show edition {edition_id} again: "
            f"rollback_layer {layer.slug} --to {edition_id}"
        )
