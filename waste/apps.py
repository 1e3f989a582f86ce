"""Rounds, calendars and dated changes of collections."""

from typing import Any

from django.apps import AppConfig


class WasteConfig(AppConfig):
    name = "waste"

    def ready(self) -> None:
        from layers.api.openapi.registered import register_paths
        from layers.publish.role_checks import register_edition_check, register_row_check
        from waste import edition_checks, row_checks

        register_paths("waste", _bins_paths)
        register_row_check("collection-round", row_checks.check_round)
        register_row_check("collection-change", row_checks.check_change)
        register_row_check("collection-date", row_checks.check_date)
        register_row_check("service-notice", row_checks.check_notice)
        register_edition_check("collection-change", edition_checks.check_changes)
        register_edition_check("collection-premises", edition_checks.check_premises)


def _bins_paths() -> dict[str, Any]:
    # Here, because no command but the service has a use for the API's views.
    from waste.api.openapi import bins_paths

    return bins_paths()
