"""The positions of a batch's rows from two of its columns."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from importers.catalogue.entries import CoordinateColumns
from importers.findings import Finding
from importers.read.batch import SourceBatch
from importers.transform.cells import Mended, ValueNotRead, as_shown, is_empty
from importers.transform.coordinates import Axis, read_coordinate, read_grid_reference
from importers.transform.mending import tell_mended

_PLAIN = r"^(?:[+-]?[0-9]{1,15}(?:\.[0-9]*)?)?$"


@dataclass(frozen=True, slots=True)
class Positions:
    """x and y of each row in the columns' CRS; NaN where a row has none."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    findings: list[Finding]


def read_positions(batch: SourceBatch, pair: CoordinateColumns) -> Positions:
    """Return the position of each row, with a finding for each that is wrong or was put right.

    A cell that holds a National Grid reference gives both coordinates: the other
    cell is then empty or says the same.
    """
    plain = [_plain_numbers(batch.columns.column(name)) for name in (pair.x, pair.y)]
    if plain[0] is not None and plain[1] is not None:
        return Positions(plain[0], plain[1], [])
    findings: list[Finding] = []
    columns = [batch.columns.column(name).to_pylist() for name in (pair.x, pair.y)]
    rows = batch.rows.tolist()
    referred = _read_references(columns, rows, pair, findings)
    x = _read_axis(columns[0], rows, pair, "x", set(referred), findings)
    y = _read_axis(columns[1], rows, pair, "y", set(referred), findings)
    for at, position in referred.items():
        x[at], y[at] = position
    return Positions(x, y, findings)


def _plain_numbers(column: "pa.ChunkedArray[Any]") -> NDArray[np.float64] | None:
    """Return a column of plain numbers and empty cells all at once, None for any other."""
    if pa.types.is_string(column.type):
        if not pc.all(pc.match_substring_regex(column, _PLAIN), min_count=0).as_py():
            return None
        column = pc.if_else(pc.equal(column, ""), None, column)
    elif not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        return None
    return np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)


def _read_references(
    columns: list[list[Any]], rows: list[int], pair: CoordinateColumns, findings: list[Finding]
) -> dict[int, tuple[float, float]]:
    """Return the middle of the cell for each place that holds a grid reference."""
    if pair.crs != "EPSG:27700":
        return {}
    referred: dict[int, tuple[float, float]] = {}
    mended: list[tuple[int, Any, Mended]] = []
    for at, (x, y) in enumerate(zip(*columns, strict=True)):
        # Nearly every cell is a number: one look at its first character is all that it costs.
        value = x if _may_refer(x) else y
        if not _may_refer(value) or (found := read_grid_reference(value)) is None:
            continue
        other = y if value is x else x
        if not is_empty(other) and other != value:
            continue
        easting, northing, half_m = found
        referred[at] = easting, northing
        note = f"a grid reference, read as the middle of its square of {2 * half_m:g} m"
        mended.append((rows[at], value, Mended(None, "GRID-REFERENCE", note, "warning")))
    findings.extend(tell_mended(mended, title=pair.x, field=pair.x))
    return referred


def _may_refer(value: Any) -> bool:
    return isinstance(value, str) and value.lstrip()[:1].isalpha()


def _read_axis(
    values: list[Any],
    rows: list[int],
    pair: CoordinateColumns,
    axis: Axis,
    referred: set[int],
    findings: list[Finding],
) -> NDArray[np.float64]:
    column = pair.x if axis == "x" else pair.y
    numbers = np.full(len(values), np.nan)
    mended: list[tuple[int, Any, Mended]] = []
    for at, value in enumerate(values):
        if at in referred or is_empty(value):
            continue
        try:
            result = read_coordinate(value, pair.crs, axis)
        except ValueNotRead as error:
            shown = as_shown(value)
            message = f"“{column}” is “{shown}”; expected {error}."
            findings.append(Finding("COORD-INVALID", "error", message, rows[at], column, shown))
            continue
        if isinstance(result, Mended):
            mended.append((rows[at], value, result))
            result = result.value
        numbers[at] = result
    findings.extend(tell_mended(mended, title=column, field=column))
    return numbers
