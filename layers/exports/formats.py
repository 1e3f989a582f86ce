"""The formats that features can be had in as files."""

from dataclasses import dataclass

from layers.errors import ParameterInvalid


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    ``is_text`` formats are written by PostgreSQL and can be sent while they are made;
    the others are made by a child process and sent when they are whole. ``srids``:
    the coordinate systems that a file of it can say it is in.
    """

    name: str
    title: str
    extension: str
    media_type: str
    is_text: bool
    srids: tuple[int, ...] = (4326, 27700)


FORMATS = {
    each.name: each
    for each in (
        Format("geojson", "GeoJSON", "geojson", "application/geo+json", True),
        Format(
            "geojsonseq",
            "GeoJSON, a feature a line",
            "geojsonl",
            "application/x-ndjson",
            True,
            (4326,),
        ),
        Format("csv", "CSV for spreadsheets", "csv", "text/csv; charset=utf-8", True),
        Format("gpkg", "GeoPackage", "gpkg", "application/geopackage+sqlite3", False),
        Format("fgb", "FlatGeobuf", "fgb", "application/vnd.flatgeobuf", False),
        Format("parquet", "GeoParquet", "parquet", "application/vnd.apache.parquet", False),
        Format("shp", "Shapefile, zipped", "shp.zip", "application/zip", False),
        Format("kml", "KML", "kml", "application/vnd.google-earth.kml+xml", True, (4326,)),
    )
}


def find_format(name: str) -> Format:
    """Return the format of that name.

    Raises
    ------
    ParameterInvalid
        There is none.
    """
    if name not in FORMATS:
        raise ParameterInvalid(
            f"“f” can be {', '.join(FORMATS)} here; “{name[:30]}” is not available.", "f"
        )
    return FORMATS[name]
