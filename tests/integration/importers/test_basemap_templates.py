"""Ordnance Survey's GeoPackages, small but of their real shape, through the basemap's templates."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from shapely import LineString, Point, box

from importers.catalogue.load import load_catalogue
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers.models import Feature, Layer
from sample_city.files import Table, write_geopackage_tables
from tests.factories.processes import ROOT

pytestmark = pytest.mark.django_db

X, Y = 407_000.0, 287_000.0
LINE, AREA, SPOT = LineString([(X, Y), (X + 90, Y)]), box(X, Y, X + 30, Y + 20), Point(X, Y)
# Beyond the council: suppliers send a square of 100 km, or the whole country.
FAR = LineString([(X + 60_000, Y), (X + 60_090, Y)])
SHAPES = {"LineString": LINE, "Polygon": AREA, "Point": SPOT}


def table(name: str, geometry_type: str, rows: list[dict[str, Any]], far: bool = False) -> Table:
    shapes = [SHAPES[geometry_type]] * len(rows)
    if far:
        shapes[-1] = FAR
    return Table(name, geometry_type, rows, shapes)


def numbered(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": f"0000-{number}", **row} for number, row in enumerate(rows)]


def openmap_local(path: Path) -> Path:
    roads = [
        "Motorway, Collapsed Dual Carriageway", "Primary Road", "A Road", "B Road",
        "Minor Road, Collapsed Dual Carriageway", "Local Road", "Restricted Local Access Road",
        "Shared Use Carriageway", "Something That Is New", "A Road",
    ]  # fmt: skip
    names = [
        ("Populated Place", "Extra Large"),
        ("Populated Place", "Small"),
        ("Hydrography", "Small"),
    ]
    return write_geopackage_tables(
        path,
        [
            table(
                "road",
                "LineString",
                numbered(
                    *(
                        {"distinctive_name": "High Street", "classification": each}
                        | {"road_number": "A38", "draw_level": 0, "feature_code": 15750}
                        for each in roads
                    )
                ),
                far=True,
            ),
            table("surface_water_area", "Polygon", numbered({"feature_code": 15609})),
            table("surface_water_line", "LineString", numbered({"feature_code": 15600})),
            table("woodland", "Polygon", numbered({"feature_code": 15999})),
            table("building", "Polygon", numbered({"feature_code": 15014})),
            table(
                "named_place",
                "Point",
                numbered(
                    *(
                        {"distinctive_name": "Aston", "classification": kind, "font_height": font}
                        for kind, font in names
                    )
                ),
            ),
        ],
    )


def zoomstack(path: Path) -> Path:
    kinds = ["National", "Regional", "Local"]
    return write_geopackage_tables(
        path,
        [
            table("roads_national", "LineString", _typed("Motorway", "Primary")),
            table("roads_local", "LineString", _typed("Minor", "Local", "Restricted", "Alley")),
            table("surfacewater", "Polygon", [{"type": kind} for kind in kinds]),
            table(
                "greenspace", "Polygon", [{"type": "Public Park Or Garden"}, {"type": "Cemetery"}]
            ),
            table(
                "names",
                "Point",
                [{"name1": "Aston", "type": each} for each in ("City", "Suburban Area", "Country")],
            ),
        ],
    )


def _typed(*kinds: str) -> list[dict[str, Any]]:
    return [{"type": kind, "name": "Long Lane", "number": "", "level": 0} for kind in kinds]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "birmingham"
    folder.mkdir()
    (folder / "council.toml").write_bytes((ROOT / "catalogue/birmingham/council.toml").read_bytes())
    return folder


def send(folder: Path, template: str, file: Path) -> ImportReport:
    (folder / f"{template}.toml").write_text(f'template = "{template}"\n', encoding="utf-8")
    catalogue = load_catalogue(folder)
    return import_layer(catalogue.layers[template], catalogue.council, ImportRequest(str(file)))


def classes(report: ImportReport) -> Counter[str]:
    assert report.outcome == "published", report.reason
    found = Feature.objects.filter(edition=report.edition)
    return Counter(each.properties.get("class") for each in found)


def test_roads_of_openmap_local_have_their_class_and_stop_at_the_council(
    folder: Path, tmp_path: Path
) -> None:
    report = send(folder, "os-openmap-local-road", openmap_local(tmp_path / "opmplc_sp.gpkg"))
    assert classes(report) == {
        "motorway": 1, "primary": 1, "a-road": 1, "b-road": 1, "minor": 1, "local": 3, "access": 1,
    }  # fmt: skip
    assert report.rows_read == report.published + report.quarantined == 10
    assert Layer.objects.get(slug="os-openmap-local-road").role == "basemap-road"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("surface-water-area", {None: 1}),
        ("surface-water-line", {"stream": 1}),
        ("woodland", {"wood": 1}),
        ("building", {None: 1}),
        ("populated-place", {"city": 1, "hamlet": 1}),
        ("other-name", {"water": 1}),
    ],
)
def test_each_layer_takes_its_table_of_the_one_file(
    folder: Path, tmp_path: Path, template: str, expected: dict[str | None, int]
) -> None:
    file = openmap_local(tmp_path / "opmplc_sp.gpkg")
    assert classes(send(folder, f"os-openmap-local-{template}", file)) == expected


def test_an_earlier_release_names_tables_and_columns_otherwise(
    folder: Path, tmp_path: Path
) -> None:
    row = {"ID": "1", "FEATCODE": 15600}
    file = write_geopackage_tables(
        tmp_path / "opmplc_gb.gpkg",
        [table("SurfaceWater_Line", "LineString", [row]), table("Road", "LineString", [row])],
    )
    assert classes(send(folder, "os-openmap-local-surface-water-line", file)) == {"stream": 1}


def test_two_tables_that_differ_by_an_underscore_are_not_taken_for_each_other(
    folder: Path, tmp_path: Path
) -> None:
    file = write_geopackage_tables(
        tmp_path / "odd.gpkg",
        [
            table("railway_track", "LineString", numbered({"classification": "Multi Track"})),
            table("RailwayTrack", "LineString", numbered({"classification": "Narrow Gauge"})),
        ],
    )
    assert classes(send(folder, "os-openmap-local-railway-track", file)) == {"rail": 1}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("roads-national", {"motorway": 1, "primary": 1}),
        ("roads-local", {"minor": 1, "local": 2, "access": 1}),
        ("surfacewater", {None: 1}),
        ("greenspace", {"park": 1, "open": 1}),
        ("names", {"city": 1, "suburb": 1}),
    ],
)
def test_zoomstack_is_read_at_its_most_detailed(
    folder: Path, tmp_path: Path, template: str, expected: dict[str | None, int]
) -> None:
    file = zoomstack(tmp_path / "OS_Open_Zoomstack.gpkg")
    assert classes(send(folder, f"os-open-zoomstack-{template}", file)) == expected
