"""Rows in the file = rows published + rows quarantined, for every form and with dirty rows."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from importers.catalogue.entries import ChecksEntry, LayerEntry
from importers.models import ImportRun
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers.crs import to_4326
from layers.models import Feature
from tests.factories.entries import council_entry, field_entry, layer_entry, source_entry
from tests.factories.source_files import (
    write_csv,
    write_geojson,
    write_geopackage,
    write_zipped_shapefile,
)

pytestmark = pytest.mark.django_db

# EPSG:27700: 1 good; 2 the same key again; 3 a bow-tie; 4 30 km east of the council;
# 5 without a shape; 6 a number that is none; 7 good, with a hole.
BOW_TIE = Polygon([(401_000, 281_000), (401_100, 281_100), (401_100, 281_000), (401_000, 281_100)])
HOLED = Polygon(
    box(402_000, 282_000, 402_100, 282_100).exterior,
    [box(402_040, 282_040, 402_060, 282_060).exterior],
)
PARKS: list[dict[str, Any]] = [
    {"ref": "P1", "keeper": "Ann", "trees": "12", "geometry": box(401e3, 281e3, 401100, 281100)},
    {"ref": "P1", "keeper": "Bo", "trees": "3", "geometry": box(403e3, 281e3, 403100, 281100)},
    {"ref": "P3", "keeper": "Cy", "trees": "4", "geometry": BOW_TIE},
    {"ref": "P4", "keeper": "Di", "trees": "5", "geometry": box(440e3, 281e3, 440100, 281100)},
    {"ref": "P5", "keeper": "Ed", "trees": "6", "geometry": None},
    {"ref": "P6", "keeper": "Flo", "trees": "many", "geometry": box(404e3, 281e3, 404100, 281100)},
    {"ref": "P7", "keeper": "Gus", "trees": "", "geometry": HOLED},
]
PARK_FAULTS = {
    2: "KEY-DUPLICATE",
    3: "GEOM-INVALID",
    4: "OUTSIDE-AREA",
    5: "NO-LOCATION",
    6: "NUMBER-INVALID",
}


def parks(driver: str) -> LayerEntry:
    return layer_entry(
        slug="parks",
        title="Parks",
        geometry_type="Polygon",
        source=source_entry(driver=driver, coordinates=()),
        fields=(field_entry("ref", required=True), field_entry("trees", "integer")),
        title_field="ref",
        checks=ChecksEntry(max_quarantined_share=1.0),
    )


def in_degrees(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    shapes = to_4326(np.array([row["geometry"] for row in rows], dtype=object))
    return [row | {"geometry": shape} for row, shape in zip(rows, shapes, strict=True)]


def write_parks_geojson(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    return write_geojson(path, in_degrees(list(rows)))


def import_file(entry: LayerEntry, path: Path) -> ImportReport:
    return import_layer(entry, council_entry(), ImportRequest(str(path)))


@pytest.mark.parametrize(
    ("driver", "name", "write"),
    [
        ("GeoJSON", "parks.geojson", write_parks_geojson),
        ("ESRI Shapefile", "parks.zip", write_zipped_shapefile),
        ("GPKG", "parks.gpkg", write_geopackage),
    ],
)
def test_every_row_of_a_file_with_shapes_is_published_or_quarantined(
    driver: str, name: str, write: Callable[[Path, Sequence[Any]], Path], tmp_path: Path
) -> None:
    path = write(tmp_path / name, PARKS)

    report = import_file(parks(driver), path)

    assert (report.outcome, report.reason) == ("published", "")
    assert (report.rows_read, report.published, report.quarantined) == (7, 2, 5)
    kept_out = {row.row: row.kind for row in ImportRun.objects.get().quarantined_rows.all()}
    assert kept_out == PARK_FAULTS
    stored = {feature.key: feature for feature in Feature.objects.filter(edition=report.edition)}
    assert sorted(stored) == ["P1", "P7"]
    assert stored["P1"].properties == {"ref": "P1", "trees": 12}
    # EPSG:27700, to a millimetre: GeoJSON went through degrees and back.
    shape = shapely.from_wkb(bytes(stored["P7"].geom_27700.wkb))
    assert shapely.hausdorff_distance(shape, HOLED) < 0.001
    assert shape.area == pytest.approx(100 * 100 - 20 * 20, abs=0.5)


TREES: list[dict[str, str]] = [
    {"ref": "T1", "name": "Oak", "height_m": "12.5", "Easting": "401000", "Northing": "281000"},
    {"ref": "", "name": "Ash", "height_m": "3", "Easting": "402000", "Northing": "282000"},
    {"ref": "T3", "name": "Elm", "height_m": "tall", "Easting": "403000", "Northing": "283000"},
    {"ref": "T4", "name": "Fir", "height_m": "9", "Easting": "4o3000", "Northing": "283000"},
    {"ref": "T5", "name": "Yew", "height_m": "", "Easting": "530000", "Northing": "180000"},
    {"ref": "T1", "name": "Oak", "height_m": "1", "Easting": "404000", "Northing": "284000"},
    {"ref": "T7", "name": "Bay", "height_m": "1,204", "Easting": "405000", "Northing": "285000"},
]


def test_every_row_of_a_table_is_published_or_quarantined(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "trees.csv", TREES)

    report = import_file(layer_entry(), path)

    assert report.outcome == "published"
    assert (report.rows_read, report.published, report.quarantined) == (7, 2, 5)
    # Rows count as a spreadsheet shows them: the header is row 1.
    assert {row.row: row.kind for row in ImportRun.objects.get().quarantined_rows.all()} == {
        3: "FIELD-EMPTY",
        4: "NUMBER-INVALID",
        5: "COORD-INVALID",
        6: "OUTSIDE-AREA",
        7: "KEY-DUPLICATE",
    }


def test_a_quarantined_row_is_kept_as_it_was_read(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "trees.csv", TREES)

    import_file(layer_entry(), path)

    assert ImportRun.objects.get().quarantined_rows.get(row=4).values == TREES[2]


def test_an_issue_says_row_field_value_and_what_was_expected(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "trees.csv", TREES)

    import_file(layer_entry(), path)

    issue = ImportRun.objects.get().issues.get(kind="NUMBER-INVALID")
    assert (issue.severity, issue.row, issue.field, issue.value) == ("error", 4, "height_m", "tall")
    assert issue.message == "“Height” is “tall”; expected a number, such as 12.5."


def test_a_line_with_too_many_cells_is_read_and_quarantined(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "trees.csv", TREES[:1])
    with path.open("a", encoding="utf-8") as file:
        file.write("T2,Oak,3,402000,282000,and,more\n")

    report = import_file(layer_entry(), path)

    assert (report.rows_read, report.published, report.quarantined) == (2, 1, 1)
    assert "and,more" in ImportRun.objects.get().quarantined_rows.get().values["text"]


def test_the_figures_of_the_report_are_written_down(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "trees.csv", TREES)

    report = import_file(layer_entry(), path)

    run = ImportRun.objects.get()
    edition = run.edition
    assert edition is not None
    assert (run.rows_read, run.published, run.quarantined) == (7, 2, 5)
    assert (edition.pk, edition.feature_count, edition.quarantined_count) == (report.edition, 2, 5)
    assert run.outcome == "published"
    assert run.finished_at is not None


def test_a_layer_of_several_batches_keeps_every_row(tmp_path: Path) -> None:
    rows = [
        {**TREES[0], "ref": f"T{number}", "height_m": "tall" if number % 1000 == 0 else "1"}
        for number in range(45_000)
    ]
    path = write_csv(tmp_path / "trees.csv", rows)

    report = import_file(layer_entry(), path)

    assert (report.rows_read, report.published, report.quarantined) == (45_000, 44_955, 45)
    assert Feature.objects.filter(edition=report.edition).count() == 44_955
