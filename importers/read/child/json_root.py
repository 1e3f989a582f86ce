"""Opens JSON by what stands at its root: GeoJSON, TopoJSON or Esri JSON."""

from pathlib import Path
from typing import Any

from importers.errors import SourceUnreadable
from importers.read.child.esri_json import is_esri_json, open_esri_json
from importers.read.child.geojson import collection_of, open_collection
from importers.read.child.geojson_lines import refuse_lines
from importers.read.child.json_syntax import parse_json
from importers.read.child.opened import OpenedSource
from importers.read.child.topojson import open_topology
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest


def open_source(request: ReadRequest) -> OpenedSource:
    """Return the features, numbered from 1.

    All three are called .json by somebody, and each says by its first members
    which it is.

    Raises
    ------
    SourceUnreadable
        What `importers.read.child.geojson`, ``topojson`` and ``esri_json`` raise;
        ``FMT-MISMATCH`` for a .topojson that is something else, and for GeoJSONSeq.
    """
    root = _parse(Path(request.path).read_bytes(), request.limits)
    if isinstance(root, dict) and root.get("type") == "Topology":
        return open_topology(root, request)
    if request.form == "topojson":
        raise SourceUnreadable(
            "The file is not TopoJSON: it is not of type Topology. Give GeoJSON the ending "
            ".geojson.",
            code="FMT-MISMATCH",
        )
    if is_esri_json(root):
        return open_esri_json(root, request)
    if request.takes_lone_shape:
        root = collection_of(root)
    return open_collection(root, request.limits)


def _parse(text: bytes, limits: ReadLimits) -> Any:
    try:
        return parse_json(text, limits)
    except SourceUnreadable as fault:
        if fault.code == "JSON-SYNTAX":
            refuse_lines(text, limits)
        raise
