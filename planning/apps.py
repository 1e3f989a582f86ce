"""Constraint checks and their receipts."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"
