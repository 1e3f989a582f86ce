"""Publish an edition that was only staged."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from importers.models import ImportRun
from layers.errors import PublishError
from layers.models import Edition
from layers.publish import publish_edition


class Command(BaseCommand):
    help = "Publish an edition that import_layer --no-publish staged."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("layer", help="the layer's name, such as schools")
        parser.add_argument("--edition", type=int, required=True, help="the number of the edition")

    def handle(self, *args: Any, **options: Any) -> None:
        edition = Edition.objects.filter(
            pk=options["edition"], layer__slug=options["layer"], published_at=None
        ).first()
        if edition is None:
            raise CommandError(
                f"{options['layer']} has no staged edition {options['edition']}. One that was "
                "published before is shown again by rollback_layer --to.",
                returncode=2,
            )
        try:
            publish_edition(edition)
        except PublishError as error:
            raise CommandError(str(error), returncode=1) from error
        edition.import_runs.update(outcome=ImportRun.Outcome.PUBLISHED)
        self.stdout.write(
            f"{options['layer']}: edition {edition.pk} is published, with "
            f"{edition.feature_count:,} features."
        )
