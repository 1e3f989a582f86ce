"""A report: what somebody says is wrong, of which feature, as which edition showed it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from layers.models import Layer


class Report(models.Model):
    """One report about one feature, or about a layer as a whole.

    ``edition_id`` and ``fid`` are kept as numbers and words: the edition may be dropped, and
    the feature gone from the next, while the report stays true of what was seen. ``email`` is
    the only personal datum asked for; it goes when the report has been closed for a while.
    """

    class Kind(models.TextChoices):
        PLACE = "place", _("It is in the wrong place")
        DETAILS = "details", _("Something written about it is wrong")
        GONE = "gone", _("It is not there any more")
        MISSING = "missing", _("Something is missing")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="reports")
    edition_id = models.BigIntegerField(help_text="The edition that was seen.")
    fid = models.TextField(blank=True, help_text="The feature; blank: the layer as a whole.")
    title = models.TextField(help_text="What it was called then.")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField()
    email = models.EmailField(blank=True, help_text="Of somebody who wants an answer.")
    at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="To the layer's keeper.")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    outcome = models.TextField(blank=True, help_text="What came of it.")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["id"], name="reports_report_unsent", condition=models.Q(sent_at=None)
            ),
            models.Index(fields=["state", "-id"], name="reports_report_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.layer.slug}: {self.title}"
