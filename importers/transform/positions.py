"""The positions of a batch's rows from two of its columns."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from importers.catalogue.entries import CoordinateColumns, Crs
from importers.findings import Finding
from importers.invisible import strip_unseen
from importers.read.batch import SourceBatch
from importers.transform.cells import Mended, as_shown, is_empty
from importers.transform.column import read_column
from importers.transform.coordinates import Axis, read_coordinate, read_grid_reference
from importers.transform.mending import tell_mended
from importers.transform.plain import has_letters

_CODES: tuple[Crs, ...] = get_args(Crs)


@dataclass(frozen=True, slots=True)
class Positions:
    """x and y of each row in its CRS; NaN where a row has none."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    findings: list[Finding]


def read_positions(
    batch: SourceBatch, pair: CoordinateColumns, crs_by_row: NDArray[np.object_] | None = None
) -> Positions:
    """Return the position of each row, with a finding for each that is wrong or was put right.

    A cell that holds a National Grid reference gives both coordinates: the other
    cell is then empty or says the same.

    Parameters
    ----------
    crs_by_row
        The CRS that each row says, in which its cells are then read; what stands in a row
        whose CRS is None means nothing. Without it all are in the pair's.
    """
    findings: list[Finding] = []
    columns = [batch.columns.column(name).combine_chunks() for name in (pair.x, pair.y)]
    rows = batch.rows.tolist()
    x, y = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for in_one_crs, is_in, cells in _by_crs(columns, pair, crs_by_row):
        some_x, some_y = _read_in_one_crs(cells, rows, in_one_crs, findings)
        x[is_in], y[is_in] = some_x[is_in], some_y[is_in]
    findings.extend(_find_halves(x, y, columns, rows, pair, findings))
    return Positions(x, y, findings)


def _by_crs(
    columns: "list[pa.Array[Any]]", pair: CoordinateColumns, crs_by_row: NDArray[np.object_] | None
) -> Iterator[tuple[CoordinateColumns, NDArray[np.bool_], "list[pa.Array[Any]]"]]:
    """Yield the pair in each CRS, which rows are in it, and the columns without the others."""
    if crs_by_row is None:
        yield pair, np.ones(len(columns[0]), dtype=bool), columns
        return
    for code in _CODES:
        is_in = crs_by_row == code
        if is_in.any():
            mask = pa.array(is_in)
            cells = [pc.if_else(mask, column, None) for column in columns]
            yield replace(pair, crs=code), is_in, cells


def _read_in_one_crs(
    columns: "list[pa.Array[Any]]",
    rows: list[int],
    pair: CoordinateColumns,
    findings: list[Finding],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    referred = _read_references(columns, rows, pair, findings)
    x = _read_axis(columns[0], rows, pair, "x", set(referred), findings)
    y = _read_axis(columns[1], rows, pair, "y", set(referred), findings)
    for at, position in referred.items():
        x[at], y[at] = position
    return x, y


def _find_halves(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    columns: "list[pa.Array[Any]]",
    rows: list[int],
    pair: CoordinateColumns,
    found: list[Finding],
) -> list[Finding]:
    """Return an error for each row with one coordinate and no other: that is not no location."""
    faulty = {finding.row for finding in found if finding.severity == "error"}
    halves = []
    for at in np.flatnonzero(np.isnan(x) != np.isnan(y)):
        if rows[at] in faulty:
            continue
        there, missing = (pair.y, pair.x) if np.isnan(x[at]) else (pair.x, pair.y)
        shown = as_shown(columns[there == pair.y][at].as_py())
        message = f"“{there}” is “{shown}” and “{missing}” is empty. Fill in the other coordinate."
        halves.append(Finding("COORD-MISSING", "error", message, rows[at], missing))
    return halves


def _read_references(
    columns: "list[pa.Array[Any]]",
    rows: list[int],
    pair: CoordinateColumns,
    findings: list[Finding],
) -> dict[int, tuple[float, float]]:
    """Return the middle of the cell for each place that holds a grid reference."""
    if pair.crs != "EPSG:27700" or not any(has_letters(column) for column in columns):
        return {}
    referred: dict[int, tuple[float, float]] = {}
    mended: list[tuple[int, Any, Mended]] = []
    for at, (x, y) in enumerate(zip(*(column.to_pylist() for column in columns), strict=True)):
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
    return isinstance(value, str) and strip_unseen(value)[:1].isalpha()


def _read_axis(
    cells: "pa.Array[Any]",
    rows: list[int],
    pair: CoordinateColumns,
    axis: Axis,
    referred: set[int],
    findings: list[Finding],
) -> NDArray[np.float64]:
    column = pair.x if axis == "x" else pair.y
    if referred:
        is_referred = np.isin(np.arange(len(cells)), list(referred))
        cells = pc.if_else(pa.array(is_referred), None, cells)
    reading = read_column(cells, "number", lambda value: read_coordinate(value, pair.crs, axis))
    for place, value, error in reading.faults:
        shown = as_shown(value)
        message = f"“{column}” is “{shown}”; expected {error}."
        findings.append(Finding("COORD-INVALID", "error", message, rows[place], column, shown))
    mended = [(rows[place], value, result) for place, value, result in reading.mended]
    findings.extend(tell_mended(mended, title=column, field=column))
    return np.array(pc.fill_null(reading.values, np.nan))
