"""Features of constraint layers in pieces: a site is compared with what lies near it, not with all.

A flood zone has fifty thousand vertices, and a site lies in a few hundred of them. What the
features say of themselves is kept beside the pieces.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection

from layers.models import Layer
from planning.models import ConstraintFeature, Piece
from planning.sql import read_statement


def write_pieces(edition_id: int) -> None:
    """Write the pieces of an edition, in place of any that are there."""
    drop_pieces(edition_id)
    with connection.cursor() as cursor:
        cursor.execute(read_statement("write_pieces"), {"edition_id": edition_id})
        cursor.execute(read_statement("write_constraint_features"), {"edition_id": edition_id})
        # A check right after publishing is planned for what is there.
        cursor.execute("ANALYZE planning_piece (edition_id, geom_27700)")


def drop_pieces(edition_id: int) -> None:
    """Drop the pieces of an edition."""
    Piece.objects.filter(edition_id=edition_id).delete()
    ConstraintFeature.objects.filter(edition_id=edition_id).delete()


def hide_properties(layer: Layer, names: Collection[str], **_: Any) -> None:
    """Forget properties that were taken from the public, in every edition of a layer."""
    with connection.cursor() as cursor:
        cursor.execute(
            read_statement("hide_properties"), {"layer_id": layer.pk, "names": list(names)}
        )
