"""What one edition changed against another: the record behind "what is new since Tuesday"."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from layers.models.edition import Edition


class Change(models.Model):
    """One feature that is in one of two editions only, or not the same in both.

    An edition that nothing was published before has no changes: all of it is new.
    ``fields`` names the public properties that differ; where only fields that are
    not public do, it is empty and `shape_changed` false. ``moved_m`` is how far the
    middle of the shape went, in metres of EPSG:27700; None where it stayed the
    same, or had no location before or has none now.
    """

    class Kind(models.TextChoices):
        ADDED = "added", "Added"
        CHANGED = "changed", "Changed"
        REMOVED = "removed", "Removed"

    edition = models.ForeignKey(
        Edition,
        on_delete=models.CASCADE,
        related_name="changes",
        db_constraint=False,
        db_index=False,
    )
    since = models.ForeignKey(
        Edition,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
        help_text="The edition that it is compared with.",
    )
    fid = models.TextField()
    kind = models.CharField(max_length=7, choices=Kind)
    fields = ArrayField(models.TextField(), default=list)
    shape_changed = models.BooleanField(default=False)
    moved_m = models.FloatField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["edition", "since", "fid"], name="layers_change_pair"),
            # A feed must not read through half a million rows of which it may show none.
            models.Index(
                fields=["edition", "since", "fid"],
                condition=~models.Q(kind="changed", fields=[], shape_changed=False),
                name="layers_change_public",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fid} {self.kind}"
