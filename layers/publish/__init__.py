"""Making an edition the one that everyone sees, and taking it back."""

from layers.publish.acts import write_act
from layers.publish.changes import ChangeCounts, record_changes
from layers.publish.hide import hide_fields
from layers.publish.kept import lock_layer
from layers.publish.kept_out import write_kept_out
from layers.publish.partition import is_attached, partition_name
from layers.publish.prune import (
    discard_edition,
    forget_changes,
    pin_edition,
    prune_editions,
    reclaim_forgotten,
    unpin_edition,
)
from layers.publish.publish import accept_edition, publish_edition, roll_back, withdraw_layer
from layers.publish.source_checks import write_source_check
from layers.publish.staged import StagedEdition
from layers.publish.views import replace_view

__all__ = [
    "ChangeCounts",
    "StagedEdition",
    "accept_edition",
    "discard_edition",
    "forget_changes",
    "hide_fields",
    "is_attached",
    "lock_layer",
    "partition_name",
    "pin_edition",
    "prune_editions",
    "publish_edition",
    "reclaim_forgotten",
    "record_changes",
    "replace_view",
    "roll_back",
    "unpin_edition",
    "withdraw_layer",
    "write_act",
    "write_kept_out",
    "write_source_check",
]
