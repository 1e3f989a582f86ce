"""Gathers the parts of a shapefile or MapInfo table that lie beside the one that was given."""

import shutil
import zipfile
from pathlib import Path
from typing import BinaryIO

_PARTS = {
    ".shp": (".shp", ".shx", ".dbf", ".prj", ".cpg"),
    ".tab": (".tab", ".dat", ".map", ".id"),
    ".mif": (".mif", ".mid"),
}
# The same parts make the same zip, whenever they were written: its content names a source.
_WRITTEN = (1980, 1, 1, 0, 0, 0)


def find_parts(path: Path) -> list[Path]:
    """Return the parts of which ``path`` is one, in a fixed order; none if it stands alone.

    Capitals do not matter: MapInfo writes ``Trees.tab`` beside ``Trees.DAT``.
    """
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


def write_parts(parts: list[Path], target: BinaryIO) -> None:
    """Write ``parts`` to ``target`` as one zip, unpacked, under their own names."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for part in parts:
            member = zipfile.ZipInfo(part.name, _WRITTEN)
            with part.open("rb") as source, archive.open(member, "w") as copy:
                shutil.copyfileobj(source, copy)
