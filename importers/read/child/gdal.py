"""Reads a layer with exactly one of GDAL's drivers, as Arrow batches."""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from importers.errors import SourceUnreadable
from importers.read.child.gdal_codes import code_field, with_plain_codes
from importers.read.child.gdal_library import gdal_library
from importers.read.child.gdal_moments import (
    MomentTypes,
    find_moment_types,
    is_moment,
    with_moments,
)
from importers.read.child.lean_imports import pyproj_hidden

with pyproj_hidden():
    import pyogrio
    import pyogrio.errors
    import pyogrio.raw

_OPTIONS = {
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "none",
    "GDAL_HTTP_MAX_RETRY": "0",
    "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
    "GDAL_NUM_THREADS": "1",
    "OGR_GPKG_NUM_THREADS": "1",
    # Its own implementation for GeoPackages starts a thread, which the child may not.
    "OGR_GPKG_STREAM_BASE_IMPL": "YES",
    "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
    "SHAPE_RESTORE_SHX": "NO",
}
# Shapes take longer than lines of a table. The fewer at once, the less do the child, its parent and
# PostgreSQL wait for each other at the beginning and at the end.
_MOST_SHAPES = 6_000
_FAULTS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
    pyogrio.errors.FieldError,
    pa.ArrowInvalid,
    OSError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class GdalLayer:
    """An open layer. A batch holds GDAL's feature ids, the ``fields``, and WKB if it has geometry.

    ``geometry_type`` is as GDAL says it ("MultiPolygon Z"), None without geometry;
    ``crs`` is a code or WKT, None where GDAL knows none.
    """

    fid_name: str
    fields: tuple["pa.Field[Any]", ...]
    has_geometry: bool
    geometry_type: str | None
    crs: str | None
    batches: Iterator[pa.RecordBatch] = field(repr=False)


def allow_only(driver: str) -> None:
    """Take every driver but ``driver`` out of this process, for good.

    pyogrio hands GDAL no list of allowed drivers, and GDAL chooses a driver by
    content: with all of them in place a VRT would be followed whatever its name.
    """
    gdal = gdal_library()
    kept = gdal.GDALGetDriverByName(driver.encode())
    for place in reversed(range(gdal.GDALGetDriverCount())):
        each = gdal.GDALGetDriver(place)
        if each != kept:
            gdal.GDALDeregisterDriver(ctypes.c_void_p(each))
    if set(pyogrio.list_drivers()) != {driver}:
        raise RuntimeError(f"GDAL kept other drivers than {driver}; refusing to open anything.")


def open_layer(
    path: Path,
    *,
    driver: str,
    layer: str | int | None,
    batch_rows: int,
    keep_codes: bool = False,
    sql: str | None = None,
    moments_as_text: bool = False,
    **options: str,
) -> GdalLayer:
    """Open ``layer`` of ``path``, or what ``sql`` gives of it, with ``driver`` alone.

    Codes come as the words of their domain, unless ``keep_codes``. Dates with a time are
    typed, without their zone, unless ``moments_as_text``.

    Raises
    ------
    SourceUnreadable
        ``FILE-CORRUPT``, here or from the batches.
    """
    allow_only(driver)
    pyogrio.set_gdal_config_options(_OPTIONS)
    try:
        opened = pyogrio.raw.open_arrow(
            path,
            layer=layer,
            sql=sql,
            return_fids=True,
            batch_size=min(batch_rows, _MOST_SHAPES),
            use_pyarrow=True,
            datetime_as_string=moments_as_text,
            **options,
        )
        meta, reader = opened.__enter__()
    except _FAULTS as error:
        raise _damaged() from error
    fields = tuple(code_field(each, keep_codes=keep_codes) for each in reader.schema)
    has_geometry = _is_geometry(fields[-1])
    return GdalLayer(
        fid_name=fields[0].name,
        fields=fields[1:-1] if has_geometry else fields[1:],
        has_geometry=has_geometry,
        geometry_type=meta["geometry_type"] if has_geometry else None,
        crs=meta["crs"],
        batches=_batches(opened, reader, keep_codes=keep_codes),
    )


def open_with_moments(
    path: Path, *, driver: str, layer: str | int, batch_rows: int, **options: str
) -> GdalLayer:
    """Open as `open_layer` does, with moments in the zones that they are written with.

    For the forms in which every cell may have a zone of its own. Where there are moments, the
    file is read twice: what type such a column has is known at its end.
    """
    opened = open_layer(
        path,
        driver=driver,
        layer=layer,
        batch_rows=batch_rows,
        keep_codes=False,
        moments_as_text=True,
        **options,
    )
    all_names = [each.name for each in opened.fields]
    names = [
        each.name for each in opened.fields if is_moment(each) and all_names.count(each.name) == 1
    ]
    if not names:
        return opened
    types = _moment_types(path, layer, names, options)
    return replace(
        opened,
        fields=tuple(
            pa.field(each.name, types[each.name]) if each.name in types else each
            for each in opened.fields
        ),
        batches=with_moments(opened.batches, types),
    )


def _moment_types(
    path: Path, layer: str | int, names: Sequence[str], options: dict[str, str]
) -> MomentTypes:
    found: MomentTypes = {}
    # What breaks off here breaks off again where the rows are read, and is told there.
    with (
        suppress(*_FAULTS),
        pyogrio.raw.open_arrow(
            path,
            layer=layer,
            columns=list(names),
            read_geometry=False,
            use_pyarrow=True,
            datetime_as_string=True,
            **options,
        ) as (_, reader),
    ):
        found = find_moment_types(names, reader)
    return found or dict.fromkeys(names, pa.string())


def read_texts(path: Path, *, driver: str, layer: str, column: str, **options: str) -> list[str]:
    """Return one column of a small layer, without what is empty.

    Raises
    ------
    SourceUnreadable
        ``FILE-CORRUPT``.
    """
    allow_only(driver)
    pyogrio.set_gdal_config_options(_OPTIONS)
    try:
        _, table = pyogrio.raw.read_arrow(
            path, layer=layer, columns=[column], read_geometry=False, **options
        )
    except _FAULTS as error:
        raise _damaged() from error
    return [str(text) for text in table.column(column).to_pylist() if text]


def count_features(path: Path, *, layer: str | int = 0) -> int:
    """Return how many features a file's header gives; `open_layer` comes first.

    Raises
    ------
    SourceUnreadable
        ``FILE-CORRUPT``.
    """
    try:
        return int(pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"])
    except _FAULTS as error:
        raise _damaged() from error


def _is_geometry(last: "pa.Field[Any]") -> bool:
    return (last.metadata or {}).get(b"ARROW:extension:name") == b"geoarrow.wkb"


def _batches(
    opened: Any, reader: pa.RecordBatchReader, *, keep_codes: bool
) -> Iterator[pa.RecordBatch]:
    try:
        for batch in reader:
            yield with_plain_codes(batch, keep_codes=keep_codes)
    except _FAULTS as error:
        raise _damaged() from error
    finally:
        opened.__exit__(None, None, None)


def _damaged() -> SourceUnreadable:
    return SourceUnreadable(
        "The file is damaged: it cannot be read to its end. Export and send it again.",
        code="FILE-CORRUPT",
    )


def plain_type(geometry_type: str | None) -> str | None:
    """Return a geometry type without its heights and measures, ``Mixed`` where GDAL says any."""
    if geometry_type is None:
        return None
    word = geometry_type.removeprefix("2.5D ").removeprefix("Measured ").removeprefix("3D ")
    word = word.split(" ")[0]
    return "Mixed" if word in ("Unknown", "Geometry") else word


def has_heights(geometry_type: str | None) -> bool:
    """Return whether GDAL says that a layer's geometries have heights or measures."""
    words = (geometry_type or "").split(" ")
    return bool({"2.5D", "3D", "Measured", "Z", "M", "ZM"} & set(words))
