"""Addresses, postcodes, streets and places to a point."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GazetteerConfig(AppConfig):
    name = "gazetteer"

    def ready(self) -> None:
        from gazetteer.names import build_missing_names, build_names, drop_names
        from layers.api.openapi.registered import register_paths
        from layers.publish.signals import edition_dropped, edition_staged

        edition_staged.connect(build_names, dispatch_uid="gazetteer.build_names")
        edition_dropped.connect(drop_names, dispatch_uid="gazetteer.drop_names")
        post_migrate.connect(build_missing_names, sender=self)
        register_paths(self.name, _places_paths)


def _places_paths() -> dict[str, Any]:
    # Here, because no command but the service has a use for the API's views.
    from gazetteer.api.definition import places_paths

    return places_paths()
