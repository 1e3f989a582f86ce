"""From a source file to a staged edition and its issues."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.db import transaction

if TYPE_CHECKING:
    from layers.models import Layer


class ImportersConfig(AppConfig):
    name = "importers"

    def ready(self) -> None:
        from layers.publish.signals import layer_moved

        layer_moved.connect(_compare_waiting, dispatch_uid="importers.compare_waiting")


def _compare_waiting(layer: "Layer", **_: Any) -> None:
    """Compare what waits again, once people see another edition and nobody waits for that."""
    from importers.decide import compare_waiting

    # Whatever goes wrong with it, the layer has moved, and that is what whoever moved it is told.
    transaction.on_commit(partial(compare_waiting, layer.pk), robust=True)
