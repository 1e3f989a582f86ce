"""The officer's desk at /manage/."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from desk.groups import make_groups


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self) -> None:
        # Not of this app: it has no models, so nothing is sent for it. Django's comes after all of
        # ours, whose rights are made by then.
        post_migrate.connect(make_groups, sender=apps.get_app_config("auth"))
