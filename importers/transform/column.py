"""Reads one column: each different value once, or plain cells at once and only the rest by cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from importers.catalogue.entries import FieldType
from importers.transform.cells import Mended, ValueNotRead
from importers.transform.plain import plain_reader

_Told = TypeVar("_Told")
_FEW = 1_000
_MOST_DIFFERENT = 0.9
# What a field's values are kept as; all others are text.
_KEPT_AS: dict[FieldType, pa.DataType] = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """A column's typed values, null where empty or not read, and what was said of some.

    ``faults`` and ``mended`` are in the order of the rows: the place, the cell as it was, and
    what was expected of it or became of it.
    """

    values: "pa.Array[Any]"
    faults: Sequence[tuple[int, Any, ValueNotRead]] = ()
    mended: Sequence[tuple[int, Any, Mended]] = ()


def kept_type(type_: FieldType) -> pa.DataType:
    """Return the Arrow type of a field's values."""
    return _KEPT_AS.get(type_, pa.string())


def read_column(
    cells: "pa.Array[Any]",
    type_: FieldType,
    read: Callable[[Any], Any],
    *,
    may_be_plain: bool = True,
) -> ColumnReading:
    """Read all cells of a column as `read` would read each of them; empty ones are null.

    Parameters
    ----------
    cells
        A column of a batch, in one piece.
    read
        The careful reader of the field's values, which alone knows what they mean. It answers
        by the value alone, so equal cells are read once.
    may_be_plain
        A cell that looks like a value of the type means itself. Words that stand for something
        do not.
    """
    if not may_be_plain:
        encoded = cells.dictionary_encode()
        return _spread_over(encoded, _read_each(encoded.dictionary, type_, read))
    if _is_told_apart_by_equality(cells.type) and _may_repeat(cells, type_):
        encoded = cells.dictionary_encode()
        if len(encoded.dictionary) * 2 <= len(cells):
            return _spread_over(encoded, _read_by_cell(encoded.dictionary, type_, read))
    return _read_by_cell(cells, type_, read)


def _is_told_apart_by_equality(type_: pa.DataType) -> bool:
    """Return whether equal cells are the same cell. The floats 0 and -0 are equal, and are not."""
    return bool(
        pa.types.is_string(type_)
        or pa.types.is_integer(type_)
        or pa.types.is_boolean(type_)
        or pa.types.is_temporal(type_)
    )


def _may_repeat(cells: "pa.Array[Any]", type_: FieldType) -> bool:
    """Return whether to look for equal cells: not where the first are different and read at once.

    Finding out that all 20,000 descriptions of a batch differ takes longer than reading them.
    """
    if plain_reader(type_, cells.type) is None:
        return True
    few = cells.slice(0, _FEW)
    return bool(pc.count_distinct(few, mode="all").as_py() <= _MOST_DIFFERENT * len(few))


def _spread_over(encoded: "pa.DictionaryArray[Any]", different: ColumnReading) -> ColumnReading:
    """Return the reading of a column whose different values were read once."""
    values = different.values.take(encoded.indices)
    indices = np.asarray(pc.fill_null(encoded.indices, -1))
    return ColumnReading(
        values, _spread(different.faults, indices), _spread(different.mended, indices)
    )


def _spread(
    told: Sequence[tuple[int, Any, _Told]], indices: NDArray[np.int32]
) -> list[tuple[int, Any, _Told]]:
    """Return what was said of different values, said of each cell that holds one of them."""
    if not told:
        return []
    said_of = {place: (cell, said) for place, cell, said in told}
    places = np.flatnonzero(np.isin(indices, list(said_of)))
    return [(int(place), *said_of[int(indices[place])]) for place in places]


def _read_by_cell(
    cells: "pa.Array[Any]", type_: FieldType, read: Callable[[Any], Any]
) -> ColumnReading:
    reader = plain_reader(type_, cells.type)
    if reader is None:
        return _read_each(cells, type_, read)
    values, plain = reader(cells)
    left = np.flatnonzero(~plain & np.asarray(pc.is_valid(cells)))
    if not len(left):
        return ColumnReading(values)
    rest = _read_each(cells.take(pa.array(left)), type_, read)
    return ColumnReading(
        _put(values, left, rest.values),
        [(int(left[place]), cell, fault) for place, cell, fault in rest.faults],
        [(int(left[place]), cell, result) for place, cell, result in rest.mended],
    )


def put_values(values: "pa.Array[Any]", by_place: Mapping[int, Any]) -> "pa.Array[Any]":
    """Return ``values`` with others at some places, which are in ascending order."""
    if not by_place:
        return values
    return _put(values, np.array(list(by_place)), pa.array(list(by_place.values()), values.type))


def _put(
    values: "pa.Array[Any]", places: NDArray[np.int64], replacements: "pa.Array[Any]"
) -> "pa.Array[Any]":
    is_replaced = np.zeros(len(values), dtype=bool)
    is_replaced[places] = True
    return pc.replace_with_mask(values, pa.array(is_replaced), replacements)


def _read_each(
    cells: "pa.Array[Any]", type_: FieldType, read: Callable[[Any], Any]
) -> ColumnReading:
    values: list[Any] = []
    faults: list[tuple[int, Any, ValueNotRead]] = []
    mended: list[tuple[int, Any, Mended]] = []
    for place, cell in enumerate(cells.to_pylist()):
        try:
            result = read(cell)
        except ValueNotRead as error:
            faults.append((place, cell, error))
            result = None
        if isinstance(result, Mended):
            mended.append((place, cell, result))
            result = result.value
        values.append(result)
    return ColumnReading(pa.array(values, kept_type(type_)), faults, mended)
