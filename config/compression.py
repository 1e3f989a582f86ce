"""Answers compressed as the client asks, at the levels that cost less than they save.

Our own, because of what there is: Django's GZipMiddleware and django-http-compression have no
zstd below Python 3.14, django-compression-middleware no levels and no maintainer.
"""

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Protocol, cast

import brotli
import zstandard
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

_LEAST_BYTES = 1000
# Measured: gzip's own 6 costs more than making the page does (docs/developers/performance.md).
_ZSTD_LEVEL, _BROTLI_LEVEL, _GZIP_LEVEL = 3, 1, 1
_GZIP_WRAPPER = 16 + zlib.MAX_WBITS
# What compresses: text in any form, and vector tiles. Images and files are compressed already.
_COMPRESSIBLE = re.compile(
    r"(text/|application/([\w.+-]*(json|xml|javascript|yaml)|geo\+json-seq"
    r"|vnd\.mapbox-vector-tile|schema-instance|sql)|image/svg\+xml)",
    re.ASCII,
)
# A browser asks with a line; nobody needs more to say what it can read.
_MOST_CHARACTERS = 500
_QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII | re.IGNORECASE)


class Compressor(Protocol):
    """A stream: what goes in may come out later."""

    def add(self, data: bytes) -> bytes: ...
    def so_far(self) -> bytes: ...
    def end(self) -> bytes: ...


class CompressAnswersMiddleware:
    """Compresses with zstd, brotli or gzip, whole or as a stream, whichever the client prefers.

    Not for staff: their pages hold tokens beside what others wrote, and the length of what is
    compressed together tells about it (BREACH). Not what is compressed already, and not what is
    given in ranges, where the bytes have places.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if not _may_be_compressed(request, response):
            return response
        if "Accept-Encoding" not in response.headers.get("Vary", ""):
            patch_vary_headers(response, ("Accept-Encoding",))
        encoding = choose_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        if encoding:
            _compress(response, encoding)
        return response


def choose_encoding(accepted: str) -> str | None:
    """Return the encoding that an Accept-Encoding header prefers, or None for none.

    Of those it likes equally, the one that costs least for what it saves.
    """
    return _choose(accepted[:_MOST_CHARACTERS])


@lru_cache(maxsize=256)
def _choose(accepted: str) -> str | None:
    qualities = _read_qualities(accepted)
    others = qualities.get("*", 0.0)
    # Left unsaid, plain is as good as the worst that is welcome: being named is being preferred.
    plain = qualities.get("identity", 0.0)
    best, quality = None, plain
    for encoding in _COMPRESSORS:
        wanted = qualities.get(encoding, others)
        if wanted > quality or (best is None and wanted == quality > 0):
            best, quality = encoding, wanted
    return best


def _read_qualities(accepted: str) -> dict[str, float]:
    qualities: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        found = _QUALITY.fullmatch(weight.strip())
        # A weight that cannot be read is no wish.
        qualities[name.strip()] = 1.0 if not weight else float(found[1]) if found else 0.0
    return qualities


def _may_be_compressed(request: HttpRequest, response: HttpResponseBase) -> bool:
    headers = response.headers
    if (
        response.status_code in (204, 206, 304)
        or "Content-Encoding" in headers
        or "Accept-Ranges" in headers
        or "no-transform" in headers.get("Cache-Control", "")
        or request.path_info.startswith((*settings.STAFF_PREFIXES, settings.STATIC_URL))
        or not _COMPRESSIBLE.match(headers.get("Content-Type", ""))
    ):
        return False
    # What streams does not know how long it will be.
    return not isinstance(response, HttpResponse) or len(response.content) >= _LEAST_BYTES


def _compress(response: HttpResponseBase, encoding: str) -> None:
    if isinstance(response, StreamingHttpResponse):
        if response.is_async:
            return
        compressor = _COMPRESSORS[encoding]()
        chunks = cast(Iterable[bytes], response.streaming_content)
        response.streaming_content = _stream(chunks, compressor)
        del response.headers["Content-Length"]
    elif isinstance(response, HttpResponse):
        response.content = _WHOLE[encoding](response.content)
        response.headers["Content-Length"] = str(len(response.content))
    response.headers["Content-Encoding"] = encoding
    # These are not the bytes that a strong ETag promises.
    tag = response.headers.get("ETag", "")
    if tag.startswith('"'):
        response.headers["ETag"] = f"W/{tag}"


def _stream(chunks: Iterable[bytes], compressor: Compressor) -> Iterator[bytes]:
    """Yield what comes out; the first chunk at once, so that a reader sees that it begins."""
    is_first = True
    for chunk in chunks:
        made = compressor.add(chunk)
        if is_first:
            made += compressor.so_far()
            is_first = False
        if made:
            yield made
    yield compressor.end()


class _Zstd:
    def __init__(self) -> None:
        self._stream = zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()

    def add(self, data: bytes) -> bytes:
        return self._stream.compress(data)

    def so_far(self) -> bytes:
        return self._stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)

    def end(self) -> bytes:
        return self._stream.flush()


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Compressor(quality=_BROTLI_LEVEL)

    def add(self, data: bytes) -> bytes:
        return bytes(self._stream.process(data))

    def so_far(self) -> bytes:
        return bytes(self._stream.flush())

    def end(self) -> bytes:
        return bytes(self._stream.finish())


class _Gzip:
    def __init__(self) -> None:
        self._stream = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_WRAPPER)

    def add(self, data: bytes) -> bytes:
        return self._stream.compress(data)

    def so_far(self) -> bytes:
        return self._stream.flush(zlib.Z_SYNC_FLUSH)

    def end(self) -> bytes:
        return self._stream.flush()


# In the order of our liking.
_COMPRESSORS: Mapping[str, Callable[[], Compressor]] = {"zstd": _Zstd, "br": _Brotli, "gzip": _Gzip}
_WHOLE: Mapping[str, Callable[[bytes], bytes]] = {
    "zstd": lambda body: zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(body),
    "br": lambda body: bytes(brotli.compress(body, quality=_BROTLI_LEVEL)),
    "gzip": lambda body: gzip.compress(body, _GZIP_LEVEL, mtime=0),
}
