"""Refuses zips whose list of members could harm, mislead or exhaust whoever unpacks them."""

import stat
import zipfile
from pathlib import PurePosixPath

from importers.errors import SourceUnreadable
from importers.read.child.zip_geodatabase import geodatabase_folder
from importers.read.limits import ReadLimits

_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ARCHIVES = frozenset((".zip", ".kmz", ".gz", ".tgz", ".7z", ".rar", ".tar", ".bz2", ".xz"))
_FORBIDDEN = frozenset(
    (".exe", ".dll", ".com", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".msi", ".scr")
    + (".php", ".html", ".htm", ".xlsm", ".docm", ".sh", ".py")
)
_JUNK_NAMES = frozenset((".ds_store", "thumbs.db", "desktop.ini"))


def is_junk(name: str) -> bool:
    """Return whether a member is what macOS or Windows leave behind."""
    path = PurePosixPath(name)
    return path.name.lower() in _JUNK_NAMES or "__MACOSX" in path.parts


def check_members(members: list[zipfile.ZipInfo], limits: ReadLimits) -> None:
    """Raise `SourceUnreadable` for the first member that may not be unpacked.

    Nothing is trusted that the list of members says about sizes: it only serves
    to refuse early, and unpacking stops at the size that is said here.
    """
    _check_count(members, limits)
    for member in members:
        _check_name(member)
        _check_kind(member)
    _check_sizes(members, limits)


def _check_count(members: list[zipfile.ZipInfo], limits: ReadLimits) -> None:
    """Refuse too many members; a geodatabase has a dozen files for each of its layers."""
    most = limits.members
    if len(members) <= limits.geodatabase_members and any(
        geodatabase_folder(member.filename) for member in members
    ):
        most = limits.geodatabase_members
    if len(members) > most:
        raise _refusal(
            "ZIP-TOO-MANY",
            f"The zip has {len(members):,} members and at most {most:,} are read. "
            "Zip only the files of one layer.",
        )


def _check_name(member: zipfile.ZipInfo) -> None:
    shown = ascii(member.orig_filename[:100])
    # zipfile cuts a name at its first NUL, so only the original shows it.
    if any(ord(character) < ord(" ") for character in member.orig_filename):
        raise _refusal("ZIP-NAME", f"The zip's member {shown} has a control character in its name.")
    path = PurePosixPath(member.orig_filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0]:
        raise _refusal(
            "ZIP-PATH",
            f"The zip's member {shown} points outside the zip. Zip the files without their paths.",
        )


def _check_kind(member: zipfile.ZipInfo) -> None:
    name = member.filename
    if stat.S_ISLNK(member.external_attr >> 16):
        raise _refusal("ZIP-LINK", f"The zip's member {name} is a link. Zip the file itself.")
    if member.flag_bits & _ENCRYPTED:
        raise _refusal(
            "ZIP-ENCRYPTED", "The zip is protected by a password. Zip it again without one."
        )
    if member.compress_type not in _METHODS:
        raise _refusal(
            "ZIP-METHOD",
            f"The zip's member {name} is compressed in an unusual way. "
            "Re-zip with the normal setting.",
        )
    ending = PurePosixPath(name).suffix.lower()
    if ending in _ARCHIVES:
        raise _refusal("ZIP-NESTED", f"The zip holds {name}. Unzip once and send the inner file.")
    if ending in _FORBIDDEN:
        raise _refusal(
            "ZIP-FORBIDDEN", f"The zip holds {name}, which is not data. Leave it out and zip again."
        )


def _check_sizes(members: list[zipfile.ZipInfo], limits: ReadLimits) -> None:
    total_bytes = sum(member.file_size for member in members)
    if total_bytes > limits.unpacked_bytes:
        raise _refusal(
            "ZIP-BOMB",
            f"Unpacked, the zip is larger than {limits.unpacked_bytes // 1_000_000} MB.",
        )
    for member in members:
        is_large = member.file_size > limits.ratio_counts_from_bytes
        if is_large and member.file_size > member.compress_size * limits.unpacked_ratio:
            raise _refusal(
                "ZIP-BOMB",
                f"The zip's member {member.filename} unpacks to more than "
                f"{limits.unpacked_ratio} times its size, which data does not.",
            )


def _refusal(code: str, message: str) -> SourceUnreadable:
    return SourceUnreadable(message, code=code)
