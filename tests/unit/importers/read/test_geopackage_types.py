"""What SQLite keeps in a column of another type comes as the text it is, not as GDAL's guess."""

import pyarrow as pa
import pytest

from importers.read.child.geopackage_safety import choose_table, opened_database
from importers.read.child.geopackage_types import find_mistyped, read_as_text
from tests.unit.importers.read.made_files import write_geopackage


def look_at(tmp_path, type_, *cells):
    """Return whether a column that GDAL says is of ``type_`` is mistyped, and its texts."""
    sql = "ALTER TABLE trees ADD COLUMN value ANY; DELETE FROM trees;" + "".join(
        f"INSERT INTO trees (fid, value) VALUES ({fid}, {cell});"
        for fid, cell in enumerate(cells, start=1)
    )
    path = write_geopackage(tmp_path / "trees.gpkg", extra_sql=sql)
    with opened_database(path) as database:
        table = choose_table(database, None)
        mistyped = find_mistyped(database, table, [pa.field("value", type_)])
        database.text_factory = bytes
        texts = read_as_text(database, table, "value", range(1, len(cells) + 1))
    return mistyped == [0], texts.to_pylist()


MOMENT = pa.timestamp("ms", "UTC")


@pytest.mark.parametrize(
    ("type_", "cells", "texts"),
    [
        (pa.int32(), ("'abc'", "7"), ["abc", "7"]),
        (pa.int32(), ("1.5", "7"), ["1.5", "7"]),
        (pa.int32(), ("3000000000", "-7"), ["3000000000", "-7"]),
        (pa.int64(), ("'12 trees'", "9007199254740993"), ["12 trees", "9007199254740993"]),
        (pa.bool_(), ("2", "1"), ["2", "1"]),
        (pa.bool_(), ("'yes'", "0"), ["yes", "0"]),
        (pa.float64(), ("'1,204'", "1.5", "2.0"), ["1,204", "1.5", "2"]),
        (pa.date32(), ("'31/02/2024'", "'2024-06-01'"), ["31/02/2024", "2024-06-01"]),
        (pa.date32(), ("'2024-02-31'",), ["2024-02-31"]),
        (pa.date32(), ("20240601",), ["20240601"]),
        (MOMENT, ("'soon'", "'2024-06-01T10:00:00Z'"), ["soon", "2024-06-01T10:00:00Z"]),
        (MOMENT, ("'now'",), ["now"]),
        (MOMENT, ("'2024-06-01T10:00:00+01:00'",), ["2024-06-01T10:00:00+01:00"]),
        (MOMENT, ("'2024-02-31T10:00:00Z'",), ["2024-02-31T10:00:00Z"]),
    ],
)
def test_a_column_with_a_cell_of_another_type_comes_as_its_texts(tmp_path, type_, cells, texts):
    assert look_at(tmp_path, type_, *cells) == (True, texts)


@pytest.mark.parametrize(
    ("type_", "cells"),
    [
        (pa.int32(), ("-2147483648", "2147483647", "NULL")),
        (pa.int64(), ("9223372036854775807",)),
        (pa.bool_(), ("0", "1", "NULL")),
        (pa.float64(), ("1.5", "2", "NULL")),
        (pa.date32(), ("'2024-02-29'", "NULL")),
        (MOMENT, ("'2024-02-29T10:00:00.123Z'", "'2024-02-29 10:00+00:00'", "'2024-02-29'")),
        (pa.string(), ("'abc'", "12")),
    ],
)
def test_a_column_whose_cells_are_of_its_type_is_left_to_gdal(tmp_path, type_, cells):
    is_mistyped, _ = look_at(tmp_path, type_, *cells)

    assert not is_mistyped
