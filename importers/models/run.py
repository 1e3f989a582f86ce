"""One attempt to load one layer."""

from django.db import models

from layers.models import Edition, Layer


class ImportRun(models.Model):
    """One attempt to load one layer, kept whether or not it published anything."""

    class Outcome(models.TextChoices):
        RUNNING = "running", "Running"
        PUBLISHED = "published", "Published"
        UNCHANGED = "unchanged", "Unchanged: the same file as the published edition"
        STAGED = "staged", "Staged, not published"
        DRY_RUN = "dry-run", "Dry run: nothing kept"
        STOPPED = "stopped", "Stopped by a check"
        UNREADABLE = "unreadable", "The source could not be read"
        INTERRUPTED = "interrupted", "Interrupted"

    layer = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="import_runs")
    edition = models.ForeignKey(
        Edition, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_runs"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=20, default="fetch")
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.RUNNING)
    reason = models.TextField(blank=True, help_text="Why it stopped, in words.")
    source = models.CharField(max_length=500)
    source_sha256 = models.CharField(max_length=64, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    published = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.layer.slug}, {self.started_at:%d %B %Y %H:%M}"
