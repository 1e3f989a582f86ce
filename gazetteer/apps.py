"""Addresses, postcodes and streets to a point."""

from django.apps import AppConfig


class GazetteerConfig(AppConfig):
    name = "gazetteer"

    def ready(self) -> None:
        from gazetteer.streets import build_streets, drop_streets
        from layers.publish.signals import edition_dropped, edition_staged

        edition_staged.connect(build_streets, dispatch_uid="gazetteer.build_streets")
        edition_dropped.connect(drop_streets, dispatch_uid="gazetteer.drop_streets")
