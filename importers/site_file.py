"""What a person sends as the boundary of a site: a file of shapes, read in the sandbox.

Nothing is staged or kept. The web process may use this module of the importers and no other: a
file is never opened there (docs/operators/sandbox.md), and there is one reader of files.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.catalogue.entries import SourceEntry
from importers.errors import ImportStopped, SourceUnreadable
from importers.fetch.source import FetchedSource
from importers.read.batch import SourceBatch, SourceReading
from importers.read.limits import ReadLimits
from importers.read.open import open_source
from importers.transform.geometry import shapes_from_wkb
from layers import crs

MOST_SHAPES = 500
_LONGEST_LABEL = 80
_WORDS_IN_LABEL = 3
# A site is a few shapes: what takes longer or more than this is another kind of file.
_LIMITS = ReadLimits(
    memory_bytes=1_500_000_000,
    cpu_s=10,
    wait_s=15.0,
    all_waits_s=20.0,
    message_bytes=60_000_000,
    unpacked_bytes=100_000_000,
    members=50,
    rows=MOST_SHAPES,
    batch_rows=MOST_SHAPES,
)
# Of longitude, latitude, longitude and latitude.
_MOST_DEGREES = (180.0, 90.0, 180.0, 90.0)
_SYSTEMS = ("EPSG:27700", "EPSG:4326")
_FORMS = (".geojson", ".json", ".kml", ".kmz", ".gpkg", ".zip", ".gml", ".fgb", ".mif", ".tab")
_PROGRAMS_NUMBERS = {"fid", "id", "gml_id", "objectid", "ogc_fid"}
_BUSY_S = 10.0
# A child takes a core and up to 0.4 GB for a second: one at a time in each web process.
_turn = BoundedSemaphore(1)


class SiteFileUnreadable(Exception):
    """The file cannot be a site; the message says why and what to do."""


class SiteFilesBusy(Exception):
    """Another file is being read; try again."""


@dataclass(frozen=True, slots=True)
class SiteShape:
    """One shape of a file. ``label`` is the beginning of what its fields say, as plain text.

    ``shape`` is 2D, as the file has it: it need not be valid. It is in EPSG:27700 metres (easting,
    northing); of GeoJSON that names no system and has no degrees, in whatever its numbers are.
    None: ``fault`` says why it cannot be read or, empty, it is not in Great Britain.
    """

    number: int
    label: str
    shape: shapely.Geometry | None
    fault: str = ""


def read_site_file(path: Path, name: str, *, sandbox_required: bool) -> list[SiteShape]:
    """Return the shapes of a file, in its order.

    Parameters
    ----------
    path
        Where the bytes are. They are opened in a child without network, database or other files.
    name
        What the person calls it; its ending declares the form.

    Raises
    ------
    SiteFileUnreadable
        It is of no form that is read, broken, in another coordinate system, or too much.
    SiteFilesBusy
        Too many are being read.
    """
    if not name.lower().endswith(_FORMS):
        raise SiteFileUnreadable(
            "Send the site as GeoJSON, KML, GeoPackage, GML, MapInfo or a shapefile. Zip the .shp, "
            ".shx, .dbf and .prj files of a shapefile together, and send the zip. A list of "
            "corners is pasted into the field for them."
        )
    if not _turn.acquire(timeout=_BUSY_S):
        raise SiteFilesBusy
    try:
        return list(_read(_described(path, name), sandbox_required))
    except ImportStopped as stopped:
        raise SiteFileUnreadable(_for_whoever_sent_it(stopped, name)) from stopped
    finally:
        _turn.release()


def _described(path: Path, name: str) -> FetchedSource:
    return FetchedSource(name, path, name, sha256="", size_bytes=path.stat().st_size)


def _for_whoever_sent_it(stopped: ImportStopped, name: str) -> str:
    """Return why a file stopped, without advice on the catalogue, which is for operators."""
    if isinstance(stopped, SourceUnreadable) and stopped.advice:
        fact = stopped.fact.removeprefix(f"{name}: ")
        return f"{fact} Send a file with the layer of the site alone."
    return str(stopped).removeprefix(f"{name}: ")


def _read(source: FetchedSource, sandbox_required: bool) -> Iterator[SiteShape]:
    entry = SourceEntry(
        url="",
        fetch_by_hand="",
        driver="GeoJSON",
        crs=None,
        encoding=None,
        has_header=True,
        columns=(),
        coordinates=(),
        table=None,
    )
    with open_source(
        source, entry, limits=_LIMITS, sandbox_required=sandbox_required, takes_lone_shape=True
    ) as reading:
        system = _known_system(reading)
        number = 0
        for batch in reading.batches:
            found = [*_shapes(batch, system, says_which=reading.form != "GeoJSON"), *_spoilt(batch)]
            # In the order of the file, in which a fault may stand between two shapes.
            for _, shape in sorted(found, key=itemgetter(0)):
                number += 1
                yield replace(shape, number=number)


def _known_system(reading: SourceReading) -> str:
    if reading.crs in _SYSTEMS:
        return str(reading.crs)
    if reading.crs is None:
        raise SourceUnreadable(
            "The file does not say which coordinate system it is in (a shapefile says so in its "
            ".prj). Save it again with the coordinate system.",
            code="CRS-MISSING",
        )
    raise SourceUnreadable(
        f"The file is in {reading.crs}. Save it in British National Grid (EPSG:27700) or in "
        "longitude and latitude (EPSG:4326).",
        code="CRS-UNSUPPORTED",
    )


def _shapes(
    batch: SourceBatch, system: str, *, says_which: bool
) -> Iterator[tuple[int, SiteShape]]:
    """Yield the shapes of a batch by the number of their row; rows without any have none."""
    if batch.wkb is None:
        raise SourceUnreadable("The file has a table and no shapes.", code="NO-GEOMETRY")
    shapes = shapes_from_wkb(batch.wkb, batch.rows, system).shapes
    faults = [_fault(shape) for shape in shapes]
    shapes[[bool(fault) for fault in faults]] = None
    if system == "EPSG:4326":
        in_degrees = says_which | ~_lie_beyond_degrees(shapes)
        shapes[in_degrees] = _placed_on_the_grid(shapes[in_degrees])
    # A table without a column has no rows either.
    rows = batch.columns.to_pylist() or [{}] * len(shapes)
    parts = zip(batch.rows, batch.wkb, rows, shapes, faults, strict=True)
    for row, wkb, values, shape, fault in parts:
        if wkb is not None:
            yield int(row), SiteShape(0, _label(values), shape, fault)


def _fault(shape: shapely.Geometry | None) -> str:
    """Return what is wrong with a shape as it was decoded, or with its not being so."""
    if shape is None:
        return "A shape of the file is damaged."
    if shape.is_empty:
        return "A shape of the file is empty."
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return "A shape of the file has a coordinate that is not a number."
    return ""


def _spoilt(batch: SourceBatch) -> Iterator[tuple[int, SiteShape]]:
    """Yield what the reader could make nothing of, such as a ring that is not closed."""
    for finding, _ in batch.spoilt:
        yield finding.row or 0, SiteShape(0, "", None, finding.message)


def _placed_on_the_grid(shapes_4326: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return shapes in EPSG:27700; what is not in Great Britain becomes None.

    Raises
    ------
    SourceUnreadable
        None of them is: the numbers are other than the file says.
    """
    placed = crs.to_27700(shapes_4326)
    if shapely.is_missing(placed).all() and not shapely.is_missing(shapes_4326).all():
        raise SourceUnreadable(
            "Read as longitude and latitude, nothing in the file is in Great Britain. Longitude "
            "comes first, as in -1.9, 52.48. If the file holds eastings and northings, save it "
            "again with its coordinate system, EPSG:27700.",
            code="OUTSIDE-GB",
        )
    return placed


def _lie_beyond_degrees(shapes: crs.Geometries) -> NDArray[np.bool_]:
    """Return which have numbers that no degrees are: GeoJSON in metres that does not say so.

    As with what is typed, whoever takes them for a site says what they can be.
    """
    bounds = np.nan_to_num(shapely.bounds(shapes))
    return np.asarray((np.abs(bounds) > _MOST_DEGREES).any(axis=1))


def _label(row: dict[str, Any]) -> str:
    said = {name: str(value).strip() for name, value in row.items() if _says_something(value)}
    # Numbers that programs give to shapes say nothing to people, unless there is nothing else.
    words = [text for name, text in said.items() if name.lower() not in _PROGRAMS_NUMBERS]
    words = words or list(said.values())
    text = " ".join(" · ".join(words[:_WORDS_IN_LABEL]).split())
    plain = "".join(letter for letter in text if letter.isprintable())
    return plain[:_LONGEST_LABEL]


def _says_something(value: Any) -> bool:
    return (
        isinstance(value, (str, int)) and not isinstance(value, bool) and bool(str(value).strip())
    )
