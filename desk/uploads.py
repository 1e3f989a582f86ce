"""How a file arrives by a browser: written to the inbox as it comes, and never too much of it."""

import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class InboxUploadHandler(FileUploadHandler):
    """Takes files from people who may import, up to `settings.MAX_UPLOAD_BYTES`.

    What nobody may send is thrown away while it arrives: Django reads forms before a view
    can refuse them, and a stranger must not be able to fill the disk.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._received_bytes = 0

    def new_file(self, *arguments: Any, **options: Any) -> None:
        super().new_file(*arguments, **options)
        if not _may_send(self.request):
            raise SkipFile
        settings.INBOX_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Readable by this account alone, and gone by itself once it is closed.
        # Closed by whoever takes it over: Django, at the end of the request.
        self._file = tempfile.NamedTemporaryFile(  # noqa: SIM115 - Django closes it
            prefix="arriving-", dir=settings.INBOX_DIR
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received_bytes += len(raw_data)
        if self._received_bytes > settings.MAX_UPLOAD_BYTES:
            self._file.close()
            setattr(self.request, TOO_BIG, True)
            raise SkipFile
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self._file.seek(0)
        return UploadedFile(self._file, self.file_name, self.content_type, file_size)

    def upload_interrupted(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()


# The mark on a request whose files were more than is taken.
TOO_BIG = "upload_was_too_big"


def _may_send(request: Any) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.has_perm("importers.import_source")
