"""GeoParquet 1.1, by pyarrow: https://geoparquet.org/releases/v1.1.0/. Runs in the child alone."""

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from layers.exports.child import Order

_ROWS_IN_GROUP = 20_000


def write_parquet(order: "Order", reader: pa.RecordBatchReader) -> None:
    """Write the batches, a group of rows at a time, with what GeoParquet says of the shapes."""
    schema = reader.schema
    metadata = dict(order.metadata)
    if order.geometry_type != "None":
        metadata["geo"] = json.dumps(_describe_shapes(order, schema.names[-1]))
    else:
        schema = schema.remove(len(schema) - 1)
    with pq.ParquetWriter(order.path, schema.with_metadata(metadata), compression="zstd") as writer:
        held: list[pa.RecordBatch] = []
        for batch in reader:
            held.append(batch.select(schema.names))
            if sum(each.num_rows for each in held) >= _ROWS_IN_GROUP:
                writer.write_table(pa.Table.from_batches(held, schema=held[0].schema))
                held = []
        if held:
            writer.write_table(pa.Table.from_batches(held, schema=held[0].schema))


def _describe_shapes(order: "Order", name: str) -> dict[str, Any]:
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": order.parquet_types}
    if order.box:
        column["bbox"] = order.box
    if order.srid != 4326:
        from pyproj import CRS

        column["crs"] = CRS.from_epsg(order.srid).to_json_dict()
    return {"version": "1.1.0", "primary_column": name, "columns": {name: column}}
