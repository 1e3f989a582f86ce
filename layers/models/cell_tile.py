"""Tiles that were made with their edition."""

from django.db import models

from layers.models.edition import Edition


class CellTile(models.Model):
    """A tile of cells with counts, of one zoom at which an edition's features are too many to show.

    ``body`` is a finished Mapbox Vector Tile. Tiles with nothing in them have no row; an edition
    that has any tiles has the one of zoom 0.
    """

    pk = models.CompositePrimaryKey("edition", "zoom", "tile_column", "tile_row")
    # Editions are dropped without asking who stands on them: `edition_dropped` clears these away.
    edition = models.ForeignKey(
        Edition,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    zoom = models.SmallIntegerField()
    tile_column = models.IntegerField()
    tile_row = models.IntegerField()
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"edition {self.edition_id}: {self.zoom}/{self.tile_column}/{self.tile_row}"
