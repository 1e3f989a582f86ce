"""Write the catalogue's TOML files to the database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from importers.catalogue.load import load_catalogue
from importers.catalogue.sync import sync_catalogue
from importers.errors import CatalogueInvalid, OtherCouncilInDatabase


class Command(BaseCommand):
    help = "Write the catalogue's TOML files to the database."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            catalogue = load_catalogue(settings.CATALOGUE_DIR / settings.COUNCIL)
            sync_catalogue(catalogue)
        except (CatalogueInvalid, OtherCouncilInDatabase) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{catalogue.council.name}: {len(catalogue.layers)} layers described.")
