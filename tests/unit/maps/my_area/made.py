"""A place and what layers say of it, without a database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gazetteer.query import Place
from layers.query.found import FoundFeature
from layers.query.registry import PublishedLayer, Standing
from maps.my_area.asked import Asked

FRIDAY = datetime(2026, 11, 27, 10, 30, tzinfo=ZoneInfo("Europe/London"))


def make_place(kind: Any = "address", label: str = "12 Oak Road", **changes: Any) -> Place:
    described: dict[str, Any] = {
        "kind": kind,
        "label": label,
        "slug": "uprn-1",
        "easting": 406000.0,
        "northing": 286000.0,
        "longitude": -1.9,
        "latitude": 52.47,
        "is_inside_council": True,
    }
    return Place(**{**described, **changes})


def make_found(title: str, distance_m: float = 0.0, **properties: Any) -> FoundFeature:
    return FoundFeature(
        title, title, {"name": title, **properties}, distance_m, longitude=-1.9, latitude=52.47
    )


def make_asked(
    *layers: PublishedLayer,
    place: Place | None = None,
    containing: Mapping[str, Sequence[FoundFeature]] | None = None,
    nearest: Mapping[str, Sequence[FoundFeature]] | None = None,
    unpublished: tuple[str, ...] = (),
) -> Asked:
    """Return what is asked of layers that say nothing, but for what is given by slug."""
    nothing: dict[str, Sequence[FoundFeature]] = {layer.slug: () for layer in layers}
    standing = Standing(
        digest="",
        layers=layers,
        public={layer.slug: layer for layer in layers if layer.is_public},
        by_role={layer.role: (layer,) for layer in layers if layer.role},
        unpublished=unpublished,
    )
    return Asked(
        place=place or make_place(),
        moment=FRIDAY,
        standing=standing,
        containing={**nothing, **(containing or {})},
        nearest={**nothing, **(nearest or {})},
    )
