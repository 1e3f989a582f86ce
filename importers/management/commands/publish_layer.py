"""Publish an edition that waits."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from importers.decide import WAITING, publish_run
from importers.errors import CheckFailed, ImportStopped
from importers.management.actor import command_line_actor
from importers.management.layers import find_layer
from importers.models import ImportRun
from layers.errors import PublishError


class Command(BaseCommand):
    help = (
        "Publish an edition that waits: one that import_layer --no-publish staged, or that a "
        "check stopped (--override says why it is published all the same). It is compared with "
        "what is published by now."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("layer", help="the layer's name, such as schools")
        parser.add_argument("--edition", type=int, required=True, help="the number of the edition")
        parser.add_argument(
            "--override", metavar="WHY", default="", help="publish in spite of a failed check"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        layer = find_layer(options["layer"])
        run = ImportRun.objects.filter(
            edition=options["edition"],
            layer=layer,
            outcome__in=WAITING,
            edition__published_at=None,
        ).first()
        if run is None or run.edition is None:
            raise CommandError(
                f"{layer.slug} has no edition {options['edition']} that waits. One that was "
                "published before is shown again by rollback_layer --to.",
                returncode=2,
            )
        try:
            publish_run(
                run,
                actor=command_line_actor(),
                override_reason=options["override"],
                reason=options["override"],
            )
        except CheckFailed as error:
            raise CommandError(
                f'{error} To publish it all the same, add --override "why".', returncode=1
            ) from error
        except (PublishError, ImportStopped) as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(
            f"{layer.slug}: edition {run.edition.pk} is published, with "
            f"{run.edition.feature_count:,} features."
        )
