"""Streets: the few thousand names that a search is matched against before any address is."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex


class Street(models.Model):
    """One street of one edition of the address layer, with the middle of its addresses.

    A companion table, made when the edition is staged and dropped with it.
    """

    edition = models.ForeignKey("layers.Edition", on_delete=models.CASCADE, related_name="+")
    name = models.TextField()
    search_name = models.TextField(help_text="Lower case, without punctuation, abbreviations long.")
    locality = models.TextField(blank=True)
    address_count = models.PositiveIntegerField()
    centre_27700 = models.PointField(srid=27700)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "name", "locality"], name="gazetteer_street_once"
            )
        ]
        indexes = [
            GistIndex(
                fields=["search_name"], name="gazetteer_street_trgm", opclasses=["gist_trgm_ops"]
            )
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.locality) if part)
