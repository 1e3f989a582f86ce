"""Where rows lie that were kept out of an edition."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex

from layers.models.edition import Edition


class KeptOutShape(models.Model):
    """The place of a row that had a fault and is no feature, in EPSG:27700.

    Of layers that limit what may be built: there an edition says nothing, not even "no". Never
    shown. Rows whose place could not be read have none, and neither have those that were left
    out on purpose.
    """

    # Editions are dropped without asking who stands on them: `edition_dropped` clears these away.
    edition = models.ForeignKey(
        Edition,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    geom_27700 = models.GeometryField(srid=27700, spatial_index=False)

    class Meta:
        indexes = [GistIndex(fields=["edition", "geom_27700"], name="layers_keptout_place")]

    def __str__(self) -> str:
        return f"kept out of edition {self.edition_id}"
