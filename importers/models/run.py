"""One attempt to load one layer."""

from django.db import models
from django.utils import timezone

from layers.models import Edition, Layer


class ImportRun(models.Model):
    """One attempt to load one layer, kept whether or not it published anything."""

    class Outcome(models.TextChoices):
        QUEUED = "queued", "Waiting for its turn"
        RUNNING = "running", "Running"
        PUBLISHED = "published", "Published"
        UNCHANGED = "unchanged", "Unchanged: the same file as the published edition"
        STAGED = "staged", "Staged, not published"
        DRY_RUN = "dry-run", "Dry run: nothing kept"
        SET_ASIDE = "set-aside", "Set aside"
        STOPPED = "stopped", "Stopped by a check"
        UNREADABLE = "unreadable", "The source could not be read"
        INTERRUPTED = "interrupted", "Interrupted"

    layer = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="import_runs")
    edition = models.ForeignKey(
        Edition, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_runs"
    )
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=20, default="fetch")
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.RUNNING)
    reason = models.TextField(blank=True, help_text="Why it stopped, in words.")
    code = models.CharField(max_length=40, blank=True, help_text="The same, as one stable word.")
    source = models.CharField(
        max_length=2000, blank=True, help_text="A file or address; blank: the catalogue's own."
    )
    source_sha256 = models.CharField(max_length=64, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    published = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    # What was asked for, and by whom.
    asked_by = models.CharField(max_length=200, blank=True)
    arrived_as = models.CharField(
        max_length=200, blank=True, help_text="The name in the inbox of a file given in a browser."
    )
    wants_publishing = models.BooleanField(default=True)
    is_dry_run = models.BooleanField(default=False)
    fixes = models.JSONField(
        default=dict, blank=True, help_text="What a person confirmed about this source."
    )
    remembers_fixes = models.BooleanField(
        default=False, help_text="The next imports of the layer read their sources in this way too."
    )
    override_reason = models.TextField(
        blank=True, help_text="Why it is to be published in spite of a check."
    )
    # What was understood, and what a person can do about it.
    understanding = models.JSONField(
        default=dict, blank=True, help_text="Columns, coordinate system and sample rows."
    )
    offers = models.JSONField(
        default=list, blank=True, help_text="Fixes that would let the source be read."
    )
    failed_checks = models.JSONField(
        default=list, blank=True, help_text="Checks that keep the edition from the public."
    )

    class Meta:
        ordering = ["-id"]
        permissions = [("import_source", "Can import a source into a layer, short of publishing")]

    def __str__(self) -> str:
        return f"{self.layer.slug}, {self.started_at:%d %B %Y %H:%M}"
