"""Gives dates with a time the zone that each is written with, which GDAL's Arrow batches drop."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

# GDAL writes what a cell says, and writes these for UTC.
_IN_UTC = r"(Z|\+00:00)$"
_KINDS = (pa.timestamp("ms"), pa.timestamp("ms", "UTC"))

MomentTypes = Mapping[str, pa.DataType]


def is_moment(field: "pa.Field[Any]") -> bool:
    """Return whether a field of texts holds dates with a time."""
    return (field.metadata or {}).get(b"GDAL:OGR:type") == b"DateTime"


def find_moment_types(names: Iterable[str], batches: Iterable[pa.RecordBatch]) -> MomentTypes:
    """Return a type for each column of moments written as text, by all of its cells.

    A column of Arrow has one zone. One with none, or UTC alone, is typed; every other stays
    text, so that a moment keeps the day and the hour that it was given in its own zone.
    """
    fitting = {name: list(_KINDS) for name in names}
    for batch in batches:
        for name, kinds in fitting.items():
            texts = batch.column(name)
            kinds[:] = [kind for kind in kinds if _may_be(texts, kind)]
    return {name: kinds[0] if kinds else pa.string() for name, kinds in fitting.items()}


def with_moments(batches: Iterable[pa.RecordBatch], types: MomentTypes) -> Iterator[pa.RecordBatch]:
    """Yield ``batches`` with the columns of moments, which are texts, as ``types`` says."""
    for batch in batches:
        for name, type_ in types.items():
            place = batch.schema.get_field_index(name)
            batch = batch.set_column(place, name, batch.column(place).cast(type_))
        yield batch


def _may_be(texts: "pa.Array[Any]", kind: "pa.TimestampType[Any, Any]") -> bool:
    if kind.tz and not pc.all(pc.match_substring_regex(texts, _IN_UTC), min_count=0).as_py():
        return False
    try:
        texts.cast(kind)
    except pa.ArrowInvalid:
        return False
    return True
