"""Opening a made file with one form's reader, outside the sandbox, for the tests of that form."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import shapely

from importers.errors import SourceUnreadable
from importers.read.child.opened import OpenedBatch, OpenedSource
from importers.read.request import ReadRequest


def request_for(path: Path, **changes: Any) -> ReadRequest:
    """Return the request to read ``path``; its form does not matter to a form's own reader."""
    members: dict[str, Any] = {
        "path": str(path),
        "scratch": str(path.parent),
        "form": "csv",
        "encoding": None,
        "has_header": True,
        "columns": (),
        "table": None,
    }
    return ReadRequest(**(members | changes))


def read_all(
    reader: ModuleType, path: Path, **changes: Any
) -> tuple[OpenedSource, list[OpenedBatch]]:
    """Open ``path`` with a form's reader and read it to its end."""
    opened = reader.open_source(request_for(path, **changes))
    return opened, list(opened.batches)


def refusal(reader: ModuleType, path: Path, **changes: Any) -> SourceUnreadable:
    """Return the fault with which ``path`` is refused."""
    with pytest.raises(SourceUnreadable) as caught:
        read_all(reader, path, **changes)
    return caught.value


def shapes_of(batch: OpenedBatch) -> list[str | None]:
    """Return a batch's shapes as WKT."""
    assert batch.wkb is not None
    return [wkb and shapely.from_wkb(wkb).wkt for wkb in batch.wkb.to_pylist()]


def rows_of(opened: OpenedSource, batch: OpenedBatch) -> list[dict[str, Any]]:
    """Return a batch's rows with the names of their columns, without what is not there."""
    names = [field.name for field in opened.fields]
    cells = zip(*(column.to_pylist() for column in batch.columns), strict=True)
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in cells
    ]
