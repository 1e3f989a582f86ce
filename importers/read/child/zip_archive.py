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
from importers.listing import list_names
from importers.read.child.kmz_links import find_links
from importers.read.child.several_layers import refuse_several_layers
from importers.read.child.zip_content import damaged, refuse_programs
from importers.read.child.zip_directory import check_directory
from importers.read.child.zip_geodatabase import find_geodatabases, geodatabase_folder
from importers.read.child.zip_members import check_members, is_junk
from importers.read.form import FORM_WORDS, HEAD_BYTES, Form, check_content, recognise
from importers.read.request import ReadRequest

_LAYER_ENDINGS: dict[str, Form] = {
    ".shp": "shapefile",
    ".gpkg": "gpkg",
    ".geojson": "geojson",
    ".json": "geojson",
    ".topojson": "topojson",
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
# What SQLite has written and not yet put into the database beside which it lies.
_UNSAVED = ("-wal", "-journal")


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
        check_directory(Path(request.path), archive)
        files = [member for member in members if not member.is_dir()]
        wanted = [member for member in files if not is_junk(member.filename)]
        if not wanted:
            raise SourceUnreadable("The zip has no files in it.", code="ZIP-EMPTY")
        refuse_programs(archive, wanted)
        parts, form = _choose(wanted, request)
        for part, name in parts.items():
            _unpack(archive, part, scratch / name)
        path = scratch / next(iter(parts.values()))
        told: tuple[Finding, ...] = ()
        if request.form == "kmz":
            linked, told = _linked_kml(path, next(iter(parts)), wanted, request)
            if linked is not None:
                path = scratch / "linked.kml"
                _unpack(archive, linked, path)
                parts[linked] = path.name
    if form == "gdb":
        path = path.parent
    else:
        _check_head(path, form)
    findings = _note_ignored([member.filename for member in files if member not in parts])
    return replace(request, path=str(path), form=form), (*findings, *told)


def _choose(
    members: list[zipfile.ZipInfo], request: ReadRequest
) -> tuple[dict[zipfile.ZipInfo, str], Form]:
    """Return the members of the one layer with the names they get, the main one first."""
    if request.form == "kmz":
        layer = _choose_kml(members)
        return {layer: "layer.kml"}, "kml"
    geodatabases = find_geodatabases(members)
    others = [member for member in members if geodatabase_folder(member.filename) is None]
    layers = [*geodatabases, *(layer.filename for layer in _layers(others))]
    if geodatabases and len(layers) > 1:
        raise refuse_several_layers("The zip", layers)
    for parts in geodatabases.values():
        folder = "layer.gdb"
        names = {part: f"{folder}/{PurePosixPath(part.filename).name.lower()}" for part in parts}
        return names, "gdb"
    layer = _choose_layer(members, request.table)
    form = _LAYER_ENDINGS[_ending(layer)]
    _refuse_unsaved(layer, members)
    others = [part for part in _parts(layer, members, form) if part is not layer]
    return {part: f"layer{_ending(part)}" for part in (layer, *others)}, form


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except zipfile.BadZipFile:
        raise _say_damage(path) from None
    except (zlib.error, lzma.LZMAError, EOFError):
        raise SourceUnreadable(
            "A member of the zip is damaged. Zip and send it again.", code="ZIP-CORRUPT"
        ) from None


def _say_damage(path: Path) -> SourceUnreadable:
    """Return the fault by whether the zip's end, which lists its members, is there."""
    tail_bytes = 66_000
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - tail_bytes))
        has_end = b"PK\x05\x06" in file.read()
    if has_end:
        return SourceUnreadable(
            "The zip is damaged: its list of members cannot be read. Zip and send it again.",
            code="ZIP-CORRUPT",
        )
    return SourceUnreadable(
        "The zip is cut short: its end is not there. Send it again.", code="ZIP-TRUNCATED"
    )


def _choose_layer(members: list[zipfile.ZipInfo], table: str | None) -> zipfile.ZipInfo:
    layers = _layers(members)
    if table:
        layers = [layer for layer in layers if _stem(layer) == table.lower()] or layers
    if len(layers) == 1:
        return layers[0]
    if layers:
        raise refuse_several_layers("The zip", [layer.filename for layer in layers])
    if any(_ending(member) == ".gdb" for member in members):
        raise SourceUnreadable(
            "The zip holds a .gdb that is one file, and a File Geodatabase is a folder with many. "
            "Zip the whole .gdb folder and send the zip.",
            code="GDB-PARTS",
        )
    if any(_ending(member) in _PARTS["shapefile"] for member in members):
        raise SourceUnreadable(
            "The zip holds parts of a shapefile and no .shp. Zip the .shp, .shx, .dbf and .prj "
            "files together.",
            code="SHP-PARTS",
        )
    raise SourceUnreadable(
        f"The zip holds no layer that this version reads, only {_names(members)}. Send a zipped "
        "shapefile, MapInfo table or File Geodatabase, a GeoPackage, GeoJSON, KML, GML or CSV.",
        code="FMT-UNSUPPORTED",
    )


def _refuse_unsaved(layer: zipfile.ZipInfo, members: list[zipfile.ZipInfo]) -> None:
    unsaved = [f"{layer.filename.lower()}{ending}" for ending in _UNSAVED]
    if any(member.filename.lower() in unsaved and member.file_size for member in members):
        raise SourceUnreadable(
            f"{layer.filename} was zipped while a program had it open, and its last changes are "
            "in another file. Close the file in QGIS and save it again, then zip it.",
            code="GPKG-UNSAVED",
        )


def _layers(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Return what may be a layer; a .json beside one is mostly a description of it."""
    layers = [member for member in members if _ending(member) in _LAYER_ENDINGS]
    return [layer for layer in layers if _ending(layer) != ".json"] or layers


def _choose_kml(members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """Return doc.kml, or else the only .kml there is."""
    layers = [member for member in members if _ending(member) == ".kml"]
    main = [layer for layer in layers if layer.filename.lower() == _MAIN_KML]
    if main or len(layers) == 1:
        return (main or layers)[0]
    if layers:
        raise SourceUnreadable(
            f"The KMZ holds {len(layers)} KML files and none is called {_MAIN_KML}: "
            f"{_names(layers)}. Send one of them.",
            code="MULTI-LAYER",
        )
    raise SourceUnreadable(
        "The KMZ holds no .kml file. Save it again in the program that made it.",
        code="FMT-MISMATCH",
    )


def _linked_kml(
    path: Path, main: zipfile.ZipInfo, members: list[zipfile.ZipInfo], request: ReadRequest
) -> tuple[zipfile.ZipInfo | None, tuple[Finding, ...]]:
    """Return the member that the main KML only links to, None where there is none."""
    links = find_links(path, main.filename, [member.filename for member in members], request.limits)
    layers = [member for member in members if member.filename in links.names]
    if not layers:
        return None, ()
    if request.table:
        named = [layer for layer in layers if _stem(layer) == request.table.lower()]
        layers = named or layers
    if len(layers) > 1:
        raise refuse_several_layers("The KMZ", [layer.filename for layer in layers])
    return layers[0], links.say_others()


def _names(members: list[zipfile.ZipInfo]) -> str:
    return list_names([member.filename for member in members])


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
    target.parent.mkdir(exist_ok=True)
    try:
        with archive.open(member) as source, target.open("xb") as file:
            while chunk := source.read(_CHUNK_BYTES):
                file.write(chunk)
    except FileExistsError:
        raise SourceUnreadable(
            f"The zip holds {member.filename} twice. Remove one of them.", code="ZIP-NAME"
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise damaged(member) from None


def _check_head(path: Path, form: Form) -> None:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise SourceUnreadable(f"The {FORM_WORDS[form]} in the zip is empty.", code="EMPTY-FILE")
    check_content(form, recognise(head))


def _note_ignored(names: list[str]) -> tuple[Finding, ...]:
    if not names:
        return ()
    shown = list_names(names)
    return (Finding("ZIP-IGNORED", "note", f"Ignored in the zip: {shown}.", value=shown),)
