"""Which editions can still be shown, and the lock under which that is decided."""

from layers.models import Act, Layer
from layers.publish.partition import is_attached


def lock_layer(layer_id: int) -> Layer:
    """Return the layer, which nobody else moves to another edition in this transaction.

    Publishing, going back, pinning and giving editions up all take this lock, so that
    none of them decides about an edition that another has just given up.
    """
    return Layer.objects.select_for_update(no_key=True).get(pk=layer_id)


def is_kept(edition_id: int) -> bool:
    """Return whether the edition's features are there, and are to stay."""
    return is_attached(edition_id) and not was_dropped(edition_id)


def was_dropped(edition_id: int) -> bool:
    """Return whether the audit trail says that the edition goes; its features may be there yet."""
    return Act.objects.filter(edition_id=edition_id, verb=Act.Verb.DROPPED).exists()
