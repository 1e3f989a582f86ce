"""Brings a file given by a person into the store of sources, named by its content."""

import hashlib
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

from importers.errors import SourceUnreadable, WrongUse
from importers.fetch.parts import find_parts, find_unsaved, is_geodatabase, write_parts
from importers.fetch.source import FetchedSource

MAX_SOURCE_BYTES = 1_000_000_000

_CHUNK_BYTES = 1 << 20
_NAME_LENGTH = 100
_LONGEST_SHOWN = 200


def fetch_file(
    given: str,
    sources_dir: Path,
    *,
    name: str = "",
    max_bytes: int = MAX_SOURCE_BYTES,
) -> FetchedSource:
    """Copy the file at ``given`` into ``sources_dir`` and return what is kept there.

    The copy lies at ``<sha256[:2]>/<sha256>/<name>``, is read-only and complete:
    it appears by rename, and a second call with the same content keeps the first.
    Of a shapefile or MapInfo table all parts that lie beside it are kept, as one zip;
    so are the files of a .gdb folder.

    Parameters
    ----------
    given
        A local path, as the person typed it.
    sources_dir
        The store. Made where it is missing.
    name
        What the file is called where that is not the last part of ``given``.
    max_bytes
        Size above which a file is refused.

    Raises
    ------
    WrongUse
        ``given`` does not exist, or is a folder.
    SourceUnreadable
        The file is empty (``EMPTY-FILE``), too big (``TOO-BIG``), cannot be read by
        this account (``FILE-UNREADABLE``), is a geodatabase without files
        (``GDB-PARTS``) or a GeoPackage that a program has open (``GPKG-UNSAVED``).
    """
    try:
        path = _find(given)
        sources_dir.mkdir(parents=True, exist_ok=True)
        _refuse_unsaved(given, path)
        parts = find_parts(path)
        if parts:
            name = path.name if is_geodatabase(path) else parts[0].name
            return _keep_parts(given, f"{name}.zip", parts, sources_dir, max_bytes)
        if is_geodatabase(path):
            raise SourceUnreadable(
                f"The folder {given} has no files in it. Copy the geodatabase again.",
                code="GDB-PARTS",
            )
        with path.open("rb") as original:
            return _keep(name or given, name or path.name, original, sources_dir, max_bytes)
    except PermissionError:
        raise SourceUnreadable(
            f"{given} may not be read by the account that runs the import. "
            "Change its permissions or copy it to a folder that the account may read.",
            code="FILE-UNREADABLE",
        ) from None
    except OSError as error:
        raise SourceUnreadable(
            f"{given[:_LONGEST_SHOWN]} cannot be read ({error.strerror}). "
            "Copy it to another folder, under a short name, and try again.",
            code="FILE-UNREADABLE",
        ) from None


def forget_file(source: FetchedSource) -> None:
    """Delete what is kept of a source that should never have been sent.

    The file that the person gave stays where it is.
    """
    source.path.unlink(missing_ok=True)
    source.path.parent.rmdir()


def _find(given: str) -> Path:
    try:
        path = Path(given).expanduser()
    except RuntimeError:
        path = Path(given)  # ~ and a name that nobody here has: then it is a name like any other
    if not path.exists():
        raise WrongUse(f"There is no file {given}. Check the path and its spelling.")
    if not path.is_file() and not is_geodatabase(path):
        raise WrongUse(f"{given} is not a file. Give the path of one file, zipped if it has parts.")
    return path


def _refuse_unsaved(given: str, path: Path) -> None:
    unsaved = find_unsaved(path)
    if unsaved is not None:
        raise SourceUnreadable(
            f"A program has {given} open, and its last changes are still in {unsaved.name}. "
            "Close the file in QGIS and save it again, then send it.",
            code="GPKG-UNSAVED",
        )


def _keep_parts(
    given: str, name: str, parts: list[Path], sources_dir: Path, max_bytes: int
) -> FetchedSource:
    if sum(part.stat().st_size for part in parts) > max_bytes:
        raise _too_big(given, max_bytes)
    with tempfile.TemporaryFile(dir=sources_dir) as gathered:
        write_parts(parts, gathered)
        gathered.seek(0)
        return _keep(given, name, gathered, sources_dir, max_bytes)


def _keep(
    given: str, name: str, original: BinaryIO, sources_dir: Path, max_bytes: int
) -> FetchedSource:
    handle, temporary = tempfile.mkstemp(prefix=".arriving-", dir=sources_dir)
    arriving = Path(temporary)
    try:
        with open(handle, "wb") as copy:
            sha256, size_bytes = _copy(original, copy, given, max_bytes)
            copy.flush()
            os.fsync(copy.fileno())
        arriving.chmod(0o444)
        kept = _settle(arriving, sources_dir / sha256[:2] / sha256, safe_name(name))
    finally:
        arriving.unlink(missing_ok=True)
    return FetchedSource(given=given, path=kept, name=name, sha256=sha256, size_bytes=size_bytes)


def keep_arrived(given: str, name: str, arrived: BinaryIO, sources_dir: Path) -> FetchedSource:
    """Keep what was fetched; how much of it there may be was counted while it arrived.

    Raises
    ------
    SourceUnreadable
        ``EMPTY-FILE``.
    """
    return _keep(given, name, arrived, sources_dir, max_bytes=sys.maxsize)


def _copy(original: BinaryIO, copy: BinaryIO, given: str, max_bytes: int) -> tuple[str, int]:
    """Copy while hashing, so that what is hashed is what is kept even if the file changes."""
    digest = hashlib.sha256()
    size_bytes = 0
    while chunk := original.read(_CHUNK_BYTES):
        size_bytes += len(chunk)
        if size_bytes > max_bytes:
            raise _too_big(given, max_bytes)
        digest.update(chunk)
        copy.write(chunk)
    if not size_bytes:
        raise SourceUnreadable(
            f"{given} is empty (0 bytes). Export it again and look at its size before sending.",
            code="EMPTY-FILE",
        )
    return digest.hexdigest(), size_bytes


def _too_big(given: str, max_bytes: int) -> SourceUnreadable:
    return SourceUnreadable(
        f"{given} is larger than {max_bytes // 1_000_000} MB. "
        "Leave out what is not needed, or send it in parts.",
        code="TOO-BIG",
    )


def _settle(arriving: Path, folder: Path, name: str) -> Path:
    """Move the copy to its place, or return the one that is there under whatever name."""
    folder.mkdir(parents=True, exist_ok=True)
    for kept in folder.iterdir():
        kept.touch()  # in use again: see importers.tidy.sources
        return kept
    settled = folder / name
    arriving.rename(settled)
    _sync_folder(folder)
    return settled


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def safe_name(name: str) -> str:
    """Return ``name`` with letters, digits, dot, dash and underscore only; its ending is kept."""
    cleaned = re.sub(r"[^A-Za-z0-9._-]+", "-", name).lstrip(".-")
    return cleaned[-_NAME_LENGTH:] or "source"
