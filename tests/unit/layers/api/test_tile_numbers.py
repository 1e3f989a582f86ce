"""How a tile's numbers are written, and what is said about those that are not."""

import pytest

from layers.api.tile_answer import accepts_gzip
from layers.api.tile_numbers import read_tile
from layers.errors import NotFound
from layers.query.tile_grid import TileAddress


def test_it_reads_a_tile():
    assert read_tile("14", "8103", "5381") == TileAddress(14, 8103, 5381)
    assert read_tile("0", "0", "0") == TileAddress(0, 0, 0)


@pytest.mark.parametrize(
    ("zoom", "column", "row", "said"),
    [
        ("007", "1", "1", "write the zoom as 7, not “007”"),
        ("3", "01", "1", "write the column (x) as 1"),
        ("3", "1", "00", "write the row (y) as 0"),
        ("-1", "1", "1", "“-1” cannot be the zoom"),
        ("3", "-1", "1", "“-1” cannot be the column"),
        ("3", "8", "1", "columns (x) 0 to 7; 8 is not"),
        ("3", "1", "8", "rows (y) 0 to 7; 8 is not"),
        ("3", "9", "1", "columns (x) 0 to 7"),
        ("21", "1", "1", "Tiles go to zoom 20"),
        ("3", str(2**63), "1", "cannot be the column"),
        ("9" * 5000, "1", "1", "cannot be the zoom"),
        ("3", "1.0", "1", "cannot be the column"),
        ("3", "+1", "1", "cannot be the column"),
        ("3", " 1", "1", "cannot be the column"),
        ("3", "1_0", "1", "cannot be the column"),
        ("3", "１", "1", "cannot be the column"),
        ("3", "²", "1", "cannot be the column"),
        ("3", "", "1", "cannot be the column"),
        ("3", "1\0", "1", "cannot be the column"),
        ("{z}", "1", "1", "“{z}” stands for a number: the zoom"),
        ("3", "{x}", "1", "“{x}” stands for a number"),
        ("3", "1", "{-y}", "“{-y}” stands for a number"),
        ("3", "1", "{bbox-epsg-3857}", "“{bbox-epsg-3857}” stands for a number"),
        ("3", "1", "1@2x", "“@2x” is for pictures"),
    ],
)
def test_anything_else_is_not_found_and_told_why(zoom, column, row, said):
    with pytest.raises(NotFound) as refused:
        read_tile(zoom, column, row)

    assert said in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("gzip, deflate, br, zstd", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("GZIP", True),
        ("*", True),
        ("gzip ; q=0.001", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, br", False),
        ("br;q=0, gzip;q=0, *;q=0", False),
        ("identity", False),
        ("notgzip, gzipped", False),
        ("gzip;q=0, *", False),
    ],
)
def test_it_knows_who_takes_gzip(header, accepted):
    assert accepts_gzip(header) is accepted
