"""Checks a zip before anything is unpacked and unpacks the one layer that it holds."""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.zip_members import check_members, is_junk
from importers.read.form import FORM_WORDS, HEAD_BYTES, Form, check_content, recognise
from importers.read.request import ReadRequest

_LAYER_ENDINGS: dict[str, Form] = {
    ".shp": "shapefile",
    ".gpkg": "gpkg",
    ".geojson": "geojson",
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
    ".kml": "kml",
    ".gml": "gml",
    ".geojsonl": "geojsonl",
    ".fgb": "fgb",
    ".mif": "mif",
    ".tab": "tab",
}
# What a viewer opens of a KMZ, by the standard.
_MAIN_KML = "doc.kml"
_PARTS: dict[Form, tuple[str, ...]] = {
    "shapefile": (".shp", ".shx", ".dbf", ".prj", ".cpg"),
    "mif": (".mif", ".mid"),
    "tab": (".tab", ".dat", ".map", ".id"),
}
_CHUNK_BYTES = 1 << 20


def unpack_layer(request: ReadRequest) -> tuple[ReadRequest, tuple[Finding, ...]]:
    """Unpack the one layer of a zip into the scratch folder and return the request for it.

    Raises
    ------
    SourceUnreadable
        ``ZIP-…`` by what is wrong with the zip, ``MULTI-LAYER``, ``FMT-UNSUPPORTED``
        or ``FMT-MISMATCH``.
    """
    scratch = Path(request.scratch)
    with _opened(Path(request.path)) as archive:
        members = archive.infolist()
        check_members(members, request.limits)
        wanted = [member for member in members if not (member.is_dir() or is_junk(member.filename))]
        if not wanted:
            raise SourceUnreadable("The zip has no files in it.", code="ZIP-EMPTY")
        if request.form == "kmz":
            layer = _choose_kml(wanted)
        else:
            layer = _choose_layer(wanted, request.table)
        form = _LAYER_ENDINGS[_ending(layer)]
        for part in _parts(layer, wanted, form):
            _unpack(archive, part, scratch / f"layer{_ending(part)}")
    path = scratch / f"layer{_ending(layer)}"
    _check_head(path, form)
    findings = _note_ignored([member.filename for member in members if is_junk(member.filename)])
    return replace(request, path=str(path), form=form), findings


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except zipfile.BadZipFile:
        raise SourceUnreadable(
            "The zip is cut short or damaged. Zip and send it again.", code=_damage(path)
        ) from None
    except (zlib.error, lzma.LZMAError, EOFError):
        raise SourceUnreadable(
            "A member of the zip is damaged. Zip and send it again.", code="ZIP-CORRUPT"
        ) from None


def _damage(path: Path) -> str:
    """Return the code by whether the zip's end, which lists its members, is there."""
    tail_bytes = 66_000
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - tail_bytes))
        return "ZIP-CORRUPT" if b"PK\x05\x06" in file.read() else "ZIP-TRUNCATED"


def _choose_layer(members: list[zipfile.ZipInfo], table: str | None) -> zipfile.ZipInfo:
    layers = [member for member in members if _ending(member) in _LAYER_ENDINGS]
    if table:
        layers = [layer for layer in layers if _stem(layer) == table.lower()] or layers
    if len(layers) == 1:
        return layers[0]
    if layers:
        raise SourceUnreadable(
            f"The zip holds {len(layers)} layers: {_listed(layers)}. Send one, or name one in the "
            "catalogue's source.table.",
            code="MULTI-LAYER",
        )
    if any(_ending(member) in _PARTS["shapefile"] for member in members):
        raise SourceUnreadable(
            "The zip holds parts of a shapefile and no .shp. Zip the .shp, .shx, .dbf and .prj "
            "files together.",
            code="SHP-PARTS",
        )
    raise SourceUnreadable(
        f"The zip holds no layer that this version reads, only {_listed(members)}. "
        "Send a zipped shapefile or MapInfo table, a GeoPackage, GeoJSON, KML, GML or CSV.",
        code="FMT-UNSUPPORTED",
    )


def _choose_kml(members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """Return doc.kml, or else the only .kml there is."""
    layers = [member for member in members if _ending(member) == ".kml"]
    main = [layer for layer in layers if layer.filename.lower() == _MAIN_KML]
    if main or len(layers) == 1:
        return (main or layers)[0]
    if layers:
        raise SourceUnreadable(
            f"The KMZ holds {len(layers)} KML files and none is called {_MAIN_KML}: "
            f"{_listed(layers)}. Send one of them.",
            code="MULTI-LAYER",
        )
    raise SourceUnreadable(
        "The KMZ holds no .kml file. Save it again in the program that made it.",
        code="FMT-MISMATCH",
    )


def _listed(members: list[zipfile.ZipInfo]) -> str:
    shown = 5
    names = ", ".join(member.filename for member in members[:shown])
    return f"{names} and {len(members) - shown} more" if len(members) > shown else names


def _parts(
    layer: zipfile.ZipInfo, members: list[zipfile.ZipInfo], form: Form
) -> list[zipfile.ZipInfo]:
    if form not in _PARTS:
        return [layer]
    folder = PurePosixPath(layer.filename).parent
    return [
        member
        for member in members
        if PurePosixPath(member.filename).parent == folder
        and _stem(member) == _stem(layer)
        and _ending(member) in _PARTS[form]
    ]


def _stem(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).stem.lower()


def _ending(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower()


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Write one member; zipfile stops at the declared size and compares the checksum."""
    try:
        with archive.open(member) as source, target.open("xb") as file:
            while chunk := source.read(_CHUNK_BYTES):
                file.write(chunk)
    except FileExistsError:
        raise SourceUnreadable(
            f"The zip holds {member.filename} twice. Remove one of them.", code="ZIP-NAME"
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise SourceUnreadable(
            f"The zip's member {member.filename} is damaged. Zip and send it again.",
            code="ZIP-CORRUPT",
        ) from None


def _check_head(path: Path, form: Form) -> None:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise SourceUnreadable(f"The {FORM_WORDS[form]} in the zip is empty.", code="EMPTY-FILE")
    check_content(form, recognise(head))


def _note_ignored(names: list[str]) -> tuple[Finding, ...]:
    if not names:
        return ()
    shown = ", ".join(names[:3])
    return (Finding("ZIP-IGNORED", "note", f"Ignored in the zip: {shown}.", value=shown),)
