"""Writes files as departments send them; the same content always gives the same bytes."""

import csv
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyogrio
import shapely
from pyogrio.raw import write
from shapely.geometry.base import BaseGeometry

from layers.crs import to_4326
from sample_city.dates import REFERENCE_DATE

Row = Mapping[str, Any]

_HEADERS = Path(__file__).parent / "headers"
_NATIONAL_GRID = "EPSG:27700"
_DECIMALS_OF_A_DEGREE = 7


@dataclass(frozen=True, slots=True)
class Table:
    """One layer of a GeoPackage. A row is a mapping of columns, the same in each."""

    name: str
    geometry_type: str
    rows: Sequence[Row]
    geometries_27700: Sequence[BaseGeometry]


def read_header(name: str) -> list[str]:
    """Return the columns of a real source's table, kept as its header line in ``headers``."""
    return (_HEADERS / f"{name}.csv").read_text(encoding="utf-8").strip().split(",")


def write_csv(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Row],
    *,
    encoding: str = "utf-8",
    has_header: bool = True,
    quoting: Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL,
) -> Path:
    """Write a table with Windows line ends. A cell that a row leaves out is empty."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, header, restval="", quoting=quoting)
        if has_header:
            writer.writeheader()
        writer.writerows(rows)
    return path


def write_geojson(
    path: Path, rows: Sequence[Row], geometries_27700: Sequence[BaseGeometry | None]
) -> Path:
    """Write features in longitude and latitude, one on each line."""
    geometries = to_4326(np.array(geometries_27700, dtype=object))
    shapes = shapely.to_geojson(shapely.set_precision(geometries, 0, mode="pointwise"))
    lines = [
        json.dumps(
            {"type": "Feature", "properties": dict(row), "geometry": _rounded(shape)},
            ensure_ascii=False,
        )
        for row, shape in zip(rows, shapes, strict=True)
    ]
    path.write_text(
        '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n",
        encoding="utf-8",
    )
    return path


def write_geopackage(
    path: Path,
    table: str,
    rows: Sequence[Row],
    geometries_27700: Sequence[BaseGeometry | None],
    geometry_type: str,
) -> Path:
    """Write one table in British National Grid."""
    path.unlink(missing_ok=True)
    with _clock_stopped():
        _write_features(path, "GPKG", rows, geometries_27700, geometry_type, layer=table)
    return path


def write_geopackage_tables(path: Path, tables: Iterable[Table]) -> Path:
    """Write several tables in British National Grid into one file, as suppliers of maps do."""
    path.unlink(missing_ok=True)
    with _clock_stopped():
        for number, table in enumerate(tables):
            _write_features(
                path,
                "GPKG",
                table.rows,
                table.geometries_27700,
                table.geometry_type,
                layer=table.name,
                append=number > 0,
            )
    return path


def write_zipped_shapefile(
    path: Path, name: str, rows: Sequence[Row], geometries_27700: Sequence[BaseGeometry | None]
) -> Path:
    """Write a polygon shapefile in British National Grid with all its parts in one zip."""
    with tempfile.TemporaryDirectory() as folder:
        shapefile = Path(folder) / f"{name}.shp"
        _write_features(
            shapefile,
            "ESRI Shapefile",
            rows,
            geometries_27700,
            "Polygon",
            encoding="UTF-8",
            layer_options={"DBF_DATE_LAST_UPDATE": REFERENCE_DATE.isoformat()},
        )
        _zip(path, sorted(Path(folder).iterdir()))
    return path


def _rounded(shape: str | None) -> Any:
    if shape is None:
        return None
    return json.loads(shape, parse_float=lambda text: round(float(text), _DECIMALS_OF_A_DEGREE))


def _write_features(
    path: Path,
    driver: str,
    rows: Sequence[Row],
    geometries: Sequence[BaseGeometry | None],
    geometry_type: str,
    **options: Any,
) -> None:
    names = list(rows[0])
    write(
        path,
        geometry=shapely.to_wkb(np.array(geometries, dtype=object)),
        field_data=[_column([row[name] for row in rows]) for name in names],
        fields=names,
        driver=driver,
        crs=_NATIONAL_GRID,
        geometry_type=geometry_type,
        **options,
    )


def _column(values: list[Any]) -> np.ndarray[Any, Any]:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {date}:
        return np.array(values, dtype="datetime64[D]")
    if kinds == {int} and None not in values:
        return np.array(values, dtype="int32")
    return np.array(values, dtype=object)


@contextmanager
def _clock_stopped() -> Iterator[None]:
    """Make GDAL write the reference date where it would write the time of day."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{REFERENCE_DATE}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _zip(path: Path, members: Sequence[Path]) -> None:
    stamp = (REFERENCE_DATE.year, REFERENCE_DATE.month, REFERENCE_DATE.day, 0, 0, 0)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            entry = zipfile.ZipInfo(member.name, date_time=stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, member.read_bytes())
