"""Reports about features."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
