"""Take a key back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from access.keys import revoke_key
from access.models import ApiKey


class Command(BaseCommand):
    help = "Revoke an API key. Web processes hear of it within half a minute."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("prefix", help="what list_api_keys shows: the letters after cm_")

    def handle(self, *args: Any, **options: Any) -> None:
        prefix = options["prefix"].removeprefix("cm_").partition("_")[0]
        key = ApiKey.objects.filter(prefix=prefix).first()
        if key is None:
            raise CommandError(f"There is no key {prefix[:20]}. See list_api_keys.", returncode=2)
        revoke_key(key)
        self.stdout.write(f"{key} is revoked.")
