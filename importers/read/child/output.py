"""Writes an opened source as the Arrow stream that `importers.read.wire` describes."""

import json
from typing import BinaryIO

import pyarrow as pa

from importers.read.child.opened import OpenedBatch, OpenedSource
from importers.read.wire import SOURCE_KEY, SPOILT_KEY, TOLD_KEY, findings_to_list, spoilt_to_json


def write_source(opened: OpenedSource, stream: BinaryIO) -> None:
    """Write ``opened`` to ``stream``, batch by batch."""
    schema = _schema(opened)
    options = pa.ipc.IpcWriteOptions(use_threads=False)
    with pa.ipc.new_stream(stream, schema, options=options) as writer:
        stream.flush()
        for batch in opened.batches:
            writer.write_batch(_record_batch(batch, schema), custom_metadata=_metadata(batch))
    stream.flush()


def _metadata(batch: OpenedBatch) -> dict[bytes, bytes] | None:
    metadata = {}
    if batch.spoilt:
        metadata[SPOILT_KEY] = spoilt_to_json(batch.spoilt)
    if batch.told:
        metadata[TOLD_KEY] = json.dumps(findings_to_list(batch.told)).encode()
    return metadata or None


def _schema(opened: OpenedSource) -> pa.Schema:
    fields = [pa.field("row", pa.int64()), *opened.fields]
    if opened.has_geometry:
        fields.append(pa.field("wkb", pa.binary()))
    source = {
        "form": opened.form,
        "crs": opened.crs,
        "encoding": opened.encoding,
        "geometry_type": opened.geometry_type,
        "has_geometry": opened.has_geometry,
        "findings": findings_to_list(opened.findings),
    }
    return pa.schema(fields, metadata={SOURCE_KEY: json.dumps(source).encode()})


def _record_batch(batch: OpenedBatch, schema: pa.Schema) -> pa.RecordBatch:
    arrays = [pa.array(batch.rows, pa.int64()), *batch.columns]
    if batch.wkb is not None:
        arrays.append(batch.wkb)
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
