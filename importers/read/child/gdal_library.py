"""The GDAL that pyogrio has loaded, for the few calls that pyogrio has no name for."""

import ctypes
import functools
from pathlib import Path

# What returns a pointer: else ctypes would cut it to 32 bits.
_POINTERS = ("GDALGetDriver", "GDALGetDriverByName", "OGR_G_GetLinearGeometry")


@functools.cache
def gdal_library() -> ctypes.CDLL:
    """Return the library, be it pyogrio's own or the system's."""
    gdal = ctypes.CDLL(_path())
    for name in _POINTERS:
        getattr(gdal, name).restype = ctypes.c_void_p
    return gdal


def _path() -> str:
    for line in Path("/proc/self/maps").read_text().splitlines():
        path = line.rpartition(" ")[2]
        if "libgdal" in path:
            return path
    raise RuntimeError("pyogrio has loaded no GDAL library that can be found.")
