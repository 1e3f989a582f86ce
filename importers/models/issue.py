"""Faults found in sources, and the rows kept out because of them."""

from django.db import models

from importers.models.run import ImportRun


class Issue(models.Model):
    """One fault found in a source, in words that an officer can act on."""

    class Severity(models.TextChoices):
        ERROR = "error", "Error: the row was kept out"
        EXCLUDED = "excluded", "Left out on purpose"
        WARNING = "warning", "Warning: accepted as it is"
        FIXED = "fixed", "Put right, and reported"
        NOTE = "note", "Note"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="issues")
    kind = models.CharField(max_length=40)
    severity = models.CharField(max_length=10, choices=Severity)
    row = models.PositiveBigIntegerField(null=True, blank=True)
    field = models.CharField(max_length=100, blank=True)
    value = models.TextField(blank=True)
    message = models.TextField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["run", "kind"], name="importers_issue_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.message}"


class QuarantinedRow(models.Model):
    """A row kept out of an edition: as it was read, so that it can be mended and sent again."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="quarantined_rows")
    row = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    values = models.JSONField()

    class Meta:
        ordering = ["row"]
        indexes = [models.Index(fields=["run", "row"], name="importers_quarantine_row")]

    def __str__(self) -> str:
        return f"row {self.row}"
