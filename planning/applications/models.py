"""What is kept beside each edition of planning applications, so that they are found quickly."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from layers.models import Edition


class ApplicationText(models.Model):
    """The words and the reference of one planning application, folded, as a search compares them.

    Kept, because folding those of a hundred thousand anew takes two seconds.
    """

    pk = models.CompositePrimaryKey("edition_id", "feature_id")
    # Editions are dropped without asking who stands on them: `edition_dropped` clears these away.
    edition = models.ForeignKey(Edition, models.DO_NOTHING, db_constraint=False, db_index=False)
    feature_id = models.BigIntegerField()
    words = SearchVectorField()
    reference = models.TextField()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="planning_text_words"),
            GinIndex(
                fields=["reference"], opclasses=["gin_trgm_ops"], name="planning_text_reference"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.feature_id}"


class ApplicationColumns(models.Model):
    """What the applications of an edition are counted by, together with an edition of wards.

    Kept, because reading them out of a hundred thousand applications takes seconds, and otherwise
    the first visitor after an edition waited for it. ``fields`` are the names of the properties
    that were read: nobody is answered from a row that was made of others. ``columns`` is what
    `planning.applications.packed` writes.
    """

    # As for texts. No wards: 0.
    edition_id = models.BigIntegerField()
    wards_edition_id = models.BigIntegerField()
    fields = models.TextField()
    columns = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition_id", "wards_edition_id", "fields"], name="planning_columns_of"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} in {self.wards_edition_id}"
