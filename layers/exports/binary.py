"""Making a GeoPackage, FlatGeobuf, GeoParquet or zipped shapefile: we read, a child writes."""

import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow as pa
from django.conf import settings

from layers.errors import DownloadFailed, DownloadTooLarge
from layers.exports.child import Order
from layers.exports.extract import Extract
from layers.exports.shapefile import LONGEST_TEXT, read_me, short_names
from layers.exports.survey import Survey
from layers.exports.table import Column, batches_of, columns_of, schema_of
from layers.exports.text import describe
from layers.query.downloads import provenance


def write_binary(
    format_name: str, extract: Extract, survey: Survey, path: Path, *, most_s: float
) -> None:
    """Write a file of that format to ``path``, which does not exist yet.

    ``path`` is in a folder of its own: the parts of a shapefile lie beside it.

    Raises
    ------
    DownloadTooLarge
        It took longer than ``most_s`` seconds, or more bytes than a file may have.
    DownloadFailed
        The process that writes it could not.
    """
    columns = columns_of(extract, survey)
    if format_name == "shp":
        _write_shapefile(extract, survey, columns, path, most_s)
        return
    order = _order(format_name, extract, survey, columns, path)
    _run_child(order, columns, batches_of(extract, columns), most_s)


def _write_shapefile(
    extract: Extract, survey: Survey, columns: tuple[Column, ...], path: Path, most_s: float
) -> None:
    # dBASE has dates and no times: these are written as texts.
    columns = tuple(
        replace(each, kind="text") if each.kind == "datetime" else each for each in columns
    )
    names = short_names([column.name for column in columns])
    folder = path.parent / "parts"
    folder.mkdir()
    ending = "shp" if extract.has_geometry else "dbf"
    target = folder / f"{extract.layer.slug}.{ending}"
    order = _order("shp", extract, survey, columns, target, names)
    _run_child(order, columns, batches_of(extract, columns), most_s)
    told = read_me(describe(extract), columns, names, survey.longest)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr("README.txt", told)
        for part in sorted(folder.iterdir()):
            archive.write(part, part.name)
            part.unlink()


def _order(
    format_name: str,
    extract: Extract,
    survey: Survey,
    columns: tuple[Column, ...],
    path: Path,
    names: dict[str, str] | None = None,
) -> Order:
    layer = extract.layer
    told = {name: "" if value is None else str(value) for name, value in provenance(layer).items()}
    return Order(
        format=format_name,
        path=str(path),
        layer_name=layer.slug,
        title=layer.title,
        description=describe(extract),
        metadata={**told, "title": layer.title, "description": layer.description},
        srid=extract.srid,
        geometry_type=_geometry_type(format_name, extract, survey),
        parquet_types=list(survey.geometry_types),
        has_empty=survey.has_empty,
        id_column=columns[0].name,
        box=list(survey.box) if survey.box else None,
        names=names or {},
        most_bytes=settings.DOWNLOAD_MAX_BYTES,
    )


def _geometry_type(format_name: str, extract: Extract, survey: Survey) -> str:
    """Return the type that a file declares: that of every shape in it, or any."""
    declared = extract.layer.geometry_type
    if declared == "None" or format_name == "shp":
        return declared  # a shapefile's polygons and lines may have several parts
    if len(survey.geometry_types) > 1:
        return "Unknown"
    return survey.geometry_types[0] if survey.geometry_types else declared


def _run_child(
    order: Order, columns: tuple[Column, ...], batches: Iterator[pa.RecordBatch], most_s: float
) -> None:
    command = [sys.executable, "-m", "layers.exports.child", json.dumps(asdict(order))]
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env={},
    )
    assert child.stdin is not None and child.stderr is not None
    is_late = threading.Event()

    def stop() -> None:
        is_late.set()
        child.kill()

    clock = threading.Timer(most_s, stop)
    clock.start()
    try:
        try:
            with child.stdin, pa.ipc.new_stream(child.stdin, schema_of(columns)) as stream:
                for batch in batches:
                    stream.write_batch(_within_limits(order, batch))
        except BrokenPipeError:
            pass  # what the child says, and how it ended, tell more
        complaint = child.stderr.read().decode(errors="replace")
        code = child.wait()
    finally:
        clock.cancel()
        child.kill()
        child.wait()
        child.stderr.close()
    if is_late.is_set():
        raise DownloadTooLarge(f"Making the file took more than {most_s:.0f} seconds.")
    if code:
        raise DownloadFailed(f"The file could not be written: {complaint[-2000:]}")


def _within_limits(order: Order, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the batch as the format can hold it."""
    if order.format != "shp":
        return batch
    arrays = [_cut(array) for array in batch.columns]
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)


def _cut(array: pa.Array) -> pa.Array:
    """Return texts of no more bytes than dBASE holds, cut between two characters."""
    if array.type != pa.string():
        return array
    return pa.array(
        [
            value
            if value is None or len(raw := value.encode()) <= LONGEST_TEXT
            else raw[:LONGEST_TEXT].decode(errors="ignore")
            for value in array.to_pylist()
        ],
        pa.string(),
    )
