"""What is published, and every question about it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LayersConfig(AppConfig):
    name = "layers"

    def ready(self) -> None:
        from layers.publish.cells import drop_cells, write_missing_cells
        from layers.publish.kept_out import drop_kept_out
        from layers.publish.signals import edition_dropped, fields_hidden

        post_migrate.connect(_grant_rights, sender=self)
        post_migrate.connect(write_missing_cells, sender=self)
        edition_dropped.connect(drop_cells)
        edition_dropped.connect(drop_kept_out)
        edition_dropped.connect(_drop_tiles)
        edition_dropped.connect(_remove_files_of_edition)
        fields_hidden.connect(_remove_files_of_layer)


def _grant_rights(sender: AppConfig, using: str, **_: Any) -> None:
    """Give the web's role its rights again; post_migrate comes when every table exists."""
    from django.db import connections

    from layers.sql import read_statement

    with connections[using].cursor() as cursor:
        cursor.execute(read_statement("roles"))


def _drop_tiles(sender: type, edition_id: int, **_: Any) -> None:
    """Let go of a dropped edition's tiles on this machine; another's go as new ones come."""
    from layers.query.tile_store import tile_store

    if store := tile_store():
        store.drop_edition(edition_id)


def _remove_files_of_edition(sender: type, edition_id: int, **_: Any) -> None:
    """Let no file of whole layers outlive its edition."""
    from layers.exports.prepare import remove_files_of_edition

    remove_files_of_edition(edition_id)


def _remove_files_of_layer(sender: type, layer: Any, **_: Any) -> None:
    """Let no file keep a field that has been hidden; the worker makes them anew without it."""
    from layers.exports.prepare import remove_files_of_layer

    remove_files_of_layer(layer.pk)
