"""Writing the audit trail."""

from layers.models import Act, Layer

# What did an act when nobody said who.
BY_ITSELF = "the service"


def write_act(
    layer: Layer,
    verb: Act.Verb,
    *,
    actor: str,
    edition_id: int | None = None,
    previous_id: int | None = None,
    run_id: int | None = None,
    reason: str = "",
) -> Act:
    """Add one line to the layer's audit trail, in the caller's transaction.

    Parameters
    ----------
    actor
        Who did it, as others will read it: a user's name, "root at the command
        line", "the schedule". Empty: the service itself.
    """
    return Act.objects.create(
        layer=layer,
        verb=verb,
        actor=_as_text(actor or BY_ITSELF)[:200],
        edition_id=edition_id,
        previous_id=previous_id,
        run_id=run_id,
        reason=_as_text(reason),
    )


def _as_text(words: str) -> str:
    """Return words that PostgreSQL can hold: bytes of a command line that are no text by number."""
    return words.encode("utf-8", "backslashreplace").decode().replace("\0", "")
