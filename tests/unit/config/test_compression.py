"""Answers are compressed as the client asks, and only where nothing is lost by it."""

import gzip
import io
from collections.abc import Callable, Iterator

import brotli
import pytest
import zstandard
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from config.compression import CompressAnswersMiddleware, choose_encoding

BODY = b'{"type":"FeatureCollection","features":[' + b'{"type":"Feature"},' * 500 + b"]}"


def unzip(body: bytes) -> bytes:
    with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(body)) as reader:
        return reader.read()


View = Callable[[HttpRequest], HttpResponseBase]
DECODERS = {"zstd": unzip, "br": brotli.decompress, "gzip": gzip.decompress}


def answer(
    accepted: str, path: str = "/api/", body: bytes = BODY, status: int = 200, **headers: str
) -> HttpResponse:
    described = {"Content-Type": "application/geo+json", **headers}
    response = HttpResponse(
        body, status=status, headers={name.replace("_", "-"): v for name, v in described.items()}
    )
    answered = sent(lambda request: response, accepted, path)
    assert isinstance(answered, HttpResponse)
    return answered


def sent(view: View, accepted: str, path: str = "/api/") -> HttpResponseBase:
    request = RequestFactory().get(path, headers={"accept-encoding": accepted})
    return CompressAnswersMiddleware(view)(request)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("br", "br"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("GZIP", "gzip"),
        ("gzip;q=1.0, br;q=0.5, zstd;q=0.1", "gzip"),
        ("gzip; q=0.5 , br ; q=0.9", "br"),
        ("*", "zstd"),
        ("zstd;q=0, *", "br"),
        ("gzip;q=0.001", "gzip"),
        ("identity;q=0.5, gzip;q=1", "gzip"),
        ("identity, gzip", "gzip"),
        ("identity;q=1, gzip;q=0.5", None),
        ("", None),
        ("identity", None),
        ("deflate, compress", None),
        ("br;q=0, gzip;q=0, *;q=0", None),
        ("gzip;q=0", None),
        ("gzip;q=2", None),
        ("gzip;q=nan", None),
        ("gzip;q=", None),
        ("gzip;q=-1", None),
        ("gzip;level=9", None),
        (",,;;q==,\0", None),
        ("../../etc/passwd", None),
        ("x," * 20_000 + "gzip", None),
    ],
)
def test_j22_it_takes_what_is_liked_best(accepted: str, encoding: str | None) -> None:
    assert choose_encoding(accepted) == encoding


@pytest.mark.parametrize("encoding", DECODERS)
def test_what_is_compressed_opens_again(encoding: str) -> None:
    response = answer(encoding)

    assert response["Content-Encoding"] == encoding
    assert response["Content-Length"] == str(len(response.content))
    assert len(response.content) < len(BODY) / 5
    assert DECODERS[encoding](response.content) == BODY


@pytest.mark.parametrize("encoding", DECODERS)
def test_a_stream_is_compressed_as_it_comes(encoding: str) -> None:
    made: list[int] = []

    def chunks() -> Iterator[bytes]:
        for number in range(200):
            made.append(number)
            yield b'{"type":"Feature","id":%d},' % number * 500

    response = sent(
        lambda request: StreamingHttpResponse(chunks(), content_type="application/geo+json"),
        encoding,
    )
    assert isinstance(response, StreamingHttpResponse)
    parts = iter(response)
    first = next(parts)

    assert first
    assert made == [0]  # the first bytes leave before the second chunk is made
    assert response["Content-Encoding"] == encoding
    assert "Content-Length" not in response
    assert DECODERS[encoding](first + b"".join(parts)).count(b'"Feature"') == 200 * 500


def test_a_stream_that_is_left_is_closed() -> None:
    closed: list[bool] = []

    def chunks() -> Iterator[bytes]:
        try:
            while True:
                yield BODY
        finally:
            closed.append(True)

    response = sent(
        lambda request: StreamingHttpResponse(chunks(), content_type="text/csv"), "gzip"
    )
    assert isinstance(response, StreamingHttpResponse)
    next(iter(response))
    response.close()

    assert closed == [True]


@pytest.mark.parametrize(
    "media_type",
    [
        "application/json",
        "application/geo+json",
        "application/geo+json-seq",
        "application/problem+json",
        "application/schema+json",
        "application/vnd.oai.openapi+json;version=3.0",
        "application/vnd.mapbox-vector-tile",
        "application/vnd.google-earth.kml+xml",
        "application/xml",
        "text/html; charset=utf-8",
        "text/csv",
        "text/calendar",
        "image/svg+xml",
    ],
)
def test_text_and_tiles_are_compressed(media_type: str) -> None:
    assert answer("gzip", Content_Type=media_type)["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "media_type",
    [
        "application/geopackage+sqlite3",
        "application/vnd.apache.parquet",
        "application/zip",
        "application/octet-stream",
        "image/png",
        "font/woff2",
        "",
    ],
)
def test_what_is_compressed_already_is_left(media_type: str) -> None:
    response = answer("gzip", Content_Type=media_type)

    assert "Content-Encoding" not in response
    assert response.content == BODY


@pytest.mark.parametrize(
    "path", ["/manage/", "/manage/layers/schools", "/admin/", "/static/app.css"]
)
def test_pages_of_staff_are_not_compressed(path: str) -> None:
    response = answer("gzip", path, Content_Type="text/html")

    assert "Content-Encoding" not in response


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (206, {"Content_Range": "bytes 0-9/100"}),
        (200, {"Accept_Ranges": "bytes"}),
        (200, {"Content_Encoding": "gzip"}),
        (200, {"Cache_Control": "public, no-transform"}),
    ],
)
def test_what_has_its_bytes_counted_is_left(status: int, headers: dict[str, str]) -> None:
    assert answer("br", status=status, **headers).content == BODY


def test_what_is_small_is_left() -> None:
    response = answer("br", body=b"{}")

    assert response.content == b"{}"
    assert "Content-Encoding" not in response


@pytest.mark.parametrize("accepted", ["", "gzip"])
def test_a_cache_is_told_what_the_answer_depends_on(accepted: str) -> None:
    assert answer(accepted)["Vary"] == "Accept-Encoding"
    assert answer(accepted, Vary="Accept, Accept-Encoding")["Vary"] == "Accept, Accept-Encoding"
    assert answer(accepted, Vary="Accept")["Vary"] == "Accept, Accept-Encoding"


def test_a_strong_tag_becomes_weak_because_the_bytes_are_others() -> None:
    assert answer("gzip", ETag='"a"')["ETag"] == 'W/"a"'
    assert answer("gzip", ETag='W/"a"')["ETag"] == 'W/"a"'
    assert answer("identity", ETag='"a"')["ETag"] == '"a"'


def test_its_head_says_how_long_the_answer_would_be() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(BODY, content_type="application/json")

    factory = RequestFactory(headers={"accept-encoding": "zstd"})
    of_get, of_head = (
        CompressAnswersMiddleware(view)(ask("/api/")) for ask in (factory.get, factory.head)
    )

    assert of_head.headers["Content-Length"] == of_get.headers["Content-Length"]
