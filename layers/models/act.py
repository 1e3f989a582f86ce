"""The audit trail: who did what to a layer, when and why."""

from django.db import models

from layers.models.layer import Layer


class Act(models.Model):
    """One thing that a person, a schedule or a command did to a layer.

    Written in the transaction of the act itself, so that neither is there without
    the other, and never changed: the database refuses UPDATE and DELETE. Editions
    and imports are named by number, because the trail outlives them.
    """

    class Verb(models.TextChoices):
        ASKED = "asked", "Asked for an import"
        FIXED = "fixed", "Confirmed how a source is to be read"
        OVERRODE = "overrode", "Published in spite of a check"
        PUBLISHED = "published", "Published"
        SET_ASIDE = "set-aside", "Set aside"
        ROLLED_BACK = "rolled-back", "Went back to an earlier edition"
        WITHDREW = "withdrew", "Withdrew from the public"
        PINNED = "pinned", "Pinned an edition"
        UNPINNED = "unpinned", "Unpinned an edition"
        DROPPED = "dropped", "Dropped an edition that is no longer kept"

    # The verbs after which people see another edition, or none: what a change feed follows.
    MOVES = (Verb.PUBLISHED, Verb.ROLLED_BACK, Verb.WITHDREW)

    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=200, help_text="Who did it: a person, or what did it.")
    verb = models.CharField(max_length=12, choices=Verb)
    layer = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="acts")
    edition_id = models.BigIntegerField(null=True, help_text="The edition that it was done to.")
    previous_id = models.BigIntegerField(
        null=True, help_text="The edition that was published before."
    )
    run_id = models.BigIntegerField(null=True, help_text="The import that it belongs to.")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["layer", "-id"], name="layers_act_recent")]

    def __str__(self) -> str:
        return f"{self.actor}: {self.get_verb_display()}"
