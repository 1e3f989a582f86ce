"""Finds the File Geodatabases in a zip: folders whose files are no layers by themselves."""

import re
import zipfile
from pathlib import PurePosixPath

_FOLDER_ENDING = ".gdb"
_TABLE = re.compile(r"a[0-9a-f]{8}\.(gdbtable|cdf)", re.IGNORECASE)


def geodatabase_folder(name: str) -> PurePosixPath | None:
    """Return the geodatabase in which a member lies, None where it lies in none.

    A folder that has lost its .gdb is known by the names of its tables.
    """
    path = PurePosixPath(name)
    for folder in reversed(path.parents):
        if folder.suffix.lower() == _FOLDER_ENDING:
            return folder
    return path.parent if _TABLE.fullmatch(path.name) else None


def find_geodatabases(members: list[zipfile.ZipInfo]) -> dict[str, list[zipfile.ZipInfo]]:
    """Return the files of each geodatabase in a zip, by its folder."""
    folders = {geodatabase_folder(member.filename) for member in members} - {None}
    return {
        str(folder): [m for m in members if geodatabase_folder(m.filename) == folder]
        for folder in sorted(folders, key=str)
    }
