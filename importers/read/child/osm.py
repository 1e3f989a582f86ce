"""Reads one kind of shapes of an OpenStreetMap extract, .osm.pbf or .osm, by GDAL.

Everything in such a file is a point, a line or an area with tags. `request.table` says which:
"points", "lines" or "multipolygons" (GDAL's words for them). Before the tags come two columns of
ours: ``osm_key``, by which OpenStreetMap finds the thing again ("way-4242" is its /way/4242), and
``kind``, the tag that says what it is ("highway=primary"), for a thing has many and a layer is
chosen by one.

https://gdal.org/en/stable/drivers/vector/osm.html
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio

from importers.errors import SourceUnreadable
from importers.read.child.gdal import GdalLayer, open_layer, plain_type
from importers.read.child.gdal_rows import opened_batch
from importers.read.child.opened import OpenedBatch, OpenedSource
from importers.read.child.osm_whole import check_blocks, check_xml
from importers.read.request import ReadRequest

_TABLES = ("points", "lines", "multipolygons", "multilinestrings", "other_relations")
_CONFIG = Path(__file__).with_name("osmconf.ini")
# What a thing is, the surest first: a park with grass in it is told by the grass, and is green.
_TELLING = (
    "highway", "railway", "waterway", "natural", "landuse", "leisure", "aeroway", "place",
    "amenity", "tourism", "historic", "man_made", "building", "boundary",
)  # fmt: skip
_KEY, _KIND = pa.field("osm_key", pa.string()), pa.field("kind", pa.string())
_ELEMENT = {"points": "node", "lines": "way"}


def open_source(request: ReadRequest) -> OpenedSource:
    """Return the things of the one table, numbered from 1, in EPSG:4326.

    Raises
    ------
    SourceUnreadable
        ``MULTI-LAYER`` where the catalogue names no table, ``NO-ROWS``, ``TOO-MANY-ROWS``,
        ``FILE-CORRUPT``; of XML also ``FMT-MISMATCH``, ``XML-DTD``, ``XML-TOO-DEEP``,
        ``XML-SYNTAX`` or ``TEXT-ENCODING``.
    """
    table = _table(request.table)
    if request.form == "osm":
        check_xml(Path(request.path), request.limits)
    else:
        check_blocks(Path(request.path))
    # Once most nodes are more than memory holds, GDAL puts them into files.
    pyogrio.set_gdal_config_options({"CPL_TMPDIR": request.scratch})
    layer = open_layer(
        Path(request.path),
        driver="OSM",
        layer=None,
        # By a statement, so that GDAL drops what is of other tables instead of piling it up.
        sql=f"SELECT * FROM {table}",  # noqa: S608 - one of _TABLES
        batch_rows=request.limits.batch_rows,
        CONFIG_FILE=str(_CONFIG),
    )
    return OpenedSource(
        form="OpenStreetMap",
        fields=(_KEY, _KIND, *layer.fields),
        batches=_batches(layer, table, request.limits.rows),
        crs="EPSG:4326",
        encoding="utf-8",
        geometry_type=plain_type(layer.geometry_type),
        has_geometry=layer.has_geometry,
    )


def _table(wanted: str | None) -> str:
    table = (wanted or "").lower()
    if table not in _TABLES:
        raise SourceUnreadable(
            f"An OpenStreetMap extract holds {', '.join(_TABLES[:3])} and more.",
            code="MULTI-LAYER",
            advice="Name one of them in the catalogue's source.table.",
        )
    return table


def _batches(layer: GdalLayer, table: str, most_rows: int) -> Iterator[OpenedBatch]:
    names = [field.name for field in layer.fields]
    count = 0
    for batch in layer.batches:
        rows = list(range(count + 1, count + batch.num_rows + 1))
        count += batch.num_rows
        if count > most_rows:
            raise SourceUnreadable(
                f"The extract has more than {most_rows:,} {table}. Cut it to the council's area "
                "first (osmium extract).",
                code="TOO-MANY-ROWS",
            )
        yield _opened(batch, rows, names, table)
    if not count:
        raise SourceUnreadable(f"The extract holds no {table}.", code="NO-ROWS")


def _opened(batch: pa.RecordBatch, rows: list[int], names: list[str], table: str) -> OpenedBatch:
    tags = {name: batch.column(1 + place).to_pylist() for place, name in enumerate(names)}
    ours = pa.RecordBatch.from_arrays(
        [
            batch.column(0),
            pa.array(_keys(tags, table, len(rows)), pa.string()),
            pa.array(_kinds(tags, len(rows)), pa.string()),
            *(batch.column(place) for place in range(1, batch.num_columns)),
        ],
        names=[batch.schema.field(0).name, _KEY.name, _KIND.name, *batch.schema.names[1:]],
    )
    return opened_batch(
        ours,
        rows,
        list(range(1, 3 + len(names))),
        geometry=3 + len(names),
        faults={},
        # GDAL puts shapes together itself, and leaves out what it cannot.
        had_geometry=lambda fid: False,
    )


def _keys(tags: Mapping[str, list[Any]], table: str, count: int) -> list[str | None]:
    """Return "node-1", "way-2" or "relation-3"; an area is a closed way or a relation."""
    ids = tags["osm_id"]
    if table in _ELEMENT:
        return [f"{_ELEMENT[table]}-{each}" for each in ids]
    ways = tags.get("osm_way_id") or [None] * count
    return [
        f"relation-{relation}" if relation else f"way-{way}"
        for relation, way in zip(ids, ways, strict=True)
    ]


def _kinds(tags: Mapping[str, list[Any]], count: int) -> list[str | None]:
    kinds: list[str | None] = [None] * count
    for name in reversed(_TELLING):
        for place, value in enumerate(tags.get(name, ())):
            if value:
                kinds[place] = f"{name}={value}"
    return kinds
