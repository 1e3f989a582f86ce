"""When the sources of layers were read."""

from django.db import models

from layers.models.layer import Layer


class SourceCheck(models.Model):
    """One time at which a layer's source was read to the end, whatever came of it.

    `Layer.checked_at` is the last of these. The others are kept so that it can be said how old an
    edition was on a day that has been: rows are added and never changed.
    """

    layer = models.ForeignKey(
        Layer, on_delete=models.CASCADE, related_name="source_checks", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["layer", "-at"], name="layers_sourcecheck_recent")]

    def __str__(self) -> str:
        return f"{self.layer_id} at {self.at}"
