"""What is made of an edition so that it can be checked against a site: pieces, words, coverage."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex


class CoverageArea(models.Model):
    """An area for which layers can say "no", in EPSG:27700.

    ``key`` says of what it was made, so that all layers with the same coverage share one;
    ``made_of`` says it in words, ``source_edition_id`` which edition it was taken from.
    ``made_by`` is the version of the software that made it.
    """

    key = models.CharField(max_length=200, unique=True)
    made_of = models.TextField()
    source_edition_id = models.BigIntegerField(null=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)
    geom_27700 = models.GeometryField(srid=27700, spatial_index=False)

    def __str__(self) -> str:
        return self.made_of


class CoveragePiece(models.Model):
    """A part of a coverage's area with few vertices; together the parts are the whole."""

    area = models.ForeignKey(CoverageArea, on_delete=models.CASCADE, related_name="pieces")
    geom_27700 = models.GeometryField(srid=27700)

    def __str__(self) -> str:
        return f"part of {self.area_id}"


class Coverage(models.Model):
    """Since when an edition of a constraint layer covers which area.

    Rows are added and never changed: what was true on a day can be said later. ``area`` is None
    where nobody has stated one, and where what it is made of is not there. That an edition has
    a row at all says that its `Piece` and `ConstraintFeature` rows are complete.
    """

    edition = models.ForeignKey(
        "layers.Edition", on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    area = models.ForeignKey(CoverageArea, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"edition {self.edition_id}: {self.area_id}"


class Piece(models.Model):
    """A part of a feature of a constraint layer, of at most 256 vertices, in EPSG:27700.

    ``feature_id`` is `layers.models.Feature.id`. ``dimension`` is 0 of points, 1 of lines and 2
    of areas; ``size`` is the whole feature's area in m², or length in metres, 0 of points.
    """

    pk = models.CompositePrimaryKey("edition", "feature_id", "number")
    edition = models.ForeignKey(
        "layers.Edition",
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    feature_id = models.BigIntegerField()
    number = models.IntegerField()
    dimension = models.SmallIntegerField()
    size = models.FloatField()
    geom_27700 = models.GeometryField(srid=27700, spatial_index=False)

    class Meta:
        # One for the pieces of all editions: the edition comes first, then where they lie.
        indexes = [GistIndex(fields=["edition", "geom_27700"], name="planning_piece_place")]

    def __str__(self) -> str:
        return f"edition {self.edition_id}: {self.feature_id}/{self.number}"


class ConstraintFeature(models.Model):
    """What a feature of a constraint layer says of itself, for a check that found its pieces.

    The same is in the partition of its edition. A statement that asks sixty layers opens sixty
    partitions before it knows which of them it needs, and this table once.
    """

    pk = models.CompositePrimaryKey("edition", "feature_id")
    edition = models.ForeignKey(
        "layers.Edition",
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    feature_id = models.BigIntegerField()
    fid = models.TextField()
    properties = models.JSONField()

    def __str__(self) -> str:
        return f"edition {self.edition_id}: {self.fid}"
