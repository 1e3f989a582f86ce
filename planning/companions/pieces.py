"""Features of constraint layers in pieces: a site is compared with what lies near it, not with all.

A flood zone has fifty thousand vertices, and a site lies in a few hundred of them.
"""

from django.db import connection

from planning.models import Piece
from planning.sql import read_statement


def write_pieces(edition_id: int) -> None:
    """Write the pieces of an edition, in place of any that are there."""
    drop_pieces(edition_id)
    with connection.cursor() as cursor:
        cursor.execute(read_statement("write_pieces"), {"edition_id": edition_id})
        # A check right after publishing is planned for what is there.
        cursor.execute("ANALYZE planning_piece (edition_id, geom_27700)")


def drop_pieces(edition_id: int) -> None:
    """Drop the pieces of an edition."""
    Piece.objects.filter(edition_id=edition_id).delete()
