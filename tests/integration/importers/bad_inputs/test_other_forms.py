"""File Geodatabases, and forms that are not read but come with the way out."""

import gzip
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from tests.factories.geodatabase import give_domain, write_geodatabase, zip_geodatabase
from tests.integration.importers.bad_inputs.desk import Desk
from tests.integration.importers.bad_inputs.zips import write_zip

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


@pytest.fixture
def path(desk: Desk) -> Path:
    return desk.folder / "parks.gdb.zip"


def trees(*refs: str) -> geopandas.GeoDataFrame:
    places = [shapely.Point(405_000 + at, 285_000) for at in range(len(refs))]
    columns = {"ref": list(refs), "name": np.array([1] * len(refs), np.int32)}
    return geopandas.GeoDataFrame(columns, geometry=places, crs=27700)


def geodatabase(desk: Desk, **layers: geopandas.GeoDataFrame) -> Path:
    return write_geodatabase(desk.folder / "parks.gdb", **(layers or {"trees": trees("T1", "T2")}))


def test_g06_codes_come_as_their_words(desk: Desk, path: Path) -> None:
    folder = geodatabase(desk)
    give_domain(folder, "trees", "name", {1: "Oak", 2: "Ash"})

    desk.accept(zip_geodatabase(folder, path), rows=2)

    assert [each.properties["name"] for each in desk.features()] == ["Oak", "Oak"]


def test_g06_whole_numbers_of_64_bits_stay_exact(desk: Desk, path: Path) -> None:
    """GDAL writes no geodatabase with object ids of 64 bits; columns of them it does."""
    rows = trees("T1")
    rows["ref"] = [9_007_199_254_740_993]

    desk.accept(zip_geodatabase(geodatabase(desk, trees=rows), path), rows=1)

    assert desk.features()[0].key == "9007199254740993"


def test_g06_the_list_of_layers_is_missing(desk: Desk, path: Path) -> None:
    folder = geodatabase(desk)
    (folder / "a00000001.gdbtable").unlink()

    desk.refuse(zip_geodatabase(folder, path), "GDB-PARTS", "lacks its a00000001.gdbtable")


@pytest.mark.parametrize("is_zipped", [True, False])
def test_g06_a_gdb_that_is_no_folder(desk: Desk, path: Path, is_zipped: bool) -> None:
    if is_zipped:
        write_zip(path, {"parks.gdb": b"content"})
    else:
        path = desk.folder / "parks.gdb"
        path.write_bytes(b"content")

    desk.refuse(path, "GDB-PARTS", "folder", "Zip the whole .gdb folder")


def test_g06_two_geodatabases(desk: Desk, path: Path) -> None:
    folder = geodatabase(desk)
    members = {
        f"{name}.gdb/{part.name}": part.read_bytes()
        for name in ("parks", "streets")
        for part in folder.iterdir()
    }

    desk.refuse(write_zip(path, members), "MULTI-LAYER", "2 layers", "parks.gdb, streets.gdb")


def test_g06_several_layers_are_listed_and_the_catalogue_chooses(desk: Desk, path: Path) -> None:
    zip_geodatabase(geodatabase(desk, oaks=trees("T1"), elms=trees("T7", "T8")), path)

    desk.refuse(path, "MULTI-LAYER", "2 layers", "oaks", "elms")
    desk.accept(path, rows=2, source={"table": "Elms"})


def test_g06_a_compressed_geodatabase(desk: Desk, path: Path) -> None:
    folder = geodatabase(desk)
    (folder / "a00000009.gdbtable").rename(folder / "a00000009.cdf")

    desk.refuse(
        zip_geodatabase(folder, path), "FMT-UNSUPPORTED", "compressed", "export", "GeoPackage"
    )


def test_g06_surfaces(desk: Desk, path: Path) -> None:
    roof = shapely.MultiPolygon([shapely.Polygon([(0, 0, 1), (9, 0, 1), (9, 9, 5)])])
    rows = geopandas.GeoDataFrame({"ref": ["T1"]}, geometry=[roof], crs=27700)
    folder = write_geodatabase(desk.folder / "parks.gdb", {"CREATE_MULTIPATCH": "YES"}, roofs=rows)

    desk.refuse(zip_geodatabase(folder, path), "GDB-TYPE", "MultiPatch")


@pytest.mark.parametrize(
    "ending",
    ["dwg", "dxf", "dgn", "pdf", "tif", "ecw", "lyr", "lyrx", "qgs", "qgz", "mxd", "aprx"]
    + ["parquet", "gpx"],
)
def test_g08_g09_a_form_that_is_not_read(desk: Desk, ending: str) -> None:
    path = desk.folder / f"trees.{ending}"
    path.write_bytes(b"some content")

    report = desk.refuse(path, "FMT-UNSUPPORTED", f".{ending} files are not read")

    assert "GeoPackage" in report.reason


def test_g08_the_description_of_a_shapefile(desk: Desk) -> None:
    path = desk.folder / "trees.shp.xml"
    path.write_text("<metadata/>")

    desk.refuse(path, "FMT-UNSUPPORTED", "Zip the .shp, .shx, .dbf and .prj")


def test_g09_a_compressed_kml(desk: Desk) -> None:
    path = desk.folder / "trees.kml.gz"
    path.write_bytes(gzip.compress(b"<kml/>"))

    desk.refuse(path, "FMT-UNSUPPORTED", "Unpack it")


def test_g09_a_flatgeobuf_is_taken(desk: Desk) -> None:
    path = desk.folder / "trees.fgb"
    trees("T1", "T2").astype({"name": str}).to_file(path, driver="FlatGeobuf")

    desk.accept(path, rows=2)
