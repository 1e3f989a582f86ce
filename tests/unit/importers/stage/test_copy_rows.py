"""Rows of the binary COPY, put together by column, are those that one would pack row by row."""

import struct

import numpy as np
import pyarrow as pa
import pytest
import shapely

from importers.stage import copy_rows


def packed(row: tuple[bytes | None, ...]) -> bytes:
    """Return one row as PostgreSQL's documentation has it."""
    cells = [b"\xff" * 4 if each is None else struct.pack(">i", len(each)) + each for each in row]
    return struct.pack(">h", len(row)) + b"".join(cells)


def ewkb(shape: shapely.Geometry | None, srid: int) -> bytes | None:
    if shape is None:
        return None
    return bytes(shapely.to_wkb(shapely.set_srid(shape, srid), include_srid=True))


POINTS = [shapely.Point(x, -x / 3) for x in (0.0, 1.5, 406_689.25)]
PARTS = shapely.multipolygons([shapely.box(0, 0, 1, 1), shapely.box(4, 4, 9, 9)])
# A square with a hole; two parts, which have a head each; and a line, whose SRID is another.
OTHERS = [
    shapely.box(0, 0, 9, 9).difference(shapely.box(1, 1, 2, 2)),
    PARTS,
    shapely.set_srid(shapely.LineString([(0, 0), (1, 2)]), 3857),
]
MIXED = [None, POINTS[0], PARTS]


@pytest.mark.parametrize("srid", [27700, 4326])
@pytest.mark.parametrize("members", [[b"{}", None, '{"a":"é"}'.encode()], [b"{}"] * 3, [None] * 3])
@pytest.mark.parametrize(
    "shapes", [POINTS, OTHERS, MIXED, [None] * 3], ids=["points", "others", "mixed", "none"]
)
def test_each_row_is_its_cells_with_their_lengths(
    shapes: list[shapely.Geometry | None], members: list[bytes | None], srid: int
) -> None:
    names = ["", "plain", "Œuf 🙂"]

    rows = copy_rows.copy_rows(
        [
            copy_rows.same_integer(-7),
            copy_rows.integers(np.array([1, 2, 2**40])),
            copy_rows.texts(pa.array(names)),
            copy_rows.jsons(pa.array(members, pa.large_binary())),
            copy_rows.geometries(np.array([*shapes, None], dtype=object)[:-1], srid),
        ]
    )

    expected = [
        packed(
            (
                struct.pack(">q", -7),
                struct.pack(">q", number),
                name.encode(),
                None if json is None else b"\x01" + json,
                ewkb(shape, srid),
            )
        )
        for number, name, json, shape in zip([1, 2, 2**40], names, members, shapes, strict=True)
    ]
    assert bytes(rows) == b"".join(expected)


def test_a_batch_without_rows_has_no_bytes() -> None:
    nothing = np.array([], dtype=object)

    rows = copy_rows.copy_rows(
        [copy_rows.integers(np.array([], np.int64)), copy_rows.geometries(nothing, 27700)]
    )

    assert bytes(rows) == b""
