"""What the cells of a sheet's column are, and the column that they make."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import pyarrow as pa

from importers.invisible import strip_unseen

_EXACT_INTEGER = 2**53


def is_filled(cell: Any) -> bool:
    """Return whether a cell holds anything: empty ones and spaces do not count."""
    return (
        cell is not None and cell != "" and not (isinstance(cell, str) and not strip_unseen(cell))
    )


def as_text(cell: Any) -> str:
    """Return a cell as text: whole numbers without decimals, dates as ISO 8601."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) <= _EXACT_INTEGER:
        return str(int(cell))
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).replace("\0", "")


@dataclass
class ColumnKinds:
    """The kinds of a column's filled cells, gathered one by one."""

    kinds: set[type] = field(default_factory=set)
    is_whole: bool = True

    def add(self, cell: Any) -> None:
        """Take in one cell."""
        if not is_filled(cell):
            return
        self.kinds.add(type(cell))
        if self.is_whole and isinstance(cell, float):
            self.is_whole = cell.is_integer() and abs(cell) <= _EXACT_INTEGER

    @property
    def has_any(self) -> bool:
        """Whether any cell is filled."""
        return bool(self.kinds)

    def arrow_type(self) -> "pa.DataType":
        """Return the type that keeps every cell as it is, text where kinds are mixed."""
        if self.kinds == {bool}:
            return pa.bool_()
        if self.kinds and self.kinds <= {int, float}:
            return pa.int64() if self.is_whole else pa.float64()
        if self.kinds == {date}:
            return pa.date32()
        if self.kinds and self.kinds <= {date, datetime}:
            return pa.timestamp("us")
        return pa.string()


def array_of(cells: Sequence[Any], kind: "pa.DataType") -> "pa.Array[Any]":
    """Return cells as an array of the type that `ColumnKinds` found."""
    filled = [cell if is_filled(cell) else None for cell in cells]
    if pa.types.is_string(kind):
        return pa.array([None if cell is None else as_text(cell) for cell in filled], kind)
    if pa.types.is_int64(kind):
        return pa.array([None if cell is None else int(cell) for cell in filled], kind)
    if pa.types.is_timestamp(kind):
        return pa.array([_moment(cell) for cell in filled], kind)
    return pa.array(filled, kind)


def _moment(cell: date | datetime | None) -> datetime | None:
    if cell is None or isinstance(cell, datetime):
        return cell
    return datetime.combine(cell, time())
