"""Give out a key."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.dateparse import parse_date

from access.keys import create_key


class Command(BaseCommand):
    help = "Give out an API key, which raises the rate limit. It is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what it is used for")
        parser.add_argument("--contact", required=True, help="an e-mail address to write to")
        parser.add_argument("--expires", help="its last day: 2027-03-31, or 90d for ninety days")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"].strip()
        if not 0 < len(name) <= 100:
            raise CommandError("Say in 1 to 100 characters what the key is used for.", returncode=2)
        try:
            validate_email(options["contact"])
        except ValidationError as error:
            raise CommandError("--contact is not an e-mail address.", returncode=2) from error
        new = create_key(name, options["contact"], _expiry(options["expires"]))
        self.stdout.write(new.text)
        self.stderr.write(
            f"This is the key for “{name}”. It is not shown again: what is kept is a digest. "
            "It is sent in the header X-API-Key."
        )


def _expiry(text: str | None) -> datetime | None:
    if text is None:
        return None
    if days := re.fullmatch(r"(\d{1,4})d", text, re.ASCII):
        return timezone.now() + timedelta(days=int(days[1]))
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError("--expires is a day such as 2027-03-31, or 90d.", returncode=2)
    expires_at = timezone.make_aware(datetime.combine(day, time.max))
    if expires_at <= timezone.now():
        raise CommandError(f"{text} is over. Give a day to come.", returncode=2)
    return expires_at
