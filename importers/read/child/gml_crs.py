"""Reads the CRS that GML names, in any of the spellings that servers use."""

import re
from collections.abc import Collection

from importers.errors import SourceUnreadable

_EPSG = re.compile(
    r"(?:^|[:/#])(?:EPSG|epsg\.xml)(?:[:/#][0-9.]*)??[:/#]([0-9]{4,6})$", re.IGNORECASE
)
_LONLAT = re.compile(r"[:/]CRS84h?$", re.IGNORECASE)


def find_crs(names: Collection[str]) -> str | None:
    """Return the one authority code that all ``srsName`` mean, or None where there are none.

    GDAL has put the coordinates in the order x, y by the same names: a URN of
    EPSG:4326 gives latitude first, ``EPSG:4326`` longitude.

    Raises
    ------
    SourceUnreadable
        ``CRS-UNREADABLE`` or ``CRS-MIXED``.
    """
    codes = {_code(name) for name in names}
    if len(codes) > 1:
        raise SourceUnreadable(
            f"The file mixes coordinate systems ({', '.join(sorted(codes))}). "
            "Export it again in one of them.",
            code="CRS-MIXED",
        )
    return next(iter(codes), None)


def _code(name: str) -> str:
    if _LONLAT.search(name):
        return "EPSG:4326"
    if found := _EPSG.search(name.strip()):
        return f"EPSG:{found.group(1)}"
    raise SourceUnreadable(
        f"The file's srsName does not name a coordinate system that is known ({name[:80]!r}). "
        "Export it again in EPSG:27700 or EPSG:4326.",
        code="CRS-UNREADABLE",
    )
