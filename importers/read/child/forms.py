"""Opens a source by its declared form; the only list of the forms that are read."""

import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from importers.read.child.confine import forbid_processes
from importers.read.child.opened import OpenedSource
from importers.read.form import Form
from importers.read.request import ReadRequest

_MODULES: dict[Form, str] = {
    "csv": "importers.read.child.csv_table",
    "csv.gz": "importers.read.child.csv_table",
    "geojson": "importers.read.child.json_root",
    "topojson": "importers.read.child.json_root",
    "shapefile": "importers.read.child.shapefile",
    "gpkg": "importers.read.child.geopackage",
    "kml": "importers.read.child.kml",
    "geojsonl": "importers.read.child.geojson_lines",
    "fgb": "importers.read.child.flatgeobuf",
    "gml": "importers.read.child.gml",
    "gdb": "importers.read.child.geodatabase",
    "xlsx": "importers.read.child.workbook",
    "xls": "importers.read.child.workbook",
    "ods": "importers.read.child.workbook",
    "mif": "importers.read.child.mapinfo",
    "tab": "importers.read.child.mapinfo",
    "pages": "importers.read.child.pages",
    "page": "importers.read.child.page",
    "osm": "importers.read.child.osm",
    "osm.pbf": "importers.read.child.osm",
}


def open_form(request: ReadRequest) -> OpenedSource:
    """Return the opened source, having imported only what its form needs.

    Raises
    ------
    SourceUnreadable
        The file is not what it says it is, or is broken.
    """
    if request.form in ("zip", "kmz"):
        from importers.read.child.zip_archive import unpack_layer

        request, findings = unpack_layer(request)
        opened = open_form(request)
        return replace(opened, findings=(*findings, *opened.findings))
    module = importlib.import_module(_MODULES[request.form])
    forbid_processes()
    return cast(Callable[[ReadRequest], OpenedSource], module.open_source)(request)
