"""A kept check, and what officers set aside of it: both are only ever added to."""

from django.contrib.gis.db.models import GeometryField
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 1000


class Receipt(models.Model):
    """One check, as it was answered.

    ``id`` cannot be guessed: it is the last part of the check's address. ``record`` is the whole
    check as canonical JSON (`planning.receipts.record`), ``sha256`` the digest of these bytes.
    The site and the editions that were read stand beside it to be found by. The database lets
    nobody change a row, and the web's role delete none.
    """

    id = models.CharField(primary_key=True, max_length=22)
    geom_27700 = GeometryField(srid=27700, spatial_index=False)
    asked_at = models.DateTimeField()
    edition_ids = ArrayField(models.BigIntegerField(), help_text="Kept from being dropped.")
    record = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [
            GinIndex(fields=["edition_ids"], name="planning_receipt_editions"),
            models.Index(fields=["-asked_at"], name="planning_receipt_recent"),
        ]
        permissions = [
            ("set_aside_finding", "Can set findings of kept checks aside, and take that back"),
            ("list_neighbours", "Can list the addresses around the site of a kept check"),
        ]

    def __str__(self) -> str:
        return self.id


class Aside(models.Model):
    """An officer set a finding of a kept check aside, or took that back. The last word counts."""

    class Verb(models.TextChoices):
        SET_ASIDE = "set-aside", _("Set aside")
        TAKEN_BACK = "taken-back", _("Taken back")

    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="asides")
    layer = models.CharField(max_length=50, help_text="The layer's slug.")
    fid = models.TextField(help_text="The finding's feature.")
    verb = models.CharField(max_length=10, choices=Verb)
    reason = models.CharField(max_length=LONGEST_REASON)
    by = models.CharField(max_length=200, help_text="Who is signed in; shown to staff alone.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.receipt_id}: {self.layer} {self.fid} {self.verb}"
