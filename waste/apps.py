"""Rounds, calendars and dated changes of collections."""

from django.apps import AppConfig


class WasteConfig(AppConfig):
    name = "waste"
