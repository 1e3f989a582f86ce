"""Tiles of cells with counts, made once when an edition is staged.

From afar a layer of many features is shown as counts. To count half a million takes longer than
anybody waits for a map, and each tile of a wide zoom asks for nearly all of them.
"""

from typing import Any

from django.db import connection, transaction
from psycopg import sql

from layers.models import CellTile, Edition
from layers.publish.kept import is_kept
from layers.publish.sql import read_statement
from layers.query.tile_rules import CELLS, MOST_ON_AVERAGE, cells_below, place_of_feature

# A city's cells are counted and sorted in this much; with less, on disk.
_IN_MEMORY = "SET LOCAL work_mem = '64MB'"
_STAGED = """
CREATE TEMPORARY TABLE staged_cell (
    zoom integer, cell_column integer, cell_row integer, count bigint, sum_x float8, sum_y float8
) ON COMMIT DROP
"""


def write_cells(edition: Edition) -> None:
    """Make the tiles of every zoom at which an edition, in its partition, is shown as cells."""
    drop_cells(edition.pk)
    zooms = _zooms_of_cells(edition)
    if not zooms:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_IN_MEMORY)
        cursor.execute(_STAGED)
        cursor.execute(_count_features(edition.layer.geometry_type), _deepest(edition, zooms))
        for zoom in range(zooms - 1, 0, -1):
            cursor.execute(read_statement("cells_of_cells"), {"zoom": zoom})
        cursor.execute(
            read_statement("tiles_of_cells"),
            {"edition_id": edition.pk, "name": edition.layer.slug},
        )
        cursor.execute("DROP TABLE staged_cell")


def write_missing_cells(**_: Any) -> None:
    """Make them for the kept editions that have none: some came before there were any."""
    made = CellTile.objects.filter(zoom=0).values("edition_id")
    lacking = (
        Edition.objects.select_related("layer")
        .filter(feature_count__gt=MOST_ON_AVERAGE)
        .exclude(staged_at=None)
        .exclude(pk__in=made)
    )
    for edition in lacking:
        if is_kept(edition.pk):
            write_cells(edition)


def drop_cells(edition_id: int, **_: Any) -> None:
    """Drop the tiles of an edition's cells."""
    CellTile.objects.filter(edition_id=edition_id).delete()


def _zooms_of_cells(edition: Edition) -> int:
    """Return from which zoom on its features are shown, 0 where there is nothing to count."""
    if edition.extent_4326 is None:
        return 0
    west, south, east, north = edition.extent_4326
    return cells_below((west, south, east, north), edition.feature_count)


def _count_features(geometry_type: str) -> sql.Composed:
    return sql.SQL(read_statement("cells_of_features")).format(
        place=sql.SQL(place_of_feature(geometry_type))
    )


def _deepest(edition: Edition, zooms: int) -> dict[str, int]:
    return {"edition_id": edition.pk, "zoom": zooms - 1, "cells": CELLS * 2 ** (zooms - 1)}
