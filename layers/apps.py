"""What is published, and every question about it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LayersConfig(AppConfig):
    name = "layers"

    def ready(self) -> None:
        post_migrate.connect(_grant_rights, sender=self)


def _grant_rights(sender: AppConfig, using: str, **_: Any) -> None:
    """Give the web's role its rights again; post_migrate comes when every table exists."""
    from django.db import connections

    from layers.sql import read_statement

    with connections[using].cursor() as cursor:
        cursor.execute(read_statement("roles"))
