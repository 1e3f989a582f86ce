"""The process that makes one binary file by GDAL, from an Arrow stream on its input.

``python -m layers.exports.child ORDER``, the order being JSON (see `Order`). It knows no
database and no Django: what goes wrong or grows inside GDAL ends with this process, and
neither web nor worker holds GDAL's lock or memory.
"""

import json
import resource
import sys
from dataclasses import dataclass
from typing import Any

_MOST_MEMORY = 4 << 30


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written. Paths are absolute; ``srid`` is 4326 or 27700."""

    format: str
    path: str
    layer_name: str
    title: str
    description: str
    metadata: dict[str, str]
    srid: int
    geometry_type: str
    parquet_types: list[str]
    has_empty: bool
    id_column: str
    box: list[float] | None
    names: dict[str, str]
    most_bytes: int


def main(order: Order) -> None:
    """Write the file."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (order.most_bytes, order.most_bytes))
    import pyarrow as pa

    reader = pa.ipc.open_stream(sys.stdin.buffer)
    if order.format == "parquet":
        from layers.exports.parquet import write_parquet

        write_parquet(order, reader)
    else:
        from layers.exports.gdal import write_by_gdal

        write_by_gdal(order, reader)


def _read_order(text: str) -> Order:
    members: dict[str, Any] = json.loads(text)
    return Order(**members)


if __name__ == "__main__":
    main(_read_order(sys.argv[1]))
