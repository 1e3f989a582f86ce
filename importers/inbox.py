"""Where files that arrive by a browser wait for the worker, under names that say nothing.

The web process writes them and never reads them. The worker copies each into the store of
sources, from where it is opened in the sandbox, and deletes it here.
"""

import re
import secrets
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

from importers.errors import SourceUnreadable

_NAME = re.compile(r"[0-9a-f]{32}")
_OWNER_ONLY = 0o600


class Upload(Protocol):
    """A file of a form, as Django hands it over."""

    name: str | None

    def chunks(self) -> Iterable[bytes]:
        """Return its bytes, a piece at a time."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file in the inbox: its name there, and what the person called it."""

    arrived_as: str
    given_name: str


def receive(uploads: Sequence[Upload]) -> Arrival:
    """Keep what a person sent, and return where it is.

    Several files are the parts of one source, such as a shapefile's: they are kept
    together in one zip, stored and not compressed. None of them is opened.
    """
    arrived_as = secrets.token_hex(16)
    path = _folder() / arrived_as
    with path.open("xb") as target:
        path.chmod(_OWNER_ONLY)
        if len(uploads) == 1:
            for chunk in uploads[0].chunks():
                target.write(chunk)
            return Arrival(arrived_as, _given(uploads[0]))
        _write_together(uploads, target)
    return Arrival(arrived_as, f"{Path(_given(uploads[0])).stem}.zip")


def find_arrival(arrived_as: str) -> Path:
    """Return the path of a file in the inbox.

    Raises
    ------
    SourceUnreadable
        There is none of that name, any more (``INBOX-EMPTY``).
    """
    path = _folder() / arrived_as
    if not _NAME.fullmatch(arrived_as) or not path.is_file():
        raise SourceUnreadable(
            "The file that was given in the browser is no longer in the inbox. Give it again.",
            code="INBOX-EMPTY",
        )
    return path


def discard_arrival(arrived_as: str) -> None:
    """Delete a file of the inbox, if it is there."""
    if _NAME.fullmatch(arrived_as):
        (_folder() / arrived_as).unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.INBOX_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _given(upload: Upload) -> str:
    return Path(upload.name or "").name or "source"


def _write_together(uploads: Sequence[Upload], target: IO[bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for upload in uploads:
            with archive.open(zipfile.ZipInfo(_given(upload)), "w", force_zip64=True) as part:
                for chunk in upload.chunks():
                    part.write(chunk)
