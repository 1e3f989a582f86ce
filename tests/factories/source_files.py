"""Small source files as departments send them, written to a test's own folder."""

import csv
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas
import shapely

Row = dict[str, Any]


def write_csv(path: Path, rows: Sequence[Row], *, encoding: str = "utf-8") -> Path:
    """Write rows under the header of the first one."""
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_geojson(path: Path, rows: Sequence[Row]) -> Path:
    """Write rows with a ``geometry`` in EPSG:4326 as RFC 7946 has it."""
    features = [
        {
            "type": "Feature",
            "geometry": shapely.geometry.mapping(row["geometry"]) if row["geometry"] else None,
            "properties": {name: value for name, value in row.items() if name != "geometry"},
        }
        for row in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def write_geopackage(path: Path, rows: Sequence[Row], crs: str = "EPSG:27700") -> Path:
    """Write rows with a ``geometry`` in ``crs`` as the one layer of a GeoPackage."""
    _frame(rows, crs).to_file(path, driver="GPKG", layer=path.stem)
    return path


def write_zipped_shapefile(path: Path, rows: Sequence[Row], crs: str = "EPSG:27700") -> Path:
    """Write rows with a ``geometry`` in ``crs`` as a zip with the parts of a shapefile."""
    parts = path.with_suffix("")
    parts.mkdir()
    _frame(rows, crs).to_file(parts / f"{path.stem}.shp", driver="ESRI Shapefile")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(parts.iterdir()):
            archive.write(part, part.name)
    return path


def _frame(rows: Sequence[Row], crs: str) -> geopandas.GeoDataFrame:
    columns = {name: [row[name] for row in rows] for name in rows[0] if name != "geometry"}
    return geopandas.GeoDataFrame(columns, geometry=[row["geometry"] for row in rows], crs=crs)
