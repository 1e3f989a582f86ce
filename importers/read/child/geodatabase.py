"""Reads one layer of an unpacked File Geodatabase by GDAL, with words in place of its codes."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from importers.errors import SourceUnreadable
from importers.read.child.crs_name import authority_code
from importers.read.child.flatten import DROPPED_HEIGHTS
from importers.read.child.gdal import (
    GdalLayer,
    count_features,
    has_heights,
    open_layer,
    plain_type,
    read_texts,
)
from importers.read.child.gdal_rows import kept_columns, opened_batch
from importers.read.child.geodatabase_words import TableWords, find_tables, read_table_words
from importers.read.child.opened import OpenedBatch, OpenedSource
from importers.read.child.several_layers import refuse_several_layers
from importers.read.request import ReadRequest

_DRIVER = "OpenFileGDB"
_CATALOGUE_TABLE = "a00000001.gdbtable"
_MULTIPATCH = "esriGeometryMultiPatch"


def open_source(request: ReadRequest) -> OpenedSource:
    """Return the rows of the one layer, or of ``request.table``, numbered from 1.

    The column of object ids comes first. Values of a coded domain, and of
    subtypes, come as the words that the geodatabase gives them; a code without
    words stays.

    Raises
    ------
    SourceUnreadable
        ``GDB-PARTS``, ``GDB-TYPE``, ``FMT-UNSUPPORTED`` for a compressed one,
        ``MULTI-LAYER``, ``NO-VECTOR``, ``NO-ROWS``, ``TOO-MANY-ROWS``,
        ``COL-TOO-MANY``, ``CRS-UNREADABLE`` or ``FILE-CORRUPT``.
    """
    path = Path(request.path)
    _check_parts(path)
    definitions = read_texts(
        path, driver=_DRIVER, layer="GDB_Items", column="Definition", LIST_ALL_TABLES="YES"
    )
    shape_types = find_tables(definitions)
    name = _choose_layer(shape_types, request.table)
    _refuse_surfaces(shape_types[name])
    words = read_table_words(definitions, name)
    layer = open_layer(
        path,
        driver=_DRIVER,
        layer=name,
        batch_rows=request.limits.batch_rows,
        # The words of a code may depend on the row's subtype.
        keep_codes=True,
    )
    count = count_features(path, layer=name)
    _check_size(count, layer, request)
    kept, notes = kept_columns(layer.fields)
    fields = [pa.field(layer.fields[place].name, layer.fields[place].type) for place in kept]
    return OpenedSource(
        form="File Geodatabase",
        fields=(
            pa.field(layer.fid_name, pa.int64()),
            *(words.worded_field(field) for field in fields),
        ),
        batches=_batches(layer, kept, words, count),
        crs=_crs(layer),
        encoding="utf-8",
        geometry_type=plain_type(layer.geometry_type),
        has_geometry=layer.has_geometry,
        findings=(*notes, *((DROPPED_HEIGHTS,) if has_heights(layer.geometry_type) else ())),
    )


def _check_parts(folder: Path) -> None:
    names = {each.name.lower() for each in folder.iterdir()}
    if any(name.endswith(".cdf") for name in names):
        raise SourceUnreadable(
            "The File Geodatabase is compressed, and compressed ones are not supported. In ArcGIS: "
            "Uncompress File Geodatabase Data, or export the layer to a GeoPackage.",
            code="FMT-UNSUPPORTED",
        )
    if _CATALOGUE_TABLE not in names:
        raise SourceUnreadable(
            f"The File Geodatabase lacks its {_CATALOGUE_TABLE}, which lists its layers. "
            "Zip the whole .gdb folder again, with every file in it.",
            code="GDB-PARTS",
        )


def _choose_layer(shape_types: dict[str, str], wanted: str | None) -> str:
    names = list(shape_types)
    if wanted is not None:
        names = [name for name in names if name.lower() == wanted.lower()] or names
    elif with_shapes := [name for name, kind in shape_types.items() if kind]:
        names = with_shapes
    if not names:
        raise SourceUnreadable(
            "The File Geodatabase holds no layer of features. Export the layer to a GeoPackage.",
            code="NO-VECTOR",
        )
    if len(names) > 1:
        raise refuse_several_layers("The File Geodatabase", names)
    return names[0]


def _refuse_surfaces(shape_type: str) -> None:
    if shape_type == _MULTIPATCH:
        raise SourceUnreadable(
            "The layer holds MultiPatch (3D surfaces), which is not read. In ArcGIS: Multipatch "
            "Footprint; then send the polygons.",
            code="GDB-TYPE",
        )


def _check_size(count: int, layer: GdalLayer, request: ReadRequest) -> None:
    if not count:
        raise SourceUnreadable("The layer has no rows.", code="NO-ROWS")
    if count > request.limits.rows:
        raise SourceUnreadable(
            f"The layer has {count:,} rows and at most {request.limits.rows:,} are read. "
            "Send it in parts.",
            code="TOO-MANY-ROWS",
        )
    if len(layer.fields) >= request.limits.columns:
        raise SourceUnreadable(
            f"The layer has {len(layer.fields)} columns and fewer than {request.limits.columns} "
            "are read. Leave out those that are not needed.",
            code="COL-TOO-MANY",
        )


def _crs(layer: GdalLayer) -> str | None:
    if layer.crs is None or layer.crs.startswith("EPSG:"):
        return layer.crs
    return authority_code(layer.crs)


def _batches(
    layer: GdalLayer, kept: list[int], words: TableWords, expected: int
) -> Iterator[OpenedBatch]:
    count = 0
    for batch in layer.batches:
        rows = list(range(count + 1, count + batch.num_rows + 1))
        count += batch.num_rows
        yield opened_batch(
            words.worded(batch),
            rows,
            [0, *(place + 1 for place in kept)],
            geometry=len(layer.fields) + 1 if layer.has_geometry else None,
            faults={},
            # The format says of no row whether it should have a shape.
            had_geometry=lambda fid: False,
        )
    if count != expected:
        raise SourceUnreadable(
            f"The layer says that it has {expected:,} rows and only {count:,} can be read. "
            "Export it to a GeoPackage and send that.",
            code="FILE-CORRUPT",
        )
