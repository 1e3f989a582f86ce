"""Batches of rows as the reader hands them over, for tests of what comes after it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from importers.findings import Finding
from importers.read.batch import SourceBatch


def source_batch(
    columns: Mapping[str, Sequence[Any]],
    *,
    shapes: Sequence[shapely.Geometry | None] | None = None,
    first_row: int = 2,
    spoilt: tuple[tuple[Finding, str], ...] = (),
) -> SourceBatch:
    """Return a batch of these columns, whose rows count from ``first_row``."""
    table = pa.table(dict(columns))
    wkb = None if shapes is None else shapely.to_wkb(np.array(shapes, dtype=object))
    return SourceBatch(
        rows=np.arange(first_row, first_row + table.num_rows),
        columns=table,
        wkb=wkb,
        spoilt=spoilt,
    )
