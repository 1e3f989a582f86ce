"""Reading points whose coordinate system a column says."""

from dataclasses import replace

import numpy as np
import pytest

from importers.catalogue.entries import ChecksEntry, CoordinateColumns, Crs
from importers.fixes import Fixes
from importers.transform.geometry import SourceShapes, shapes_from_columns, store_shapes
from tests.factories.batches import source_batch
from tests.factories.entries import layer_entry, source_entry

# One place in Birmingham in EPSG:27700 and, by OSTN15, in EPSG:4326.
GRID = ("406000", "286000")
DEGREES = ("-1.91309487", "52.47191708")
CRS_COLUMN = CoordinateColumns("x", "y", "EPSG:27700", "crs", {"our grid": "EPSG:27700"})


def shapes_of(*rows: tuple[str, str, str], pair: CoordinateColumns = CRS_COLUMN) -> SourceShapes:
    xs, ys, words = zip(*rows, strict=True)
    return shapes_from_columns(source_batch({"x": xs, "y": ys, "crs": words}), pair)


def test_each_row_is_read_as_it_says() -> None:
    source = shapes_of((*GRID, "OSGB36"), (*DEGREES, "WGS84"), (*DEGREES, " etrs89 "))

    stored = store_shapes(source, np.array([2, 3, 4]), "Point", ChecksEntry())

    assert stored.findings == []
    places = [(point.x, point.y) for point in stored.geom_27700]
    assert places == [pytest.approx((406_000, 286_000), abs=0.01)] * 3
    assert [point.x for point in stored.geom_4326] == [pytest.approx(-1.91309487, abs=1e-6)] * 3


def test_a_word_of_the_catalogue_is_known() -> None:
    source = shapes_of((*GRID, "Our Grid"))

    assert source.findings == []
    assert source.crs_by_row is not None
    assert source.crs_by_row.tolist() == ["EPSG:27700"]


@pytest.mark.parametrize("word", ["", "British Coordinate Systems", "GPS"])
def test_a_word_that_nobody_knows_keeps_its_row_out(word: str) -> None:
    source = shapes_of((*GRID, word), (*GRID, "OSGB36"))

    [finding] = source.findings
    assert (finding.kind, finding.severity, finding.row) == ("CRS-UNKNOWN", "error", 2)
    assert f"“{word}”" in finding.message
    assert source.shapes[0] is None
    assert source.shapes[1] is not None


def test_a_row_without_coordinates_need_not_say_their_system() -> None:
    source = shapes_of(("", "", ""))

    assert source.findings == []


@pytest.mark.parametrize("x", ["", "406000", "here"])
def test_a_row_with_anything_for_a_coordinate_must_say_its_system(x: str) -> None:
    source = shapes_of((x, GRID[1], ""))

    assert [finding.kind for finding in source.findings] == ["CRS-UNKNOWN"]


@pytest.mark.parametrize("crs", ["EPSG:27700", "EPSG:4326"])
def test_each_row_is_read_as_people_write_its_system_whatever_that_of_the_pair(crs: Crs) -> None:
    pair = replace(CRS_COLUMN, crs=crs)
    rows = [
        ("406,000", "286 000", "OSGB36"),
        ("SP 060 860", "", "OSGB36"),
        ("1.91309487W", "52°28.315025'N", "WGS84"),
        ("-1,91309487", "52,47191708", "ETRS89"),
    ]

    source = shapes_of(*rows, pair=pair)

    stored = store_shapes(source, np.arange(2, 6), "Point", ChecksEntry())
    places = [(point.x, point.y) for point in stored.geom_27700]
    square = (406_050, 286_050)
    assert places == [
        pytest.approx(place, abs=0.01)
        for place in ((406_000, 286_000), square, (406_000, 286_000), (406_000, 286_000))
    ]
    assert {finding.kind for finding in stored.findings} == {"COORD-MENDED", "GRID-REFERENCE"}


@pytest.mark.parametrize(
    ("x", "word", "wanted"),
    [
        ("SP 060 860", "WGS84", "degrees"),
        ("1.9W", "OSGB36", "metres"),
        ("4.06E+05", "OSGB36", "gone"),
    ],
)
def test_what_is_wrong_is_told_of_the_system_that_the_row_says(
    x: str, word: str, wanted: str
) -> None:
    source = shapes_of((x, "", word), (*GRID, "OSGB36"), (*DEGREES, "WGS84"))

    [finding] = source.findings
    assert (finding.kind, finding.row, finding.field) == ("COORD-INVALID", 2, "x")
    assert wanted in finding.message
    assert source.shapes[0] is None
    assert source.shapes[1] is not None


def test_half_a_position_is_told_whatever_the_rows_system() -> None:
    source = shapes_of((GRID[0], "", "OSGB36"), ("", DEGREES[1], "WGS84"))

    assert [(finding.kind, finding.row) for finding in source.findings] == [
        ("COORD-MISSING", 2),
        ("COORD-MISSING", 3),
    ]


def test_a_crs_that_a_person_confirmed_wins_over_the_column() -> None:
    entry = layer_entry(source=source_entry(coordinates=(CRS_COLUMN,)))

    [pair] = Fixes(crs="EPSG:4326").applied_to(entry).source.coordinates

    assert (pair.crs, pair.crs_column) == ("EPSG:4326", None)
