"""Refuses programs in a zip, under whatever name: by the first bytes of each member."""

import zipfile
import zlib

from importers.errors import SourceUnreadable

# The string that virus scanners agree to find, in two parts so that none finds it here.
_EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_HEAD_BYTES = 128


def refuse_programs(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Raise `SourceUnreadable` for the first member that is a program or a test virus.

    Raises
    ------
    SourceUnreadable
        ``ZIP-FORBIDDEN``, or ``ZIP-CORRUPT`` for a member that cannot be begun.
    """
    for member in members:
        try:
            with archive.open(member) as file:
                head = file.read(_HEAD_BYTES)
        except (zipfile.BadZipFile, zlib.error, EOFError):
            raise damaged(member) from None
        if _is_program(head):
            raise SourceUnreadable(
                f"The zip holds {member.filename}, which is a program and not data. "
                "Leave it out and zip again.",
                code="ZIP-FORBIDDEN",
            )


def _is_program(head: bytes) -> bool:
    # A table may well begin with the letters MZ, but holds no NUL.
    is_windows = head.startswith(b"MZ") and b"\x00" in head
    return is_windows or head.startswith((b"\x7fELF", b"#!", b"<?php", _EICAR))


def damaged(member: zipfile.ZipInfo) -> SourceUnreadable:
    """Return the refusal of a member whose bytes are not what was zipped."""
    return SourceUnreadable(
        f"The zip's member {member.filename} is damaged. Zip and send it again.",
        code="ZIP-CORRUPT",
    )
