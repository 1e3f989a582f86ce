"""Rows that were understood: typed, in both coordinate systems, each with its key."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from layers.crs import Geometries


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row that is kept out, as it was read, and the first fault that keeps it out."""

    row: int
    kind: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class PreparedBatch:
    """The rows of a batch that may be published. Arrays are all of one length.

    ``properties`` and ``restricted`` are JSON objects as UTF-8 bytes, the latter null for a
    row that has nothing restricted; geometries are shapely's, 2D, x before y, valid, None
    for a row without location.
    """

    rows: NDArray[np.int64]
    keys: list[str]
    properties: "pa.LargeBinaryArray"
    restricted: "pa.LargeBinaryArray"
    geom_27700: Geometries
    geom_4326: Geometries
    centroid_4326: Geometries

    def __len__(self) -> int:
        return len(self.keys)
