"""The layers that a search reads, remembered while the database agrees."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from gazetteer.sql import read_statement
from layers.query.registry import PublishedLayer, layer_for_role
from layers.query.run import fetch_kept

Role = Literal["postcode", "address", "place", "ward", "property"]

_remembered: dict[str, PublishedLayer] = {}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_sources() -> dict[str, PublishedLayer]:
    """Return the published layer of each role that has one, as they are now.

    One statement asks where they stand; a layer is described anew only when it moved.
    """
    standing = dict(fetch_kept(read_statement("layers_by_role"), {}))
    return {
        role: layer for role, changed in standing.items() if (layer := _layer(role, int(changed)))
    }


def _layer(role: str, changed_us: int) -> PublishedLayer | None:
    known = _remembered.get(role)
    if known and (known.changed_at - _EPOCH) // timedelta(microseconds=1) == changed_us:
        return known
    layer = layer_for_role(role)
    if layer:
        _remembered[role] = layer
    return layer
