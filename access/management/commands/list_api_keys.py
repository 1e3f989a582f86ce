"""Say which keys there are."""

from typing import Any

from django.core.management.base import BaseCommand

from access.models import ApiKey


class Command(BaseCommand):
    help = "List the API keys: their state, who has them, and when each was last used."

    def handle(self, *args: Any, **options: Any) -> None:
        for key in ApiKey.objects.all():
            ends = f"until {key.expires_at:%Y-%m-%d}" if key.expires_at else "without an end"
            used = f"last used {key.last_used_on}" if key.last_used_on else "never used"
            self.stdout.write(
                f"{key.prefix}  {key.state:8}{ends}  {used}  {key.name} <{key.contact}>"
            )
