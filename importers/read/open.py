"""Opens a fetched source in the sandbox: the one entry to reading."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from importers.catalogue.entries import SourceEntry
from importers.errors import SourceUnreadable
from importers.fetch.files import forget_file
from importers.fetch.source import FetchedSource
from importers.read.batch import SourceReading
from importers.read.folder_guard import FolderGuard
from importers.read.form import HEAD_BYTES, Form, declared_form
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest
from importers.read.sandbox import SandboxKind, choose_kind, start_child
from importers.read.stream import ChildStream

# Some other program's database was sent by mistake, and is nobody's business.
_PRIVATE = ("NOT-GEO",)
_BLOCKS_BYTES = 1_000_000
# Of the folder that a child may write to; one of a killed import is known by it.
SCRATCH_PREFIX = "council-maps-reading-"

_INSIDE: dict[Form, str] = {
    "csv": "source.csv",
    "csv.gz": "source.csv.gz",
    "geojson": "source.geojson",
    "topojson": "source.topojson",
    "shapefile": "source.shp",
    "gpkg": "source.gpkg",
    "gdb": "source.gdb",
    "kml": "source.kml",
    "kmz": "source.kmz",
    "mif": "source.mif",
    "tab": "source.tab",
    "gml": "source.gml",
    "geojsonl": "source.geojsonl",
    "fgb": "source.fgb",
    "xlsx": "source.xlsx",
    "xls": "source.xls",
    "ods": "source.ods",
    "zip": "source.zip",
    "pages": "source.pages",
    "page": "source.page",
    "osm": "source.osm",
    "osm.pbf": "source.osm.pbf",
}


@contextmanager
def open_source(
    source: FetchedSource,
    entry: SourceEntry,
    *,
    form: Form | None = None,
    limits: ReadLimits | None = None,
    sandbox_required: bool = False,
    kind: SandboxKind | None = None,
    takes_lone_shape: bool = False,
) -> Iterator[SourceReading]:
    """Open ``source`` for as long as the ``with`` block lasts; its child ends with the block.

    Parameters
    ----------
    source
        What `importers.fetch` brought. Its ending declares the form.
    entry
        What the catalogue says: encoding, header, columns, table, and the driver
        for a file whose name says nothing.
    form
        What we know the source to be, instead of what its ending declares.
    limits
        Defaults to `ReadLimits`.
    sandbox_required
        Refuse to read where the host allows no namespaces.
    kind
        A confinement to use instead of the strongest there is.
    takes_lone_shape
        Read GeoJSON that is one feature or geometry: a layer is never that, a person's site is.

    Yields
    ------
    SourceReading
        Its ``batches`` start the moment they are asked for.

    Raises
    ------
    SourceUnreadable
        The file is not what it says it is, or is broken: from the ``with``
        itself, or from ``batches`` where the fault lies deep in the file.
    SandboxMissing
        ``sandbox_required`` and there is none.
    """
    limits = limits or ReadLimits()
    form = form or _declared(source, entry)
    kind = kind or choose_kind(required=sandbox_required)
    with (
        tempfile.TemporaryDirectory(prefix=SCRATCH_PREFIX) as scratch,
        tempfile.TemporaryFile() as stderr,
    ):
        child, path, scratch_inside = start_child(
            kind, source.path.resolve(), _INSIDE[form], Path(scratch), stderr
        )
        # One kind of child is handed a copy of the source there; a disk counts in whole blocks.
        most_bytes = limits.unpacked_bytes + source.path.stat().st_size + _BLOCKS_BYTES
        stream = ChildStream(child, stderr, name=source.name, limits=limits)
        try:
            request = _request(form, entry, limits, path=path, scratch=scratch_inside)
            stream.ask(replace(request, takes_lone_shape=takes_lone_shape).to_json())
            with FolderGuard(Path(scratch), most_bytes, stream.end_for_size):
                yield stream.open()
        except SourceUnreadable as fault:
            if fault.code in _PRIVATE:
                forget_file(source)
            raise
        finally:
            stream.close()


def _declared(source: FetchedSource, entry: SourceEntry) -> Form:
    with source.path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    try:
        return declared_form(source.name, head, entry.driver)
    except SourceUnreadable as fault:
        raise SourceUnreadable(f"{source.name}: {fault}", code=fault.code) from None


def _request(
    form: Form, entry: SourceEntry, limits: ReadLimits, *, path: str, scratch: str
) -> ReadRequest:
    return ReadRequest(
        path=path,
        scratch=scratch,
        form=form,
        encoding=entry.encoding,
        has_header=entry.has_header,
        columns=entry.columns,
        table=entry.table,
        crs=entry.crs,
        wkt=entry.wkt,
        limits=limits,
    )
