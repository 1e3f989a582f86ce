"""A source opened in the child, before it is written to the parent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from importers.findings import Finding

# A row that could not become a row: what is wrong with it, and its raw text.
Spoilt = tuple[Finding, str]


@dataclass(frozen=True, slots=True)
class OpenedBatch:
    """Consecutive rows. ``columns`` are in the order of `OpenedSource.fields`.

    ``told`` is what the reader put right, or has to say, about rows that are whole.
    """

    rows: "Sequence[int] | NDArray[np.int64]"
    columns: list["pa.Array[Any]"]
    wkb: "pa.Array[Any] | None" = None
    spoilt: tuple[Spoilt, ...] = ()
    told: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """What is known once a source is open; ``batches`` can be iterated over once."""

    form: str
    fields: tuple["pa.Field[Any]", ...]
    batches: Iterator[OpenedBatch] = field(repr=False)
    crs: str | None = None
    encoding: str | None = None
    geometry_type: str | None = None
    has_geometry: bool = False
    findings: tuple[Finding, ...] = ()
