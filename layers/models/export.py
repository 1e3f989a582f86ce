"""A whole layer as a file, made once for an edition."""

from django.db import models

from layers.models.edition import Edition


class Export(models.Model):
    """One file of one edition, complete under `settings.EXPORTS_DIR`.

    A row is written after its file has its name, and deleted before the file is: so a
    row means a whole file. ``made_of`` is the digest of what the file says beside its
    features; where the layer says something else now, such as that a field is no longer
    public, the file is not given to anybody and is made anew.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="exports")
    format = models.CharField(max_length=12)
    file_name = models.CharField(max_length=200, help_text="Below the exports' folder.")
    bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    made_of = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["edition", "format"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "format"], name="layers_export_once")
        ]

    def __str__(self) -> str:
        return self.file_name
