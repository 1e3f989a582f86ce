"""A file that says where a site is: written to a place of its own as it arrives, never too much."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from importers.site_file import SiteFilesBusy, SiteFileUnreadable, SiteShape, read_site_file
from layers.errors import SearchesBusy
from layers.query.turns import Turns
from planning.boundary import SiteUnusable

_TOO_BIG = "site_file_was_too_big"
_LONGEST_NAME = 200
FIELD = "file"
# A file takes a second or, made to, twenty: whoever sends dozens at once holds these few threads.
_TURNS = Turns(lambda: 1, lambda: 2, most_wait_s=8.0)


class SiteUploadHandler(FileUploadHandler):
    """Takes one file up to `settings.SITE_FILE_MAX_BYTES`, into a file that goes with the request.

    The usual handler of this service takes files from officers alone.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._received_bytes = 0

    def new_file(self, *arguments: Any, **options: Any) -> None:
        super().new_file(*arguments, **options)
        # To skip a second one would close the first as well: it is read, and thrown away.
        self._is_wanted = not hasattr(self, "_file")
        if not self._is_wanted:
            return
        if not settings.SITE_FILE_MAX_BYTES:
            raise SkipFile
        settings.INBOX_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Readable by this account alone, and gone by itself once Django closes it.
        self._file = tempfile.NamedTemporaryFile(  # noqa: SIM115 - closed at the end of the request
            prefix="arriving-", dir=settings.INBOX_DIR
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if not self._is_wanted:
            return
        self._received_bytes += len(raw_data)
        if self._received_bytes > settings.SITE_FILE_MAX_BYTES:
            self._file.close()
            setattr(self.request, _TOO_BIG, True)
            raise SkipFile
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self._is_wanted:
            return None
        self._file.flush()
        return UploadedFile(self._file, self.file_name, self.content_type, file_size)

    def upload_interrupted(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()


def receive_site_files(request: HttpRequest) -> None:
    """Have the request's file taken, before anything of its form is read."""
    request.upload_handlers = [SiteUploadHandler(request)]


def read_sent_shapes(request: HttpRequest) -> list[SiteShape]:
    """Return the shapes of the file that came with a request.

    Raises
    ------
    SiteUnusable
        There is none, or it cannot be read; it says what to do.
    """
    if getattr(request, _TOO_BIG, False):
        raise SiteUnusable(
            _("The file is larger than %(most)s MB. Send the site’s shape alone.")
            % {"most": settings.SITE_FILE_MAX_BYTES // 1_000_000}
        )
    sent: Any = request.FILES.get(FIELD)
    if sent is None or not sent.size:
        raise SiteUnusable(_("Choose a file that is not empty."))
    try:
        with _TURNS.taken():
            shapes = read_site_file(
                Path(sent.file.name),
                str(sent.name)[-_LONGEST_NAME:],
                sandbox_required=settings.SANDBOX_REQUIRED,
            )
    except SiteFileUnreadable as error:
        raise SiteUnusable(str(error)) from error
    except (SiteFilesBusy, SearchesBusy) as error:
        raise SiteUnusable(
            _("Another file is being read just now. Send yours again in a few seconds.")
        ) from error
    if not shapes:
        raise SiteUnusable(_("The file has no shapes."))
    return shapes
