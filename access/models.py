"""Keys that were given out, and how often callers asked in a minute."""

from django.db import models
from django.utils import timezone


class ApiKey(models.Model):
    """A key that raises the rate limit, and unlocks nothing.

    Its secret is shown once and kept nowhere: what is kept is a digest. The secret has 256 bits of
    chance, so that a plain SHA-256 is as good as a slow one.
    """

    name = models.CharField(max_length=100, help_text="What it is used for.")
    contact = models.EmailField(help_text="Who is written to about it.")
    prefix = models.CharField(max_length=12, unique=True, editable=False)
    secret_sha256 = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="Empty: it does not.")
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "API key"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def state(self) -> str:
        if self.revoked_at:
            return "revoked"
        if self.expires_at and self.expires_at <= timezone.now():
            return "expired"
        return "good"


class HitCount(models.Model):
    """How often one caller asked in one minute, as far as the processes have told.

    UNLOGGED: a crash of PostgreSQL loses a minute's counts and nothing else. ``caller`` is a keyed
    digest of whom it is about and of the minute: it tells nobody who that was.
    """

    caller = models.CharField(max_length=32, primary_key=True)
    window = models.BigIntegerField(db_index=True, help_text="Minutes since 1970.")
    hits = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.hits} in minute {self.window}"
