"""Every form of source on its whole way to an edition, in its place and without a row lost."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely

from importers.catalogue.entries import LayerEntry
from importers.pipeline import import_layer
from importers.request import ImportRequest
from layers import crs
from layers.models import Feature
from tests.factories.entries import council_entry, field_entry, layer_entry, source_entry
from tests.factories.source_files import write_csv

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

POINTS_27700 = {f"T{place}": (405_000.0 + 10 * place, 285_000.0 + place) for place in range(1, 6)}


@pytest.fixture(autouse=True)
def _sources(tmp_path: Path, settings: Any) -> None:
    settings.SOURCES_DIR = tmp_path / "sources"


def frame(srid: int) -> geopandas.GeoDataFrame:
    points = np.array([shapely.Point(point) for point in POINTS_27700.values()], dtype=object)
    shapes = points if srid == 27700 else crs.to_4326(points)
    columns = {"ref": list(POINTS_27700), "name": ["Oak"] * len(points)}
    return geopandas.GeoDataFrame(columns, geometry=list(shapes), crs=srid)


def written_by_gdal(driver: str, name: str, srid: int) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        frame(srid).to_file(path, driver=driver)
        return path

    return write


def zipped_mapinfo(folder: Path) -> Path:
    parts = folder / "parts"
    parts.mkdir()
    frame(27700).to_file(parts / "trees.mif", driver="MapInfo File")
    path = folder / "trees.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(parts.iterdir()):
            archive.write(part, part.name)
    return path


def loose_shapefile(folder: Path) -> Path:
    frame(27700).to_file(folder / "trees.shp", driver="ESRI Shapefile")
    return folder / "trees.shp"


def csv_of(column: str, text_of: Callable[[shapely.Point], str]) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        trees = frame(4326)
        rows = [
            {"ref": ref, "name": "Oak", column: text_of(point)}
            for ref, point in zip(trees["ref"], trees.geometry, strict=True)
        ]
        return write_csv(folder / "trees.csv", rows)

    return write


@pytest.mark.parametrize(
    ("write", "source"),
    [
        (written_by_gdal("GeoJSONSeq", "trees.geojsonl", 4326), {"driver": "GeoJSONSeq"}),
        (written_by_gdal("FlatGeobuf", "trees.fgb", 27700), {"driver": "FlatGeobuf"}),
        (written_by_gdal("KML", "trees.kml", 4326), {"driver": "KML"}),
        (written_by_gdal("GML", "trees.gml", 27700), {"driver": "GML"}),
        (zipped_mapinfo, {"driver": "MapInfo File"}),
        (loose_shapefile, {"driver": "ESRI Shapefile"}),
        (csv_of("the_geom", lambda point: point.wkt), {"wkt": "the_geom", "crs": "EPSG:4326"}),
        (csv_of("Location", lambda point: f"({point.y}, {point.x})"), {"lat_lon": "Location"}),
    ],
    ids=["geojsonseq", "flatgeobuf", "kml", "gml", "mif", "loose shapefile", "wkt", "lat lon"],
)
def test_a_form_arrives_whole_and_in_its_place(
    write: Callable[[Path], Path], source: dict[str, Any], tmp_path: Path
) -> None:
    path = write(tmp_path)
    entry: LayerEntry = layer_entry(
        source=source_entry(**{"coordinates": (), **source}),
        fields=(field_entry("ref", required=True, source=("ref", "Name")), field_entry("name")),
    )

    report = import_layer(entry, council_entry(), ImportRequest(str(path)))

    assert report.outcome == "published", report.reason
    assert (report.rows_read, report.published, report.quarantined) == (5, 5, 0)
    for feature in Feature.objects.filter(edition_id=report.edition):
        place = feature.geom_27700
        assert (place.x, place.y) == pytest.approx(POINTS_27700[feature.key], abs=0.02)
