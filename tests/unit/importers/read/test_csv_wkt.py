"""A column of WKT becomes shapes in the sandbox; a cell that is none spoils its own row."""

import numpy as np
import pytest
import shapely

from tests.unit.importers.read.test_csv_table import only_batch, open_csv

POINT = b"POINT (406000 286000)"


def open_wkt(tmp_path, cells, **changes):
    rows = b"".join(b'%d,"%s"\n' % (number, cell) for number, cell in enumerate(cells, start=1))
    return open_csv(
        tmp_path, b"id,The_Geom\n" + rows, **({"wkt": "the_geom", "crs": "EPSG:27700"} | changes)
    )


def test_it_reads_any_shape_without_heights_and_none_for_an_empty_cell(tmp_path):
    cells = [
        POINT,
        b" polygon z((0 0 5,0 1 5,1 1 5,0 0 5)) ",
        b"SRID=27700;POINT(1 2)",
        b" \xe2\x80\x8b",
    ]

    opened = open_wkt(tmp_path, cells)

    batch = only_batch(opened)
    shapes = shapely.from_wkb(batch.wkb.to_numpy(zero_copy_only=False))
    assert (opened.has_geometry, opened.geometry_type, batch.spoilt) == (True, "Mixed", ())
    assert [shape and shape.wkt for shape in shapes] == [
        "POINT (406000 286000)",
        "POLYGON ((0 0, 0 1, 1 1, 0 0))",
        "POINT (1 2)",
        None,
    ]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (b"POINT(1,2)", "GEOM-INVALID"),
        (b"POINT (1 2) and more", "GEOM-INVALID"),
        (b"near the church", "GEOM-INVALID"),
        (b"SRID=4326;POINT(-1.9 52.4)", "CRS-MISMATCH"),
        (b"CIRCULARSTRING(0 0,1 1", "GEOM-INVALID"),
        (b"TIN(((0 0,0 1,1 1,0 0)))", "GEOM-SURFACE"),
        (b"GEOMETRYCOLLECTION(" * 50_000 + b")" * 50_000, "GEOM-TOO-DEEP"),
    ],
)
def test_it_spoils_the_row_whose_cell_is_no_shape(tmp_path, cell, kind):
    batch = only_batch(open_wkt(tmp_path, [POINT, cell, POINT]))

    assert batch.rows == [2, 4]
    ((finding, raw),) = batch.spoilt
    assert (finding.kind, finding.row, finding.field) == (kind, 3, "The_Geom")
    assert raw.startswith("2,")


def test_a_curve_becomes_straight_segments_within_a_centimetre_and_that_is_told(tmp_path):
    batch = only_batch(open_wkt(tmp_path, [POINT, b"CIRCULARSTRING(0 0,500 500,1000 0)"]))

    arc = shapely.from_wkb(batch.wkb.to_pylist()[1])
    middles = shapely.line_interpolate_point(arc, (np.arange(720) + 0.5) / 720, normalized=True)
    off_m = np.abs(shapely.distance(middles, shapely.Point(500, 0)) - 500)
    assert off_m.max() <= 0.01
    assert [(told.kind, told.severity, told.row) for told in batch.told] == [
        ("GEOM-CURVE", "fixed", 3)
    ]


def test_a_file_without_the_column_is_a_table_without_shapes(tmp_path):
    opened = open_wkt(tmp_path, [POINT], wkt="shape")

    assert (opened.has_geometry, opened.geometry_type) == (False, None)
