"""Making an edition the one that everyone sees, and taking it back."""

from layers.publish.partition import partition_name
from layers.publish.prune import discard_edition, prune_editions
from layers.publish.publish import accept_edition, publish_edition, roll_back
from layers.publish.staged import StagedEdition
from layers.publish.views import replace_view

__all__ = [
    "StagedEdition",
    "accept_edition",
    "discard_edition",
    "partition_name",
    "prune_editions",
    "publish_edition",
    "replace_view",
    "roll_back",
]
