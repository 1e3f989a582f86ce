"""Reads every Placemark of a KML, in whichever folder it lies, as one table.

GDAL's drivers are not used: they make a layer of each folder, and what a folder
is differs from one exporting program to the next.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder

import numpy as np
import pyarrow as pa
import shapely

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.flatten import flat_wkb
from importers.read.child.kml_geometry import ShapeNotRead, find_shape
from importers.read.child.kml_values import read_values
from importers.read.child.opened import OpenedBatch, OpenedSource
from importers.read.child.xml_syntax import Attributes, XmlWalk, walk_xml
from importers.read.form import check_content, content_of_root
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest

_LEFT_OUT = ("NetworkLink", "GroundOverlay", "ScreenOverlay", "PhotoOverlay", "Model")
_LONGITUDE_LATITUDE = "EPSG:4326"  # KML knows no other


def open_source(request: ReadRequest) -> OpenedSource:
    """Return the Placemarks of the file, numbered from 1, as columns of text.

    Heights are dropped. Nothing that the file refers to is opened.

    Raises
    ------
    SourceUnreadable
        ``XML-…`` and ``TEXT-ENCODING`` for what is not XML, ``FMT-MISMATCH``,
        ``SOURCE-ERROR``, ``KML-LINK``, ``NO-ROWS``, ``TOO-MANY-ROWS``,
        ``COL-TOO-MANY`` or ``CELL-TOO-BIG``.
    """
    placemarks = _Placemarks(request.limits)
    walk_xml(Path(request.path), placemarks, request.limits, refuse_root=_refuse_root)
    if not placemarks.rows:
        _refuse_empty(placemarks)
    names = placemarks.names()
    return OpenedSource(
        form="KML",
        fields=tuple(pa.field(name, pa.string()) for name in names),
        batches=_batches(placemarks, names, request.limits.batch_rows),
        crs=_LONGITUDE_LATITUDE,
        encoding="utf-8",
        geometry_type=placemarks.geometry_type(),
        has_geometry=True,
        findings=tuple(placemarks.say_left_out()),
    )


def _refuse_root(name: str) -> None:
    if name.lower() != "kml":
        check_content("kml", content_of_root(name.lower().encode()))
        raise SourceUnreadable(
            f"The file is not KML: its first element is {name[:40]}. Export it again as KML.",
            code="FMT-MISMATCH",
        )


def _refuse_empty(placemarks: "_Placemarks") -> None:
    if placemarks.left_out["NetworkLink"]:
        raise SourceUnreadable(
            "The file holds no places, only a link to a file on a server (NetworkLink). Open it "
            "in Google Earth, save the places themselves as KML and send that.",
            code="KML-LINK",
        )
    raise SourceUnreadable("The KML holds no Placemarks.", code="NO-ROWS")


class _Placemarks(XmlWalk):
    """The rows of a KML: a tree is built of one Placemark at a time, and then forgotten."""

    def __init__(self, limits: ReadLimits) -> None:
        self.limits = limits
        self.rows: list[dict[str, str]] = []
        self.shapes: list[shapely.Geometry | None] = []
        self.faults: dict[int, str] = {}
        self.left_out: Counter[str] = Counter()
        self._tree: TreeBuilder | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Placemark":
            self._tree = TreeBuilder()
        if name in _LEFT_OUT:
            self.left_out[name] += 1
        if self._tree is not None:
            self._tree.start(name, attributes)

    def text(self, text: str) -> None:
        if self._tree is not None:
            self._tree.data(text)

    def end(self, name: str) -> None:
        if self._tree is None:
            return
        self._tree.end(name)
        if name == "Placemark":
            placemark, self._tree = self._tree.close(), None
            self._take(placemark)

    def _take(self, placemark: Element) -> None:
        if len(self.rows) == self.limits.rows:
            raise SourceUnreadable(
                f"The KML has more than {self.limits.rows:,} Placemarks. Send it in parts.",
                code="TOO-MANY-ROWS",
            )
        self.rows.append(read_values(placemark, len(self.rows) + 1, self.limits))
        try:
            self.shapes.append(find_shape(placemark))
        except ShapeNotRead as fault:
            self.faults[len(self.shapes)] = str(fault)
            self.shapes.append(None)

    def names(self) -> tuple[str, ...]:
        """Return the columns in the order in which they first appear."""
        names = tuple(dict.fromkeys(name for row in self.rows for name in row))
        if len(names) > self.limits.columns:
            raise SourceUnreadable(
                f"The Placemarks have {len(names):,} different values and at most "
                f"{self.limits.columns} are read. Leave out those that are not needed.",
                code="COL-TOO-MANY",
            )
        return names

    def geometry_type(self) -> str:
        """Return the type of all shapes, ``Mixed`` where they have several or none."""
        kinds = {shape.geom_type for shape in self.shapes if shape is not None}
        return next(iter(kinds)) if len(kinds) == 1 else "Mixed"

    def say_left_out(self) -> Iterator[Finding]:
        """Yield a warning of everything in the file that is not a place."""
        for kind, count in self.left_out.items():
            yield Finding(
                "KML-LEFT-OUT",
                "warning",
                f"{count:,} of {kind} were left out: only Placemarks are read, and nothing that "
                "the file links to.",
                value=kind,
            )


def _batches(
    placemarks: _Placemarks, names: tuple[str, ...], batch_rows: int
) -> Iterator[OpenedBatch]:
    for start in range(0, len(placemarks.rows), batch_rows):
        places = range(start, min(start + batch_rows, len(placemarks.rows)))
        whole = [place for place in places if place not in placemarks.faults]
        rows = [placemarks.rows[place] for place in whole]
        shapes = np.array([placemarks.shapes[place] for place in whole], object)
        yield OpenedBatch(
            rows=[place + 1 for place in whole],
            columns=[pa.array([row.get(name) for row in rows], pa.string()) for name in names],
            wkb=pa.array(flat_wkb(shapes), pa.binary()),
            spoilt=tuple(
                (
                    _fault(place + 1, placemarks.faults[place]),
                    json.dumps(placemarks.rows[place], ensure_ascii=False),
                )
                for place in places
                if place in placemarks.faults
            ),
        )


def _fault(row: int, message: str) -> Finding:
    return Finding("GEOM-INVALID", "error", f"Placemark {row}: {message}", row=row)
