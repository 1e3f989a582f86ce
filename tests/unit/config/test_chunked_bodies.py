"""Bodies in chunks are announced to Django, and end somewhere."""

import io
from typing import Any

import pytest

from config.chunked_bodies import MeasureChunkedBodies


class Trickle(io.BytesIO):
    """A body that comes a few bytes at a time, whatever is asked for."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(7)


def answered(environ: dict[str, Any]) -> tuple[str, bytes]:
    """Return the status, and what an application reads that goes by Content-Length."""
    said: list[str] = []

    def echo(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))]

    answer = MeasureChunkedBodies(echo)(environ, lambda status, headers: said.append(status))
    return said[0], b"".join(answer)


def test_a_body_in_chunks_is_read_whole() -> None:
    body = b"0123456789" * 100

    environ = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": Trickle(body)}

    assert answered(environ) == ("200 OK", body)


def test_one_that_says_its_length_is_left_as_it_is() -> None:
    environ = {"CONTENT_LENGTH": "4", "wsgi.input": io.BytesIO(b"0123456789")}

    assert answered(environ) == ("200 OK", b"0123")


def test_one_that_does_not_end_is_refused(settings: Any) -> None:
    settings.SITE_FILE_MAX_BYTES = 1000
    endless = Trickle(b"x" * 2_000_000)

    status, words = answered({"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": endless})

    assert status.startswith("413")
    assert b"1,001,000 bytes" in words
    assert endless.tell() < 1_001_000 + 100


@pytest.mark.parametrize("environ", [{}, {"REQUEST_METHOD": "GET"}])
def test_what_has_no_body_has_none(environ: dict[str, Any]) -> None:
    assert answered({**environ, "wsgi.input": io.BytesIO(b"")}) == ("200 OK", b"")
