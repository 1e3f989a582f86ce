"""Rounds, calendars and dated changes of collections."""

from django.apps import AppConfig


class WasteConfig(AppConfig):
    name = "waste"

    def ready(self) -> None:
        from layers.api.openapi.registered import register_paths
        from waste.api.openapi import bins_paths

        register_paths("waste", bins_paths)
