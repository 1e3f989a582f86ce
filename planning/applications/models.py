"""The folded words of planning applications, kept beside each edition."""

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
