"""Deletes a kept check, as somebody may ask whose site it names."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from planning.receipts.models import Receipt


class Command(BaseCommand):
    help = "Deletes a kept check and what was set aside of it. This cannot be taken back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", help="The last part of the check's address.")

    def handle(self, *arguments: Any, **options: Any) -> None:
        deleted, _ = Receipt.objects.filter(pk=options["id"]).delete()
        if not deleted:
            raise CommandError(f"No check is kept under “{options['id']}”.")
        self.stdout.write("The check is deleted. Backups hold it until they are replaced.")
