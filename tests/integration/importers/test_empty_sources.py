"""B22 in every form that can have no rows: refused, unless a person says that it is meant."""

import gzip
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas
import pytest

from importers.catalogue.entries import ChecksEntry
from importers.fixes import Fixes
from importers.pipeline import import_layer
from importers.request import ImportRequest
from layers.models import Feature
from tests.factories.database import drop_edition_tables
from tests.factories.entries import council_entry, layer_entry, source_entry
from tests.factories.source_files import write_csv

pytestmark = pytest.mark.django_db(transaction=True)

HEADER = "ref,name,height_m,Easting,Northing\n"


def _nothing() -> geopandas.GeoDataFrame:
    columns = {"ref": [], "name": [], "height_m": []}
    return geopandas.GeoDataFrame(columns, geometry=[], crs="EPSG:27700").astype({"ref": str})


def _csv(folder: Path) -> Path:
    path = folder / "trees.csv"
    path.write_text(HEADER)
    return path


def _gzipped_csv(folder: Path) -> Path:
    path = folder / "trees.csv.gz"
    path.write_bytes(gzip.compress(HEADER.encode()))
    return path


def _geojson(folder: Path) -> Path:
    path = folder / "trees.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    return path


def _geopackage(folder: Path) -> Path:
    path = folder / "trees.gpkg"
    _nothing().to_file(path, driver="GPKG", layer="trees", geometry_type="Point")
    return path


def _shapefile(folder: Path) -> Path:
    parts = folder / "parts"
    parts.mkdir()
    _nothing().to_file(parts / "trees.shp", driver="ESRI Shapefile", geometry_type="Point")
    with zipfile.ZipFile(folder / "trees.zip", "w") as archive:
        for part in parts.iterdir():
            archive.write(part, part.name)
    return folder / "trees.zip"


def _flatgeobuf(folder: Path) -> Path:
    path = folder / "trees.fgb"
    _nothing().to_file(path, driver="FlatGeobuf", geometry_type="Point", SPATIAL_INDEX="NO")
    return path


def _kml(folder: Path) -> Path:
    path = folder / "trees.kml"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Trees</name></Document></kml>'
    )
    return path


def _gml(folder: Path) -> Path:
    path = folder / "trees.gml"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" '
        'numberMatched="0" numberReturned="0"/>'
    )
    return path


@pytest.fixture(autouse=True)
def leave_no_tables(transactional_db: None) -> Iterator[None]:
    yield
    drop_edition_tables()


@pytest.mark.parametrize(
    ("driver", "write"),
    [
        ("CSV", _csv),
        ("CSV", _gzipped_csv),
        ("GeoJSON", _geojson),
        ("GPKG", _geopackage),
        ("ESRI Shapefile", _shapefile),
        ("FlatGeobuf", _flatgeobuf),
        ("KML", _kml),
        ("GML", _gml),
    ],
)
def test_b22_no_rows_are_refused_and_accepted_only_by_fix_and_reason(
    driver: str, write: Callable[[Path], Path], tmp_path: Path
) -> None:
    rows = [
        {"ref": f"T{n}", "name": "Oak", "Easting": 405_000, "Northing": 285_000} for n in range(5)
    ]
    published = import_layer(
        layer_entry(),
        council_entry(),
        ImportRequest(str(write_csv(tmp_path / "five.csv", rows))),
    )
    coordinates = {} if driver == "CSV" else {"coordinates": ()}
    entry = layer_entry(source=source_entry(driver=driver, **coordinates))
    path, meant = str(write(tmp_path)), Fixes(accept_empty=True)

    refused = import_layer(entry, council_entry(), ImportRequest(path))
    held = import_layer(entry, council_entry(), ImportRequest(path, fixes=meant))
    assert Feature.objects.filter(edition_id=published.edition).count() == 5
    request = ImportRequest(path, fixes=meant, override_reason="All felled")
    done = import_layer(entry, council_entry(), request)

    assert (refused.outcome, refused.code) == ("unreadable", "NO-ROWS")
    assert [offer.fixes for offer in refused.offers] == [meant]
    assert "5 in all" in refused.offers[0].words
    assert (held.outcome, held.code) == ("stopped", "DIFF-SUSPICIOUS")
    assert done.outcome == "published", done.reason
    assert (done.rows_read, done.published, done.removed) == (0, 0, 5)


def test_a_layer_that_must_have_rows_is_not_offered_to_have_none(tmp_path: Path) -> None:
    entry = layer_entry(checks=ChecksEntry(min_rows=1))

    refused = import_layer(entry, council_entry(), ImportRequest(str(_csv(tmp_path))))

    assert (refused.code, refused.offers) == ("NO-ROWS", [])
