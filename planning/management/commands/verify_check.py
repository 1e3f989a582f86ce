"""Answers a kept check again from the editions it read, and says whether it comes out alike."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from layers.errors import NotFound
from planning.receipts.keep import find_check
from planning.receipts.reproduce import reproduce_check


class Command(BaseCommand):
    help = "Answers a kept check again from the same editions. Exit 1: it comes out otherwise."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", help="The last part of the check's address.")

    def handle(self, *arguments: Any, **options: Any) -> None:
        try:
            kept = find_check(options["id"])
        except NotFound as error:
            raise CommandError(str(error)) from error
        reproduced = reproduce_check(kept)
        if reproduced.gone:
            self.stdout.write(f"No longer kept: the editions of {', '.join(reproduced.gone)}.")
        if reproduced.differing:
            raise CommandError(f"Other answers than then: {', '.join(reproduced.differing)}.")
        self.stdout.write(f"The answers are the same, to the byte. SHA-256 {kept.sha256}")
