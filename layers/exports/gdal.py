"""GeoPackage, FlatGeobuf and shapefiles, by GDAL. Runs in the child process alone."""

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyogrio.raw

if TYPE_CHECKING:
    from layers.exports.child import Order

DRIVERS = {"gpkg": "GPKG", "fgb": "FlatGeobuf", "shp": "ESRI Shapefile"}
_NO_GEOMETRY = "None"


def write_by_gdal(order: "Order", reader: pa.RecordBatchReader) -> None:
    """Write the batches, one after another, into the file that is ordered."""
    has_geometry = order.geometry_type != _NO_GEOMETRY
    batches = _Renamed(reader, order.names, has_geometry=has_geometry)
    shape: dict[str, Any] = {"geometry_type": None}
    if has_geometry:
        shape = {
            "geometry_name": reader.schema.names[-1],
            "geometry_type": order.geometry_type,
            "crs": f"EPSG:{order.srid}",
        }
    pyogrio.raw.write_arrow(
        batches.reader,
        order.path,
        layer=order.layer_name,
        driver=DRIVERS[order.format],
        encoding="UTF-8" if order.format == "shp" else None,
        layer_metadata=order.metadata if order.format == "gpkg" else None,
        # What GDAL 3.6 and programs of its age read without a warning.
        dataset_options={"VERSION": "1.2"} if order.format == "gpkg" else None,
        layer_options=_options(order, reader.schema.names),
        **shape,
    )


def _options(order: "Order", names: list[str]) -> dict[str, str]:
    if order.format == "gpkg":
        return {
            "IDENTIFIER": order.title,
            "DESCRIPTION": order.description,
            "FID": _free("fid", names),
            "GEOMETRY_NAME": _free("geom", names),
        }
    if order.format == "fgb":
        # The index has no place for a feature without a shape: GDAL would leave it out.
        return {
            "TITLE": order.title,
            "DESCRIPTION": order.description,
            "SPATIAL_INDEX": "NO" if order.has_empty else "YES",
        }
    return {}


def _free(wanted: str, names: list[str]) -> str:
    taken = {name.lower() for name in names}
    return wanted if wanted not in taken else f"{wanted}_of_file"


class _Renamed:
    """The same batches, with columns called as the file can call them."""

    def __init__(
        self, reader: pa.RecordBatchReader, names: dict[str, str], *, has_geometry: bool
    ) -> None:
        fields = [field.with_name(names.get(field.name, field.name)) for field in reader.schema]
        if not has_geometry:
            fields = fields[:-1]
        schema = pa.schema(fields)
        self.reader = pa.RecordBatchReader.from_batches(
            schema,
            (
                pa.RecordBatch.from_arrays(batch.columns[: len(fields)], schema=schema)
                for batch in reader
            ),
        )
