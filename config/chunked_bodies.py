"""Bodies that come in chunks, without saying how long they are (RFC 9112, section 7.1)."""

import tempfile
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import IO, Any

from django.conf import settings

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

_BLOCK = 1 << 16
_MOST_IN_MEMORY = 1 << 20
# What stands around a file in a form.
_ROOM_FOR_FORM = 1_000_000


class MeasureChunkedBodies:
    """A WSGI application around Django's, which reads as many bytes as a request announces.

    Of a request in chunks that is none: Django would take its body for empty. It is read to its
    end first, at most what a stranger may send, and then announced.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if "HTTP_TRANSFER_ENCODING" not in environ or "CONTENT_LENGTH" in environ:
            return self._application(environ, start_response)
        most_bytes = settings.SITE_FILE_MAX_BYTES + _ROOM_FOR_FORM
        with tempfile.SpooledTemporaryFile(max_size=_MOST_IN_MEMORY) as body:
            _copy(environ["wsgi.input"], body, most_bytes)
            size = body.tell()
            if size > most_bytes:
                return _refuse(start_response, most_bytes)
            body.seek(0)
            measured = {**environ, "CONTENT_LENGTH": str(size), "wsgi.input": body}
            return self._application(measured, start_response)


def _copy(source: Any, target: IO[bytes], most_bytes: int) -> None:
    while target.tell() <= most_bytes and (block := source.read(_BLOCK)):
        target.write(block)


def _refuse(start_response: StartResponse, most_bytes: int) -> Iterable[bytes]:
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    start_response(f"{status.value} {status.phrase}", [("Content-Type", "text/plain")])
    return [
        f"A body in chunks may have {most_bytes:,} bytes. Send a larger one with its "
        "Content-Length.\n".encode()
    ]
