"""Addresses, postcodes, streets and places to a point."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GazetteerConfig(AppConfig):
    name = "gazetteer"

    def ready(self) -> None:
        from gazetteer.api.definition import places_paths
        from gazetteer.names import build_missing_names, build_names, drop_names
        from layers.api.openapi.registered import register_paths
        from layers.publish.signals import edition_dropped, edition_staged

        edition_staged.connect(build_names, dispatch_uid="gazetteer.build_names")
        edition_dropped.connect(drop_names, dispatch_uid="gazetteer.drop_names")
        post_migrate.connect(build_missing_names, sender=self)
        register_paths(self.name, places_paths)
