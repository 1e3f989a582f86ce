"""Taking a field from the public in what is published already."""

from collections.abc import Collection

from django.db import connection

from layers.models import Layer
from layers.publish.partition import is_attached
from layers.publish.signals import fields_hidden
from layers.publish.sql import read_statement


def hide_fields(layer: Layer, names: Collection[str]) -> None:
    """Move fields of every kept edition to where the web's database role cannot read them.

    A field that the catalogue no longer calls public may be a mistake that cost
    somebody their privacy: it is gone with the catalogue's word, whatever reads the
    features, and not with the next import. Nothing brings it back but that.
    """
    if not names:
        return
    for edition_id in layer.editions.values_list("pk", flat=True):
        if is_attached(edition_id):
            with connection.cursor() as cursor:
                cursor.execute(
                    read_statement("hide_fields"),
                    {"edition_id": edition_id, "names": sorted(names)},
                )
    fields_hidden.send(sender=Layer, layer=layer, names=sorted(names))
