"""Requests as no library sends them, over sockets to the server as `make run` starts it.

The ids are those of the catalogue of bad requests that the service is built against.
"""

import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.service import Address
from scripts.web import describe_web
from tests.factories.processes import child_environment, get

# Nothing here asks a database itself; without the mark pytest-django makes none for the server.
pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
PATH = "/api/conformance"
HOST = "Host: 127.0.0.1"


@dataclass(frozen=True)
class Server:
    """A running web service."""

    pid: int
    port: int

    def send(self, request: bytes, *, seconds: float = 5.0) -> bytes:
        """Return all that comes back until the server closes or says no more."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as wire:
            with suppress(OSError):  # it may have hung up; what it said before is what counts
                wire.sendall(request)
            answer = b""
            wire.settimeout(1.0)
            with suppress(OSError):
                while part := wire.recv(65536):
                    answer += part
            return answer

    def ask(self, *headers: str, line: str = f"GET {PATH} HTTP/1.1", body: bytes = b"") -> bytes:
        head = "\r\n".join([line, *headers, "Connection: close", "", ""])
        return self.send(head.encode("utf-8", "surrogateescape") + body)


@pytest.fixture(scope="module")
def server(django_db_setup: None, django_db_blocker: object) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    child = describe_web(Address("127.0.0.1", port))
    process = subprocess.Popen(
        [str(part) for part in child.command],
        cwd=ROOT,
        env=child_environment(**{**child.environment, **_database()}, WEB_WORKERS="1"),
    )
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                get(port, "/healthz")
                break
            except OSError:
                assert time.monotonic() < deadline, "nothing answered"
                time.sleep(0.1)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait(15)


def _database() -> dict[str, str]:
    environment = child_environment()
    names = ("DATABASE_URL", "DATABASE_WEB_URL")
    return {name: environment[name] for name in names if name in environment}


def status_of(answer: bytes) -> int:
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return int(found[1]) if found else 0


def statuses_in(answer: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3})", answer)]


def still_serves(server: Server) -> bool:
    return get(server.port, "/healthz")[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        ["Host: evil.com"],
        ["Host: 127.0.0.1.evil.com"],
        ["Host: 127.0.0.1@evil.com"],
        ["Host: evil.com#127.0.0.1"],
        ["Host: "],
        ["Host: ../../etc/passwd"],
        ["Host: 127.0.0.1:port"],
        ["Host: evil.com", "X-Forwarded-Host: 127.0.0.1"],
    ],
)
def test_j26_a_host_that_we_are_not_is_refused(server: Server, headers: list[str]) -> None:
    answer = server.ask(*headers)

    assert status_of(answer) == 400
    assert b"application/problem+json" in answer
    assert b"evil" not in answer


def test_j26_a_host_with_a_port_is_ours(server: Server) -> None:
    assert status_of(server.ask("Host: 127.0.0.1:8000")) == 200


def test_j26_no_host_is_refused(server: Server) -> None:
    assert status_of(server.ask()) == 400


def test_j26_two_hosts_are_refused_or_taken_for_one_of_ours(server: Server) -> None:
    answer = server.ask(HOST, "Host: evil.com")

    assert status_of(answer) in (200, 400)
    assert b"evil.com" not in answer


def test_j26_o05_no_header_moves_our_links(server: Server) -> None:
    answer = server.ask(
        HOST,
        "X-Forwarded-Host: evil.com",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Prefix: /evil",
        "Forwarded: host=evil.com;proto=https",
        line="GET /api/ HTTP/1.1",
    )

    assert status_of(answer) == 200
    assert b"evil" not in answer
    assert b"https://127.0.0.1" not in answer


def test_j26_an_absolute_address_of_another_host_leads_nowhere(server: Server) -> None:
    answer = server.ask("Host: evil.com", line=f"GET http://evil.com{PATH} HTTP/1.1")

    assert status_of(answer) == 400
    assert b"evil.com" not in answer


@pytest.mark.parametrize(
    "headers",
    [
        ["X-Big: " + "a" * 65_536],
        [f"X-{number}: a" for number in range(1000)],
        ["X-Same: a"] * 300,
        ["Cookie: " + "a=b; " * 20_000],
        ["Accept: " + "text/html," * 20_000],
    ],
    ids=["one of 64 kB", "a thousand", "300 alike", "cookies", "media types"],
)
def test_j27_floods_of_headers_are_cut_off(server: Server, headers: list[str]) -> None:
    before_ms = _cpu_ms(server.pid)
    answer = server.ask(HOST, *headers)
    spent_ms = _cpu_ms(server.pid) - before_ms

    assert status_of(answer) in (400, 431)
    assert spent_ms <= 100
    assert still_serves(server)


@pytest.mark.parametrize(("header_bytes", "is_answered"), [(10, True), (400_000, False)])
def test_http_2_lets_no_larger_headers_in(
    server: Server, header_bytes: int, is_answered: bool
) -> None:
    """It has a limit of its own, which is 16 MB unless we say otherwise."""
    fields = {
        ":method": "GET",
        ":scheme": "http",
        ":path": PATH,
        ":authority": "127.0.0.1",
        "if-none-match": "a" * header_bytes,
    }

    answer = server.send(http_2_request(fields))

    assert (b"conformsTo" in answer) is is_answered
    assert still_serves(server)


def http_2_request(fields: dict[str, str]) -> bytes:
    """Return a request as frames (RFC 9113), its fields without compression (RFC 7541)."""
    block = b"".join(b"\0" + hpack(name) + hpack(value) for name, value in fields.items())
    parts = [block[at : at + 16_000] for at in range(0, len(block), 16_000)]
    frames = [http_2_frame(4, 0, 0, b"")]
    for place, part in enumerate(parts):
        is_first, is_last = place == 0, place == len(parts) - 1
        frames.append(http_2_frame(1 if is_first else 9, is_first | 4 * is_last, 1, part))
    return b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"".join(frames)


def http_2_frame(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    return (
        len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload
    )


def hpack(text: str) -> bytes:
    """Return a text after its length, in seven bits and as many bytes more as it takes."""
    length = len(text)
    if length < 127:
        return bytes([length]) + text.encode()
    length, coded = length - 127, b"\x7f"
    while length >= 128:
        length, coded = length // 128, coded + bytes([length % 128 + 128])
    return coded + bytes([length]) + text.encode()


@pytest.mark.parametrize("accept", ["*/*;q=x", "text/html," * 5000, "../../etc/passwd", "\x01"])
def test_j17_an_accept_header_of_nonsense_is_no_fault_of_ours(server: Server, accept: str) -> None:
    assert status_of(server.ask(HOST, f"Accept: {accept}")) in (200, 400, 406)


def test_j21_a_thousand_ranges_get_the_whole(server: Server) -> None:
    ranges = ",".join(f"{number}-{number}" for number in range(1000))

    answer = server.ask(HOST, f"Range: bytes={ranges}")

    assert status_of(answer) in (200, 416)
    assert b"multipart" not in answer


def test_j22_no_encoding_is_plain(server: Server) -> None:
    answer = server.ask(
        HOST,
        "Accept-Encoding: br;q=0, gzip;q=0, *;q=0",
        "Accept-Language: ../../",
        line="GET /api/openapi HTTP/1.1",
    )

    assert status_of(answer) == 200
    assert b"content-encoding" not in answer.lower()
    json.loads(answer.partition(b"\r\n\r\n")[2])


@pytest.mark.parametrize("body", [b'{"a":', b"[" * 100_000, b"\xff" * 100, b"a" * 3_000_000])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_j28_bodies_that_nobody_asked_for_are_not_read(
    server: Server, method: str, body: bytes
) -> None:
    answer = server.ask(
        HOST,
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        line=f"{method} {PATH} HTTP/1.1",
        body=body,
    )

    assert status_of(answer) in ((200, 400, 413) if method == "GET" else (400, 405, 413))
    assert still_serves(server)


HIDDEN = f"GET /api/hidden HTTP/1.1\r\n{HOST}\r\n\r\n".encode()


def test_a_body_in_chunks_is_read_as_one_that_says_its_length(server: Server) -> None:
    site = b'{"type": "Point", "coordinates": [100, 52.5]}'
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (site[:9], site[9:]))
    line = "POST /api/constraints HTTP/1.1"

    whole = server.ask(HOST, f"Content-Length: {len(site)}", line=line, body=site)
    chunked = server.ask(HOST, "Transfer-Encoding: chunked", line=line, body=chunks + b"0\r\n\r\n")

    assert status_of(chunked) == status_of(whole) == 400
    said = [json.loads(answer.partition(b"\r\n\r\n")[2])["detail"] for answer in (whole, chunked)]
    assert said[0] == said[1]
    assert "zero-length" not in said[0]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (["Content-Length: 5", "Content-Length: 6"], b"hello"),
        (["Content-Length: +5"], b"hello"),
        (["Content-Length: 5 "], b"hello"),
        (["Content-Length: 0x5"], b"hello"),
        (["Content-Length: -1"], b"hello"),
        (["Transfer-Encoding: chunked, identity"], b"0\r\n\r\n"),
        (["Transfer-Encoding: xchunked"], b"0\r\n\r\n"),
        (["Transfer-Encoding : chunked"], b"0\r\n\r\n"),
        (["Transfer-Encoding: chunked"], b"z\r\n\r\n"),
        (["Transfer-Encoding: chunked"], b"-1\r\n\r\n"),
        (["Content-Length: 4", "Transfer-Encoding: chunked"], b"0\r\n\r\n"),
        (["Transfer-Encoding: chunked", "Content-Length: 4"], b"0\r\n\r\n"),
    ],
)
def test_j30_a_length_that_means_two_things_hides_no_second_request(
    server: Server, headers: list[str], body: bytes
) -> None:
    head = "\r\n".join([f"POST {PATH} HTTP/1.1", HOST, *headers, "", ""]).encode()

    answers = server.send(head + body + HIDDEN)

    # What follows is either refused with the first, or read as what it plainly is: one more.
    assert len(statuses_in(answers)) <= 2
    assert statuses_in(answers)[:1] in ([], [400], [405], [501])
    assert still_serves(server)


def test_j30_a_request_inside_a_body_is_a_body(server: Server) -> None:
    head = "\r\n".join([f"POST {PATH} HTTP/1.1", HOST, f"Content-Length: {len(HIDDEN)}", "", ""])

    answers = server.send(head.encode() + HIDDEN)

    assert statuses_in(answers) in ([405], [400])


@pytest.mark.parametrize(
    "request_line",
    [
        f"GET {PATH}",
        f"GET  {PATH}  HTTP/1.1",
        f"GET {PATH} HTTP/9.9",
        f"{'A' * 10_000} {PATH} HTTP/1.1",
        f"GET /api/{'a' * 100_000} HTTP/1.1",
        "GET /api/\x00 HTTP/1.1",
        "\r\n\r\n\r\n",
        "PRI * HTTP/2.0",
        "CONNECT evil.com:443 HTTP/1.1",
        "TRACE /api/ HTTP/1.1",
    ],
)
def test_j30_lines_that_are_none_are_refused(server: Server, request_line: str) -> None:
    assert status_of(server.ask(HOST, line=request_line)) in (0, 400, 404, 405, 414, 431, 505)
    assert still_serves(server)


@pytest.mark.parametrize(
    "path",
    [
        "/api/collections/%ff",
        "/api/collections/%ed%a0%80",
        "/api/collections/%00",
        "/api/collections/%e2%80%ae",
        "/api/collections/" + "%cc%81" * 5_000,
        "/api/collections/%ef%bd%93chools/items",
        "/api/collections/a%0d%0aSet-Cookie:%20x=1",
    ],
)
def test_j31_odd_letters_in_an_address_are_looked_up_and_not_found(
    server: Server, path: str
) -> None:
    answer = server.ask(HOST, line=f"GET {path} HTTP/1.1")

    assert status_of(answer) == 404
    assert b"set-cookie:" not in answer.partition(b"\r\n\r\n")[0].lower()


@pytest.mark.parametrize(
    "query",
    ["f=%ff", "f=%ed%a0%80", "%ff=1", "f=%e2%80%ae", "f=" + "%cc%81" * 5_000, "f=%00", "f=ｊson"],
)
def test_j31_odd_letters_in_a_query_are_refused_in_readable_words(
    server: Server, query: str
) -> None:
    answer = server.ask(HOST, line=f"GET {PATH}?{query} HTTP/1.1")

    assert status_of(answer) == 400
    if b"application/problem+json" in answer:
        json.loads(answer.partition(b"\r\n\r\n")[2])


def test_a_connection_that_says_nothing_is_closed(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=15) as wire:
        wire.sendall(b"GET /api/ HTTP/1.1\r\nHost: 127")
        assert status_of(wire.recv(65536)) in (0, 408)


def test_head_says_what_get_says_and_sends_nothing(server: Server) -> None:
    line = "{} /api/openapi HTTP/1.1"
    of_get = server.ask(HOST, "Accept-Encoding: gzip", line=line.format("GET"))
    of_head = server.ask(HOST, "Accept-Encoding: gzip", line=line.format("HEAD"))

    headers_of_get, _, _ = of_get.partition(b"\r\n\r\n")
    headers_of_head, _, body = of_head.partition(b"\r\n\r\n")
    assert body == b""
    assert _without_date(headers_of_head) == _without_date(headers_of_get)
    assert b"content-length" in headers_of_head.lower()


def _without_date(headers: bytes) -> list[bytes]:
    lines = headers.lower().split(b"\r\n")
    return sorted(line for line in lines if not line.startswith((b"date:", b"last-modified:")))


def _cpu_ms(pid: int) -> float:
    """Return the CPU time of a process and its children so far."""
    spent = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if pid in (int(folder.name), int(fields[1])):
                spent += int(fields[11]) + int(fields[12])
    return spent * 1000 / os.sysconf("SC_CLK_TCK")


FORM = "application/x-www-form-urlencoded"
MANY = "&".join(f"a{number}=1" for number in range(300))


@pytest.mark.parametrize(
    "kind",
    [
        *(f"text/plain; charset={name}" for name in ("hex", "rot13", "idna", "undefined", "zip")),
        f"{FORM}; charset=utf-8",
        f"{FORM}; charset=utf-16",
        "text/plain; a*=hex''%41",
        f"text/plain; a={'x' * 20_000}",
    ],
)
@pytest.mark.parametrize("query", ["q=caf%C3%A9", MANY])
def test_no_content_type_decides_how_an_address_is_read(
    server: Server, kind: str, query: str
) -> None:
    answer = server.ask(HOST, f"Content-Type: {kind}", line=f"GET {PATH}?{query} HTTP/1.1")

    assert status_of(answer) == 400
    assert b"application/problem+json" in answer


@pytest.mark.parametrize("path", [PATH, "/api/places", "/nearest/libraries/B11BB", "/nothing"])
def test_too_many_parameters_are_refused_on_a_page_too(server: Server, path: str) -> None:
    answer = server.ask(HOST, "Accept: text/html", line=f"GET {path}?{MANY} HTTP/1.1")

    assert status_of(answer) in (400, 404)
    assert b"text/html" in answer


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (f"{FORM}; charset=hex", b"place=B1"),
        ("multipart/form-data; boundary=X; charset=hex", b"--X--\r\n"),
        ("multipart/form-data; boundary=X; a*=hex''%41", b"--X--\r\n"),
        (
            "multipart/form-data; boundary=X",
            b"--X\r\nContent-Disposition: form-data; name*=hex''%41\r\n\r\na\r\n--X--\r\n",
        ),
        ("multipart/form-data", b"place=B1"),
        (FORM, MANY.encode()),
        (FORM, b"place=" + b"x" * 2_000_000),
    ],
)
def test_a_form_that_cannot_be_read_is_refused_or_empty(
    server: Server, kind: str, body: bytes
) -> None:
    head = (HOST, f"Content-Type: {kind}", f"Content-Length: {len(body)}")

    answer = server.ask(*head, line="POST /my-area/ HTTP/1.1", body=body)

    assert status_of(answer) in (200, 400, 413)
    assert still_serves(server)
