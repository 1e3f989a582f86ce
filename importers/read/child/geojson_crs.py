"""Reads the CRS that GeoJSON declares: none by RFC 7946, a ``crs`` member before it."""

import re
from typing import Any

from importers.errors import SourceUnreadable

_DEFAULT = "EPSG:4326"
_LONLAT = re.compile(r"(OGC:|:OGC:[0-9.]*:|/OGC/[0-9.]+/)CRS84h?$", re.IGNORECASE)
_EPSG = re.compile(r"(?:^EPSG:|:EPSG:[0-9.]*:|/EPSG/[0-9.]+/)([0-9]{4,6})$", re.IGNORECASE)


def find_crs(collection: dict[str, Any]) -> str:
    """Return an authority code such as ``EPSG:27700``; axis order is always x, y.

    Raises
    ------
    SourceUnreadable
        ``CRS-UNREADABLE``: there is a ``crs`` member and it names nothing known.
    """
    member = collection.get("crs")
    if member is None:
        return _DEFAULT
    name = _name(member)
    if _LONLAT.search(name):
        return _DEFAULT
    if found := _EPSG.search(name):
        return f"EPSG:{found.group(1)}"
    raise SourceUnreadable(
        f"The file's crs member does not name a coordinate system that is known ({name[:80]!r}). "
        "Export it again in EPSG:27700 or EPSG:4326.",
        code="CRS-UNREADABLE",
    )


def _name(member: Any) -> str:
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name.strip() if isinstance(name, str) else ""
