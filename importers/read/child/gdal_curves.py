"""Turns curves in GDAL's WKB into straight segments: GEOS, and the service, know no others."""

import ctypes
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from importers.findings import Finding
from importers.read.child.curves import ARC_STEP_DEGREES
from importers.read.child.gdal_library import gdal_library

# Circular strings, compound curves, curve polygons, multi-curves and -surfaces, surfaces, TINs.
_CURVES = np.arange(8, 18)
_HEAD_BYTES = 5
_LITTLE_ENDIAN = 1


def straighten_curves(array: "pa.Array[Any]") -> tuple["pa.Array[Any]", list[int]]:
    """Return WKB without types of curves, and the places where there was an arc.

    A chord spans half a degree, so that it leaves its arc by less than 1 cm up to a
    radius of a kilometre. What GDAL itself cannot make straight stays as it is, for
    its reader to stumble over.
    """
    places = _curved_places(array)
    if not places:
        return array, []
    wkb = array.to_pylist()
    arcs = []
    for place in places:
        straight = _straight(wkb[place]) or wkb[place]
        # A curve of straight segments loses its wrapping; an arc becomes many segments.
        if len(straight) > len(wkb[place]):
            arcs.append(place)
        wkb[place] = straight
    return pa.array(wkb, pa.binary()), arcs


def say_straightened(row: int) -> Finding:
    """Return what is said of a row whose shape had curves."""
    message = f"The shape has arcs, which became straight segments of {ARC_STEP_DEGREES}°."
    return Finding("GEOM-CURVE", "fixed", message, row)


def _curved_places(array: "pa.Array[Any]") -> list[int]:
    """Return the places of WKB whose type is a curve, with heights or without."""
    lengths = np.diff(_offsets(array))
    heads = np.flatnonzero((lengths >= _HEAD_BYTES) & np.asarray(array.is_valid()))
    starts = _offsets(array)[heads]
    bytes_ = np.frombuffer(array.buffers()[2] or b"", np.uint8)
    codes = np.zeros(len(heads), np.int64)
    for at in range(4):
        low_first = bytes_[starts + 1 + at].astype(np.int64) << (8 * at)
        high_first = bytes_[starts + 1 + at].astype(np.int64) << (8 * (3 - at))
        codes += np.where(bytes_[starts] == _LITTLE_ENDIAN, low_first, high_first)
    # ISO adds thousands for heights and measures, older writers set the highest bits.
    is_curve = np.isin((codes & 0x0FFFFFFF) % 1_000, _CURVES)
    return [int(place) for place in heads[is_curve]]


def _offsets(array: "pa.Array[Any]") -> NDArray[np.int32]:
    start = array.offset
    return np.frombuffer(array.buffers()[1], np.int32)[start : start + len(array) + 1]


def _straight(wkb: bytes) -> bytes | None:
    gdal = gdal_library()
    geometry = ctypes.c_void_p()
    if gdal.OGR_G_CreateFromWkb(wkb, None, ctypes.byref(geometry), len(wkb)):
        return None
    linear = ctypes.c_void_p(
        gdal.OGR_G_GetLinearGeometry(geometry, ctypes.c_double(ARC_STEP_DEGREES), None)
    )
    gdal.OGR_G_DestroyGeometry(geometry)
    if not linear:
        return None
    content = ctypes.create_string_buffer(gdal.OGR_G_WkbSize(linear))
    is_faulty = gdal.OGR_G_ExportToIsoWkb(linear, _LITTLE_ENDIAN, content)
    gdal.OGR_G_DestroyGeometry(linear)
    return None if is_faulty else content.raw
