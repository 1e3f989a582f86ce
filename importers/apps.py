"""From a source file to a staged edition and its issues."""

from django.apps import AppConfig


class ImportersConfig(AppConfig):
    name = "importers"
