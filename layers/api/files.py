"""Sending a file: whole or a range of it, without holding it in memory."""

import base64
import os
from collections.abc import Callable, Iterator
from typing import IO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from layers.api.problems import answer_exception
from layers.api.ranges import ByteRange, read_range
from layers.errors import DownloadsBusy, RangeNotSatisfiable
from layers.exports.slots import SENDING

_BLOCK = 1 << 18
# What is no larger than this is handed to the server whole, so that it occupies no thread.
MOST_AT_ONCE = 1 << 20


def file_response(
    request: HttpRequest, file: IO[bytes], media_type: str, sha256: str
) -> HttpResponseBase:
    """Return a file, or what of it the request asks for; the file is closed at the end.

    Parameters
    ----------
    sha256
        Of the whole file, in hexadecimal: its strong ETag and its `Repr-Digest` (RFC 9530).
    """
    size, etag = os.fstat(file.fileno()).st_size, f'"{sha256}"'
    if _is_unchanged(request, etag):
        file.close()
        return _described(_unchanged(), etag, sha256)
    try:
        part = _range(request, etag, size)
    except RangeNotSatisfiable as error:
        file.close()
        refused = answer_exception(error, {"request": request})
        assert refused is not None  # it is one of `PROBLEM_KINDS`
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    response = send_part(request, file, part or ByteRange(0, size - 1), media_type)
    if part is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    return _described(response, etag, sha256)


def send_part(
    request: HttpRequest,
    file: IO[bytes],
    part: ByteRange,
    media_type: str,
) -> HttpResponseBase:
    """Return some bytes of a file, which is closed when they have been sent or given up."""
    response: HttpResponseBase
    file.seek(part.first)
    if request.method == "HEAD" or part.size <= MOST_AT_ONCE:
        body = b"" if request.method == "HEAD" else file.read(part.size)
        file.close()
        response = HttpResponse(body, content_type=media_type)
    else:
        try:
            blocks = _Blocks(file, part.size, SENDING.take())
        except DownloadsBusy:
            file.close()
            raise
        response = StreamingHttpResponse(blocks, content_type=media_type)
    response["Content-Length"] = str(part.size)
    return response


class _Blocks:
    """So many bytes of a file, and an end to it whether they were read or not."""

    def __init__(self, file: IO[bytes], size: int, on_end: Callable[[], None]) -> None:
        self._file, self._left, self._on_end = file, size, on_end

    def __iter__(self) -> Iterator[bytes]:
        while self._left > 0 and (block := self._file.read(min(_BLOCK, self._left))):
            self._left -= len(block)
            yield block

    def close(self) -> None:
        self._file.close()
        self._on_end()


def _range(request: HttpRequest, etag: str, size: int) -> ByteRange | None:
    if request.method == "HEAD" or "HTTP_RANGE" not in request.META:
        return None
    if_range = request.META.get("HTTP_IF_RANGE", "")
    return read_range(request.META["HTTP_RANGE"], if_range, etag, size)


def _is_unchanged(request: HttpRequest, etag: str) -> bool:
    wanted = request.META.get("HTTP_IF_NONE_MATCH", "")[:4000]
    tags = [tag.strip().removeprefix("W/") for tag in wanted.split(",")]
    return "*" in tags or etag in tags


def _unchanged() -> HttpResponse:
    response = HttpResponse(status=304)
    # A cache takes the type that Django would say for that of the file (RFC 9111, 3.2).
    del response["Content-Type"]
    return response


def _described(response: HttpResponseBase, etag: str, sha256: str) -> HttpResponseBase:
    digest = base64.b64encode(bytes.fromhex(sha256)).decode()
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Repr-Digest"] = f"sha-256=:{digest}:"
    # An edition's file does not change, but it can be taken back: caches ask again.
    response["Cache-Control"] = "public, max-age=300, no-transform"
    return response
