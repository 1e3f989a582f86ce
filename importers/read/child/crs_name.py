"""Finds the authority code of a CRS from its WKT, whatever program spelt it."""

import math
from typing import TYPE_CHECKING

from importers.errors import SourceUnreadable

if TYPE_CHECKING:
    from pyproj import CRS

BRITISH_NATIONAL_GRID = "EPSG:27700"

_SURE = 70
_GRID_PARAMETERS = {
    "Latitude of natural origin": 49.0,
    "Longitude of natural origin": -2.0,
    "Scale factor at natural origin": 0.9996012717,
    "False easting": 400_000.0,
    "False northing": -100_000.0,
}
_AIRY_1830_METRES = 6_377_563.396


def authority_code(wkt: str) -> str:
    """Return a code such as ``EPSG:27700`` for a CRS in WKT.

    British National Grid is known by its numbers, because Esri, MapInfo and CAD
    programs all spell it differently and some leave the name out.

    Raises
    ------
    SourceUnreadable
        ``CRS-UNREADABLE``: not a CRS, or one without a code.
    """
    # Most sources give a code and no WKT, and a reader is started for each of them.
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        crs = CRS.from_wkt(wkt)
    except CRSError:
        raise _unreadable("cannot be read") from None
    # A WKT with TOWGS84 is a CRS bound to a datum shift that is not ours to use.
    crs = crs.source_crs or crs if crs.is_bound else crs
    if _is_british_national_grid(crs):
        return BRITISH_NATIONAL_GRID
    authority = crs.to_authority(min_confidence=_SURE)
    if authority is None:
        raise _unreadable(f"names a system without a known code ({crs.name[:60]})")
    name, code = authority
    if (name, code) == ("OGC", "CRS84"):
        return "EPSG:4326"
    return f"{name}:{code}"


def _is_british_national_grid(crs: "CRS") -> bool:
    operation = crs.coordinate_operation
    if not crs.is_projected or operation is None or crs.ellipsoid is None:
        return False
    values = {parameter.name: parameter.value for parameter in operation.params}
    return (
        operation.method_name == "Transverse Mercator"
        and math.isclose(crs.ellipsoid.semi_major_metre, _AIRY_1830_METRES, abs_tol=0.01)
        and all(axis.unit_conversion_factor == 1.0 for axis in crs.axis_info)
        and all(
            # Esri's exports round the scale factor at the ninth digit: 0.1 mm here.
            math.isclose(float(values.get(name, math.nan)), expected, rel_tol=1e-9)
            for name, expected in _GRID_PARAMETERS.items()
        )
    )


def _unreadable(what: str) -> SourceUnreadable:
    return SourceUnreadable(
        f"The file's coordinate system {what}. Export it again in British National Grid "
        "(EPSG:27700) or WGS 84 (EPSG:4326).",
        code="CRS-UNREADABLE",
    )
