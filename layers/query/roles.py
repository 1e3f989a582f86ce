"""The published editions that domain apps read by role: of one role there may be several."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from layers.query.run import fetch_kept
from layers.sql import read_statement


@dataclass(frozen=True, slots=True)
class RoleEdition:
    """The published edition of a layer with a role. ``slug`` and ``is_public`` are the layer's."""

    role: str
    slug: str
    is_public: bool
    edition_id: int
    published_at: datetime


def editions_of_roles(roles: Iterable[str]) -> list[RoleEdition]:
    """Return the published editions of all layers with one of ``roles``, in page order.

    One small statement, for answers that need none of what a layer's description says.
    """
    rows = fetch_kept(read_statement("editions_of_roles"), {"roles": list(roles)})
    return [RoleEdition(*row) for row in rows]
