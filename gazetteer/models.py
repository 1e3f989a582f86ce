"""Names: the few thousand words that a search is matched against before any address is.

Companion tables, made when an edition is staged and dropped with it. Of words there are many
rows and one index each, which is their key: every other would cost an import as much again.
"""

from django.contrib.gis.db import models


class NameKind(models.TextChoices):
    """What a name is of."""

    STREET = "street"
    BUILDING = "building"
    PLACE = "place"
    WARD = "ward"


class _OfEdition(models.Model):
    # Checked by nobody: an import writes two hundred thousand rows, and each check costs as much
    # again as the row. They are dropped with their edition.
    edition = models.ForeignKey(
        "layers.Edition",
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        abstract = True


class NameWord(_OfEdition):
    """A word of a name: what tells the name from others, so no "road" unless it has nothing else.

    A name of several words is also kept as if it were written in one.
    """

    pk = models.CompositePrimaryKey("edition", "word", "kind", "search_name")
    word = models.TextField()
    kind = models.CharField(max_length=10, choices=NameKind)
    search_name = models.TextField()

    def __str__(self) -> str:
        return self.word


class WordVariant(_OfEdition):
    """A word with letters left out: words that are misspelt for one another share such a text."""

    pk = models.CompositePrimaryKey("edition", "variant", "word")
    variant = models.TextField()
    word = models.TextField()

    def __str__(self) -> str:
        return self.variant


class NamedPlace(_OfEdition):
    """One bearer of a name: a street, a building, a place or a ward, with its middle.

    ``name``, ``street``, ``locality`` and ``town`` are as the source has them, because they
    find the addresses; ``around`` are the words, as `search_name` makes them, by which people
    tell it from others of its name.
    """

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
    longitude = models.FloatField(help_text="Of the same point, by OSTN15.")
    latitude = models.FloatField()

    class Meta:
        indexes = [
            models.Index(
                fields=["edition", "kind", "search_name"],
                name="gazetteer_namedplace_name",
                # Compared byte by byte: beginnings are found as well.
                opclasses=["int8_ops", "text_pattern_ops", "text_pattern_ops"],
            )
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.locality) if part)
