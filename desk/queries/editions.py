"""The editions of a layer, and which of them are still kept."""

from dataclasses import dataclass

from django.db import connection

from layers.models import Edition, Layer
from layers.publish import partition_name

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class KeptEdition:
    """An edition as the desk lists it. ``is_kept``: its features are there to go back to."""

    edition: Edition
    state: str
    is_kept: bool

    @property
    def can_come_back(self) -> bool:
        return self.is_kept and self.state in ("withdrawn", "superseded")


def editions_of(layer: Layer) -> list[KeptEdition]:
    """Return the layer's newest editions."""
    editions = list(layer.editions.select_related("compared_with")[:_SHOWN])
    kept = _attached(editions)
    return [_describe(edition, edition.pk in kept) for edition in editions]


def is_kept(edition: Edition) -> bool:
    """Return whether an edition's features are there."""
    return edition.pk in _attached([edition])


def _describe(edition: Edition, is_attached: bool) -> KeptEdition:
    state = edition.state
    if not is_attached and state != "published":
        state = "dropped"
    return KeptEdition(edition, state, is_attached)


def _attached(editions: list[Edition]) -> set[int]:
    by_table = {partition_name(edition.pk): edition.pk for edition in editions}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits"
            " WHERE inhparent = 'layers_feature'::regclass"
            " AND inhrelid = ANY(SELECT to_regclass(name) FROM unnest(%s::text[]) AS name)",
            [list(by_table)],
        )
        return {by_table[name] for (name,) in cursor.fetchall()}
