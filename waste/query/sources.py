"""The published layers that collections are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils import timezone

from layers.query.registry import PublishedLayer, layers_for_roles
from waste.roles import DATE, OURS, ROUND

ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Sources:
    """Layers by role, as they are now. Several may have one role."""

    layers: tuple[PublishedLayer, ...]

    @classmethod
    def published(cls) -> Self:
        """Return those that are published."""
        return cls(tuple(layers_for_roles((*OURS, ADDRESS))))

    def editions(self, role: str) -> list[int]:
        """Return the published editions of a role's layers."""
        return [layer.edition_id for layer in self.layers if layer.role == role]

    @property
    def has_rounds(self) -> bool:
        """Whether anything is published that says when something is collected."""
        return bool(self.editions(ROUND) or self.editions(DATE))

    @property
    def public_slugs(self) -> tuple[str, ...]:
        """The layers of ours that anybody may look at."""
        return tuple(layer.slug for layer in self._ours if layer.is_public)

    @property
    def as_of(self) -> date | None:
        """The day on which the oldest edition of ours was published."""
        published = [layer.published_at for layer in self._ours]
        return timezone.localdate(min(published)) if published else None

    @property
    def _ours(self) -> Sequence[PublishedLayer]:
        return [layer for layer in self.layers if layer.role in OURS]
