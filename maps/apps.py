"""The pages that people look at."""

from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "maps"
