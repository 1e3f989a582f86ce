"""A File Geodatabase through the sandboxed child, as a zip and as a folder."""

from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from tests.factories.geodatabase import give_domain, write_geodatabase, zip_geodatabase
from tests.integration.importers.sandbox_reading import KINDS, read_whole

pytestmark = pytest.mark.cold_reader


def trees() -> geopandas.GeoDataFrame:
    places = [shapely.Point(406_000, 286_000), shapely.Point(406_010, 286_000), None]
    columns = {
        "ref": ["T1", "T2", "T3"],
        "kind": np.array([1, 2, 7], np.int32),
        "uprn": [100_023_336_956, 2, 3],
    }
    return geopandas.GeoDataFrame(columns, geometry=places, crs=27700)


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_a_zipped_geodatabase_with_the_words_of_its_codes(tmp_path: Path, kind):
    folder = write_geodatabase(tmp_path / "parks.gdb", trees=trees())
    give_domain(folder, "trees", "kind", {1: "Oak", 2: "Ash"})

    reading, (batch,) = read_whole(zip_geodatabase(folder, tmp_path / "parks.gdb.zip"), kind)

    assert (reading.form, reading.crs, reading.geometry_type) == (
        "File Geodatabase",
        "EPSG:27700",
        "Point",
    )
    assert batch.rows.tolist() == [1, 2, 3]
    assert batch.columns.to_pylist()[0] == {
        "OBJECTID": 1,
        "ref": "T1",
        "kind": "Oak",
        "uprn": 100_023_336_956,
    }
    assert batch.columns["kind"].to_pylist() == ["Oak", "Ash", "7"]
    assert shapely.from_wkb(batch.wkb[1]) == shapely.Point(406_010, 286_000)
    assert batch.wkb[2] is None


def test_it_reads_a_geodatabase_as_the_folder_that_it_is(tmp_path: Path):
    folder = write_geodatabase(tmp_path / "parks.gdb", trees=trees())
    (folder / "_gdb.OFFICER.1234.5678.sr.lock").touch()

    reading, (batch,) = read_whole(folder)

    assert (reading.form, len(batch.rows)) == ("File Geodatabase", 3)
