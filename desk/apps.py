"""The officer's desk at /manage/."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from desk.groups import make_groups


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self) -> None:
        # Rights are made after the migrations of the apps before this one.
        post_migrate.connect(make_groups, sender=self)
