"""The published layers that collections are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils import timezone

from layers.query.registry import PublishedLayer, standing_layers
from waste.roles import DATE, OURS, ROUND

ADDRESS = "address"
_NO_EDITION = 0


@dataclass(frozen=True, slots=True)
class Sources:
    """The layers with a role of ours, and of addresses, in page order. Several may have one."""

    published: tuple[PublishedLayer, ...]

    @classmethod
    def now(cls) -> Self:
        """Return those that are published."""
        roles = (*OURS, ADDRESS)
        return cls(tuple(layer for layer in standing_layers().layers if layer.role in roles))

    def editions(self, *roles: str) -> list[int]:
        """Return the published editions of layers with one of ``roles``."""
        return [one.edition_id for one in self.published if one.role in roles]

    def asked(self, *roles: str) -> list[int]:
        """Return the same for a statement: never nothing, for which every edition would be opened.

        PostgreSQL cannot tell from an empty array that no partition is meant, and plans for all.
        """
        return self.editions(*roles) or [_NO_EDITION]

    @property
    def has_rounds(self) -> bool:
        """Whether anything is published that says when something is collected."""
        return bool(self.editions(ROUND, DATE))

    @property
    def public_slugs(self) -> tuple[str, ...]:
        """The layers of ours that anybody may look at."""
        return tuple(one.slug for one in self._ours if one.is_public)

    @property
    def as_of(self) -> date | None:
        """The day on which the oldest edition of ours was published."""
        published = [one.published_at for one in self._ours]
        return timezone.localdate(min(published)) if published else None

    @property
    def _ours(self) -> Sequence[PublishedLayer]:
        return [one for one in self.published if one.role in OURS]
