"""Names: the few thousand words that a search is matched against before any address is.

Companion tables, made when an edition is staged and dropped with it.
"""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex


class NameKind(models.TextChoices):
    """What a name is of."""

    STREET = "street"
    BUILDING = "building"
    PLACE = "place"
    WARD = "ward"


class SearchName(models.Model):
    """One name of an edition in the form in which names are compared, however many bear it."""

    edition = models.ForeignKey("layers.Edition", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=NameKind)
    search_name = models.TextField(help_text="Lower case, without punctuation, abbreviations long.")
    weight = models.PositiveIntegerField(help_text="Addresses, or size: the greater comes first.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "search_name"], name="gazetteer_searchname_once"
            )
        ]
        indexes = [
            GistIndex(
                fields=["edition", "kind", "search_name"],
                name="gazetteer_searchname_trgm",
                opclasses=["gist_int8_ops", "gist_text_ops", "gist_trgm_ops"],
            ),
            models.Index(
                fields=["edition", "kind", "search_name"],
                name="gazetteer_searchname_prefix",
                opclasses=["int8_ops", "text_pattern_ops", "text_pattern_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.search_name


class NamedPlace(models.Model):
    """One bearer of a name: a street, a building, a place or a ward, with its middle.

    ``name``, ``street``, ``locality`` and ``town`` are as the source has them, because they
    find the addresses; ``around`` are the words, as `search_name` makes them, by which people
    tell it from others of its name.
    """

    edition = models.ForeignKey("layers.Edition", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=NameKind)
    search_name = models.TextField()
    name = models.TextField()
    street = models.TextField(blank=True)
    locality = models.TextField(blank=True)
    town = models.TextField(blank=True)
    around = models.TextField(blank=True)
    detail = models.TextField(blank=True, help_text="The source's word for what it is.")
    fid = models.TextField(blank=True, help_text="Of a feature that is the place itself.")
    weight = models.PositiveIntegerField(help_text="Addresses, or size: the greater comes first.")
    centre_27700 = models.PointField(srid=27700, spatial_index=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["edition", "kind", "search_name"], name="gazetteer_namedplace_name"
            )
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.locality) if part)
