"""Writes a File Geodatabase as ArcGIS would, by the GDAL that pyogrio brings."""

import ctypes
import zipfile
from pathlib import Path
from typing import Any

import geopandas
import pyogrio

from importers.read.child.gdal_library import gdal_library

_VECTOR, _UPDATE = 4, 1
_DOMAIN_NAME_FLAG = 1 << 6


class _CodedValue(ctypes.Structure):
    _fields_ = [("code", ctypes.c_char_p), ("value", ctypes.c_char_p)]


def write_geodatabase(
    path: Path, options: dict[str, Any] | None = None, **layers: geopandas.GeoDataFrame
) -> Path:
    """Write each of ``layers`` into the geodatabase at ``path``, a folder."""
    for place, (name, rows) in enumerate(layers.items()):
        pyogrio.write_dataframe(
            rows,
            path,
            layer=name,
            driver="OpenFileGDB",
            append=place > 0,
            # Else a whole number of 64 bits is written as a fraction.
            TARGET_ARCGIS_VERSION="ARCGIS_PRO_3_2_OR_LATER",
            **(options or {}),
        )
    return path


def zip_geodatabase(folder: Path, path: Path, *, name: str = "") -> Path:
    """Zip a geodatabase with its folder, called ``name`` in the zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, f"{name or folder.name}/{part.name}")
    return path


def give_domain(path: Path, layer: str, column: str, words: dict[int, str]) -> None:
    """Let the codes in a column of whole numbers have words, which pyogrio cannot write."""
    gdal = gdal_library()
    for function in ("GDALOpenEx", "GDALDatasetGetLayerByName", "OGR_L_GetLayerDefn"):
        getattr(gdal, function).restype = ctypes.c_void_p
    for function in ("OGR_FD_GetFieldDefn", "OGR_CodedFldDomain_Create", "OGR_Fld_Create"):
        getattr(gdal, function).restype = ctypes.c_void_p
    pointer = ctypes.c_void_p
    dataset = pointer(gdal.GDALOpenEx(str(path).encode(), _VECTOR | _UPDATE, None, None, None))
    values = [_CodedValue(str(code).encode(), word.encode()) for code, word in words.items()]
    enumeration = (_CodedValue * (len(values) + 1))(*values, _CodedValue(None, None))
    handle = pointer(gdal.GDALDatasetGetLayerByName(dataset, layer.encode()))
    definition = pointer(gdal.OGR_L_GetLayerDefn(handle))
    place = gdal.OGR_FD_GetFieldIndex(definition, column.encode())
    field = pointer(gdal.OGR_FD_GetFieldDefn(definition, place))
    kind = gdal.OGR_Fld_GetType(field)
    domain = pointer(gdal.OGR_CodedFldDomain_Create(b"kinds", b"", kind, 0, enumeration))
    assert gdal.GDALDatasetAddFieldDomain(dataset, domain, None)
    gdal.OGR_FldDomain_Destroy(domain)
    worded = pointer(gdal.OGR_Fld_Create(column.encode(), kind))
    gdal.OGR_Fld_SetDomainName(worded, b"kinds")
    assert gdal.OGR_L_AlterFieldDefn(handle, place, worded, _DOMAIN_NAME_FLAG) == 0
    gdal.OGR_Fld_Destroy(worded)
    gdal.GDALClose(dataset)
