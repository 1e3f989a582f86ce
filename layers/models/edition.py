"""One complete load of a layer."""

from django.contrib.gis.db import models

from layers.models.layer import Layer


class Edition(models.Model):
    """One complete load of a layer, kept in a partition of its own.

    Its state is never stored twice: it is *published* when its layer points to
    it, *withdrawn* when it was taken back, *superseded* when it was published
    once, and *staged* until then.
    """

    layer = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="editions")
    created_at = models.DateTimeField(auto_now_add=True)
    staged_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=500, help_text="The file or address as it was given.")
    source_sha256 = models.CharField(max_length=64)
    catalogue_digest = models.CharField(max_length=64)
    is_sample = models.BooleanField(default=False, help_text="Made up, for trying the service.")
    feature_count = models.PositiveIntegerField(default=0)
    quarantined_count = models.PositiveIntegerField(default=0)
    unplaced_count = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="Rows kept out for a fault, of which nobody knows where they lie; empty where"
        " they were not told apart.",
    )
    extent_27700 = models.JSONField(null=True, blank=True)
    extent_4326 = models.JSONField(null=True, blank=True)
    compared_with = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="What the three figures below are against; none for the first.",
    )
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    is_pinned = models.BooleanField(default=False, help_text="Kept until it is unpinned.")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["layer", "-published_at"], name="layers_edition_recent")]

    def __str__(self) -> str:
        return f"{self.layer.slug} edition {self.pk}"

    @property
    def state(self) -> str:
        if self.layer.published_edition_id == self.pk:
            return "published"
        if self.withdrawn_at:
            return "withdrawn"
        return "superseded" if self.published_at else "staged"
