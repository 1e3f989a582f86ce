"""What a person at the desk asked to be done with an edition or a layer."""

from django.db import models

from importers.models.run import ImportRun
from layers.models import Layer


class Decision(models.Model):
    """One request of a person, which the worker carries out.

    The web process may write such a row and change nothing else: what was done, and
    when, is written by the worker, and the audit trail has the act itself.
    """

    class Verb(models.TextChoices):
        PUBLISH = "publish", "Publish"
        SET_ASIDE = "set-aside", "Set aside"
        ROLL_BACK = "roll-back", "Go back to an earlier edition"
        WITHDRAW = "withdraw", "Withdraw from the public"
        PIN = "pin", "Pin an edition"
        UNPIN = "unpin", "Unpin an edition"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for the worker"
        DONE = "done", "Done"
        REFUSED = "refused", "Not done"

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="decisions")
    verb = models.CharField(max_length=12, choices=Verb)
    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions"
    )
    edition_id = models.BigIntegerField(null=True, help_text="The edition that it is about.")
    reason = models.TextField(blank=True)
    overrides_checks = models.BooleanField(
        default=False, help_text="Publish in spite of failed checks; the reason says why."
    )
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    done_at = models.DateTimeField(null=True, blank=True)
    message = models.TextField(blank=True, help_text="Why it was not done, in words.")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["layer", "-id"], name="importers_decision_recent")]

    def __str__(self) -> str:
        return f"{self.asked_by}: {self.get_verb_display()}"
