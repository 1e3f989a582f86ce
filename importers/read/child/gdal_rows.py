"""Turns GDAL's batches into ours, and spoils the rows whose geometry or text GDAL lost."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.types
import shapely
from numpy.typing import NDArray

from importers.findings import Finding
from importers.read.child.flatten import flat_wkb, has_more_than_xy
from importers.read.child.gdal_curves import say_straightened, straighten_curves
from importers.read.child.gdal_texts import with_whole_texts
from importers.read.child.opened import OpenedBatch, Spoilt

# kind and message of a row that cannot be published, by its number
RowFaults = Mapping[int, tuple[str, str]]

_DAMAGED = ("GEOM-CORRUPT", "its geometry is damaged and cannot be read.")
# As every program writes it, in WKB of either sign.
_NAN = re.compile(rb"\x00{6}\xf8[\x7f\xff]")
_NOT_FINITE = ("GEOM-NAN", "its geometry has a coordinate that is not a number.")


def opened_batch(
    batch: pa.RecordBatch,
    rows: list[int],
    columns: list[int],
    *,
    geometry: int | None,
    faults: RowFaults,
    had_geometry: Callable[[int], bool],
) -> OpenedBatch:
    """Return ``batch`` as ours.

    Parameters
    ----------
    rows
        The number of each row, as a person counts.
    columns, geometry
        Places in ``batch`` of the columns to keep and of the WKB, if there is any.
    faults
        What is already known to be wrong, by row number.
    had_geometry
        Says of GDAL's feature id (the first column) whether the file holds a
        geometry for it. GDAL gives none for one that it cannot read, and that must
        not pass for "no location".
    """
    batch, spoilt_texts = with_whole_texts(batch, columns)
    faults = {**{rows[place]: fault for place, fault in spoilt_texts.items()}, **faults}
    wkb = None
    curved: list[int] = []
    if geometry is not None:
        array, curved = straighten_curves(batch.column(geometry))
        wkb, lost = _readable_wkb(array, batch.column(0), had_geometry)
        faults = {**{rows[place]: fault for place, fault in lost.items()}, **faults}
    whole = np.array([place for place, row in enumerate(rows) if row not in faults], np.int64)
    return OpenedBatch(
        rows=[rows[place] for place in whole],
        columns=[_taken(batch.column(column), whole) for column in columns],
        wkb=None if wkb is None else pa.array(wkb[whole], pa.binary()),
        spoilt=tuple(
            _spoil(row, faults[row], batch, place, columns)
            for place, row in enumerate(rows)
            if row in faults
        ),
        told=tuple(say_straightened(rows[place]) for place in curved if rows[place] not in faults),
    )


def _taken(array: "pa.Array[Any]", whole: NDArray[np.int64]) -> "pa.Array[Any]":
    return array if len(whole) == len(array) else array.take(pa.array(whole))


def _readable_wkb(
    array: "pa.Array[Any]", fids: "pa.Array[Any]", had_geometry: Callable[[int], bool]
) -> tuple[NDArray[np.object_], dict[int, tuple[str, str]]]:
    """Return 2D WKB and the faults of the geometries that are there and unreadable, by place."""
    wkb = array.to_numpy(zero_copy_only=False)
    geometries = shapely.from_wkb(wkb, on_invalid="ignore")
    lost = {
        place: _fault_of(wkb[place])
        for place in np.flatnonzero(shapely.is_missing(geometries)).tolist()
        if wkb[place] is not None or had_geometry(fids[place].as_py())
    }
    return (flat_wkb(geometries) if has_more_than_xy(geometries) else wkb), lost


def _fault_of(wkb: bytes | None) -> tuple[str, str]:
    """Return what is wrong with unreadable WKB: NaN where a ring begins leaves it open."""
    return _NOT_FINITE if wkb is not None and _NAN.search(wkb) else _DAMAGED


def _spoil(
    row: int, fault: tuple[str, str], batch: pa.RecordBatch, place: int, columns: list[int]
) -> Spoilt:
    kind, message = fault
    values = {batch.schema.field(each).name: batch.column(each)[place].as_py() for each in columns}
    return (
        Finding(kind, "error", f"Row {row}: {message}", row=row),
        json.dumps(values, default=str, ensure_ascii=False),
    )


def kept_columns(fields: Sequence["pa.Field[Any]"]) -> tuple[list[int], tuple[Finding, ...]]:
    """Return the places of the fields that can be kept, and a note on each of raw bytes."""
    binary = [
        place
        for place, field in enumerate(fields)
        if pyarrow.types.is_binary(field.type) or pyarrow.types.is_large_binary(field.type)
    ]
    notes = tuple(
        Finding(
            "COL-BINARY",
            "note",
            f"{fields[place].name} holds pictures or other raw bytes and was left out.",
            field=fields[place].name,
        )
        for place in binary
    )
    return [place for place in range(len(fields)) if place not in binary], notes


def plain_fields(
    fields: Sequence["pa.Field[Any]"], kept: Sequence[int]
) -> tuple["pa.Field[Any]", ...]:
    """Return the kept fields without what GDAL says about them on the side."""
    return tuple(pa.field(fields[place].name, fields[place].type) for place in kept)
