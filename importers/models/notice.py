"""What was said to the people who look after a layer, so that it is not said every night."""

from django.db import models
from django.utils import timezone

from importers.models.run import ImportRun
from layers.models import Layer


class Notice(models.Model):
    """One message about one layer. Rows of the source are not in it."""

    class Kind(models.TextChoices):
        FAILING = "failing", "Could not be refreshed"
        FLAT_LINE = "flat-line", "Refreshed, but hardly anything arrives any more"
        OVERDUE = "overdue", "Overdue"
        WELL = "well", "In order again"

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="notices")
    run = models.ForeignKey(
        ImportRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=40, blank=True, help_text="The fault, as one stable word.")
    message = models.TextField(help_text="What happened and what to do, as it was sent.")
    went_to = models.CharField(
        max_length=40, blank=True, help_text="E-mail, webhook, log; blank: nobody was reached."
    )
    problem = models.TextField(blank=True, help_text="Why a way of sending it failed.")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["layer", "-id"], name="importers_notice_recent")]

    def __str__(self) -> str:
        return f"{self.layer.slug}: {self.get_kind_display()}"
