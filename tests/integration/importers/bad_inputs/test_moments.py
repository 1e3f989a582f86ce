"""Dates with a time, each with its own zone: the same instant out of every form."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import geopandas
import pandas as pd
import pytest
import shapely

from tests.factories.entries import field_entry
from tests.integration.importers.bad_inputs import geopackages
from tests.integration.importers.bad_inputs.desk import Desk
from tests.unit.importers.read.made_files import feature, gml, gml_point, write_geojson

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

WRITTEN = {"T1": "2024-06-01T10:00:00Z", "T2": "2024-06-01T10:00:00+01:00"}
FIELDS = (field_entry("ref", required=True), field_entry("changed", "datetime"))


def geojson(folder: Path) -> Path:
    shape = json.loads(shapely.to_geojson(shapely.Point(-1.9264, 52.4625)))
    features = [feature(shape, ref=ref, changed=at) for ref, at in WRITTEN.items()]
    return write_geojson(folder / "trees.geojson", features)


def geopackage(folder: Path) -> Path:
    sql = "DELETE FROM trees WHERE ref = 'T3'; ALTER TABLE trees ADD COLUMN changed DATETIME;"
    for ref, at in WRITTEN.items():
        moment = at.replace(":00:00", ":00:00.000")
        sql += f"UPDATE trees SET changed = '{moment}' WHERE ref = '{ref}';"
    return geopackages.write(folder / "trees.gpkg", sql=sql)


def gml_file(folder: Path) -> Path:
    path = folder / "trees.gml"
    features = (
        f"<ms:ref>{ref}</ms:ref><ms:changed>{at}</ms:changed>{gml_point('405001 285000')}"
        for ref, at in WRITTEN.items()
    )
    path.write_text(gml(*features))
    return path


def flatgeobuf(folder: Path) -> Path:
    moments = [
        datetime(2024, 6, 1, 10, tzinfo=UTC),
        datetime(2024, 6, 1, 10, tzinfo=timezone(timedelta(hours=1))),
    ]
    columns = {"ref": list(WRITTEN), "changed": pd.Series(moments, dtype=object)}
    points = [shapely.Point(405_001, 285_000)] * len(moments)
    path = folder / "trees.fgb"
    geopandas.GeoDataFrame(columns, geometry=points, crs=27700).to_file(
        path, driver="FlatGeobuf", SPATIAL_INDEX="NO"
    )
    return path


@pytest.mark.parametrize("write", [geojson, geopackage, gml_file, flatgeobuf])
def test_each_moment_keeps_the_zone_it_was_written_with(
    desk: Desk, write: Callable[[Path], Path]
) -> None:
    desk.accept(write(desk.folder), rows=2, fields=FIELDS, title_field="ref")

    assert [tree.properties["changed"] for tree in desk.features()] == [
        "2024-06-01T10:00:00+00:00",
        "2024-06-01T10:00:00+01:00",
    ]
