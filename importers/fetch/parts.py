"""Gathers the parts of a source that is several files: a shapefile, a MapInfo table, a .gdb."""

import shutil
import zipfile
from pathlib import Path
from typing import BinaryIO

_PARTS = {
    ".shp": (".shp", ".shx", ".dbf", ".prj", ".cpg"),
    ".tab": (".tab", ".dat", ".map", ".id"),
    ".mif": (".mif", ".mid"),
}
_GEODATABASE = ".gdb"
# Left by whoever has the geodatabase open.
_LOCK = ".lock"
# What SQLite has written and not yet put into the GeoPackage beside which it lies.
_UNSAVED = ("-wal", "-journal")
# The same parts make the same zip, whenever they were written: its content names a source.
_WRITTEN = (1980, 1, 1, 0, 0, 0)


def find_parts(path: Path) -> list[Path]:
    """Return the parts of which ``path`` is one, in a fixed order; none if it stands alone.

    Capitals do not matter: MapInfo writes ``Trees.tab`` beside ``Trees.DAT``. Of a
    File Geodatabase, which is a folder, they are the files in it.
    """
    if is_geodatabase(path):
        return sorted(
            part
            for part in path.iterdir()
            if part.is_file() and part.suffix.lower() != _LOCK and not part.is_symlink()
        )
    endings = _PARTS.get(path.suffix.lower(), ())
    found = {
        beside.suffix.lower(): beside
        for beside in sorted(path.parent.iterdir())
        if beside.stem.lower() == path.stem.lower()
        and beside.suffix.lower() in endings
        and beside.is_file()
    }
    if len(found) < 2:
        return []
    found[path.suffix.lower()] = path
    return [found[ending] for ending in endings if ending in found]


def is_geodatabase(path: Path) -> bool:
    """Return whether ``path`` is a folder that is called a File Geodatabase."""
    return path.suffix.lower() == _GEODATABASE and path.is_dir()


def find_unsaved(path: Path) -> Path | None:
    """Return the file beside a GeoPackage that holds changes not yet in it, if there is one."""
    for ending in _UNSAVED:
        beside = path.with_name(path.name + ending)
        if path.suffix.lower() == ".gpkg" and beside.is_file() and beside.stat().st_size:
            return beside
    return None


def write_parts(parts: list[Path], target: BinaryIO) -> None:
    """Write ``parts`` to ``target`` as one zip, unpacked, under their own names.

    Files of a geodatabase keep their folder, which is what makes them one.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for part in parts:
            folder = f"{part.parent.name}/" if is_geodatabase(part.parent) else ""
            member = zipfile.ZipInfo(f"{folder}{part.name}", _WRITTEN)
            with part.open("rb") as source, archive.open(member, "w") as copy:
                shutil.copyfileobj(source, copy)
