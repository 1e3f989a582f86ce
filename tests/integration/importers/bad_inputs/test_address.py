"""Adding a layer by its address: section I. Nothing but this machine is ever talked to."""

import gzip
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
import trustme

from importers.catalogue.entries import FetchEntry
from importers.errors import AddressRefused, FetchFailed, ImportStopped, SourceUnreadable
from importers.fetch import client
from importers.fetch.bring import fetch_source
from importers.fetch.rules import FetchLimits, FetchRules
from importers.fetch.source import FetchedSource
from tests.factories.entries import source_entry
from tests.factories.https_server import (
    Asked,
    HttpsServer,
    Reply,
    authority,
    authority_file,
    https_server,
)
from tests.factories.map_servers import WfsServer, trees
from tests.integration.importers.bad_inputs.desk import Desk

NAME = "maps.smallville.example.org"
GOOD_CSV = b"ref,name,Easting,Northing\nT1,Oak,405001,285000\n"
GOOD = Reply(GOOD_CSV, headers={"Content-Type": "text/csv"})


def never(host: str, port: int) -> NoReturn:
    raise AssertionError(f"{host}:{port} was looked up")


def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


class Outpost:
    """What an installation may fetch from: one server of this machine, by name."""

    def __init__(self, folder: Path) -> None:
        self.sources = folder / "sources"
        self.rules = FetchRules(
            ca_file=authority_file(folder), limits=FetchLimits(idle_s=15.0, total_s=60.0)
        )
        self.hosts = frozenset((NAME, "localhost"))

    def allow(self, server: HttpsServer) -> None:
        hosts = {*self.rules.internal_hosts, f"localhost:{server.port}", f"{NAME}:{server.port}"}
        self.rules = replace(self.rules, internal_hosts=frozenset(hosts))

    def fetch(self, given: str, resolver: Any = here) -> FetchedSource:
        return fetch_source(
            given,
            source_entry(),
            self.sources,
            hosts=self.hosts,
            rules=self.rules,
            resolver=resolver,
        )

    def refusal(self, given: str, resolver: Any = here) -> ImportStopped:
        with pytest.raises(ImportStopped) as caught:
            self.fetch(given, resolver)
        assert not [path for path in self.sources.rglob("*") if path.is_file()]
        return caught.value


@pytest.fixture
def outpost(tmp_path: Path) -> Outpost:
    return Outpost(tmp_path)


@pytest.fixture
def serving(outpost: Outpost) -> Iterator[HttpsServer]:
    """Give an allowed server, which answers a good file until a test says otherwise."""
    with https_server(lambda asked: GOOD) as server:
        outpost.allow(server)
        yield server


@pytest.fixture
def canary() -> Iterator[socket.socket]:
    """Give a listener that must hear nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


# Written so that it means this machine, or could.
THIS_MACHINE = [
    *("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "2130706433", "0x7f.1"),
    *("0177.0.0.1", "[::ffff:127.0.0.1]"),
]
PRIVATE = [
    *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1"),
    *("169.254.169.254", "fd00::1", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "224.0.0.1"),
    *("255.255.255.255", "64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:10.0.0.1", "::7f00:1"),
    *(
        "2001:0:7f00:1::",
        "127.0.0.1",
        "::1",
        "0.0.0.0",
        "::",
        "192.0.2.1",
        "198.18.0.1",
        "240.0.0.1",
    ),
]


@pytest.mark.parametrize("host", THIS_MACHINE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_i01_an_address_of_this_machine_is_refused(
    scheme: str, host: str, outpost: Outpost, canary: socket.socket
) -> None:
    outpost.hosts = frozenset((NAME,))
    port = canary.getsockname()[1]

    fault = outpost.refusal(f"{scheme}://{host}:{port}/trees.csv", never)

    assert fault.code == "URL-NOT-ALLOWED"


def test_i01_digits_that_only_look_like_digits_are_refused(outpost: Outpost) -> None:
    assert outpost.refusal("https://①②⑦.0.0.1/", never).code == "URL-INVALID"


@pytest.mark.parametrize("number", PRIVATE)
def test_i02_a_name_that_stands_for_a_private_number_is_refused(
    number: str, outpost: Outpost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "open_tls", _never_connect)

    fault = outpost.refusal(f"https://{NAME}/trees.csv", lambda host, port: [number])

    assert fault.code == "URL-NOT-ALLOWED"
    assert number in str(fault)


@pytest.mark.parametrize(
    "number", ["10.0.0.1", "169.254.169.254", "[fd00::1]", "[64:ff9b::7f00:1]"]
)
def test_i02_a_private_number_is_refused_without_being_looked_up(
    number: str, outpost: Outpost
) -> None:
    assert outpost.refusal(f"https://{number}/", never).code == "URL-NOT-ALLOWED"


@pytest.mark.parametrize("number", ["169.254.169.254", "fe80::1", "224.0.0.1", "fd00:ec2::254"])
def test_i02_not_even_an_allowed_internal_name_stands_for_machinery(
    number: str, outpost: Outpost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "open_tls", _never_connect)
    outpost.rules = replace(outpost.rules, internal_hosts=frozenset((f"{NAME}:443",)))

    fault = outpost.refusal(f"https://{NAME}/", lambda host, port: [number])

    assert fault.code == "URL-NOT-ALLOWED"


def test_i02_one_private_number_among_public_ones_is_enough(
    outpost: Outpost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "open_tls", _never_connect)

    fault = outpost.refusal(f"https://{NAME}/", lambda host, port: ["8.8.8.8", "10.0.0.1"])

    assert fault.code == "URL-NOT-ALLOWED"


@pytest.mark.parametrize(
    "given",
    [
        *("file:///etc/passwd", "ftp://localhost/x", "gopher://localhost/x", "dict://localhost/x"),
        *("jar:https://localhost/x!/y", "data:text/csv,ref", "javascript:alert(1)"),
        *("/vsicurl/https://localhost/x", "/vsizip//vsicurl/https://localhost/x", "PG:dbname=x"),
        *("WFS:https://localhost/", "MEM:::DATAPOINTER=1", "GMLAS:/etc/passwd"),
        *("ESRIJSON:https://localhost/", "@file"),
    ],
)
def test_i03_only_https_is_an_address(given: str, outpost: Outpost) -> None:
    fault = outpost.refusal(given, never)

    assert fault.code == "URL-SCHEME"
    assert "https://" in str(fault)


@pytest.mark.parametrize(
    "given",
    [
        f"https://user:pw@{NAME}/",
        f"https://{NAME}@127.0.0.1/",
        f"https://127.0.0.1#@{NAME}",
        f"https://{NAME}\\@evil.example.org/",
        f"https://{NAME}/%0d%0aHost:evil.example.org",
        f"https://{NAME}/a\r\nHost: evil.example.org",
        f"https://{NAME}/a\tb",
        f"https:/\\{NAME}/",
        f"https:///{NAME}/",
        f"https://{NAME}/" + "a" * 9000,
        "https://mаps.smallville.example.org/",  # the а is Cyrillic
        f"https://{NAME}./",
        f"https://{NAME}:443:443/",
        f"https://{NAME}:/",
        "https://",
    ],
)
def test_i04_an_address_that_can_be_read_in_two_ways_is_refused(
    given: str, outpost: Outpost
) -> None:
    fault = outpost.refusal(given, never)

    assert fault.code in ("URL-INVALID", "URL-SCHEME", "URL-NOT-ALLOWED")
    assert "pw" not in str(fault)
    assert len(str(fault)) < 500


@pytest.mark.parametrize("port", [22, 25, 80, 5432, 6379, 0, 65536, 99999])
def test_i05_other_ports_are_refused(port: int, outpost: Outpost) -> None:
    assert outpost.refusal(f"https://{NAME}:{port}/", never).code == "URL-NOT-ALLOWED"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("https://127.0.0.1/", "URL-NOT-ALLOWED"),
        ("https://169.254.169.254/latest/meta-data/", "URL-NOT-ALLOWED"),
        ("https://[::1]/", "URL-NOT-ALLOWED"),
        ("https://elsewhere.example.org/", "URL-NOT-ALLOWED"),
        ("https://localhost:22/", "URL-NOT-ALLOWED"),
        ("http://localhost/", "URL-SCHEME"),
        ("file:///etc/passwd", "URL-SCHEME"),
        ("https://user:pw@localhost/", "URL-INVALID"),
        ("//evil.example.org/", "URL-NOT-ALLOWED"),
    ],
)
def test_i06_a_redirect_to_where_nothing_is_fetched_from_is_refused(
    place: str, code: str, outpost: Outpost, serving: HttpsServer
) -> None:
    serving.answering = lambda asked: Reply(status=302, headers={"Location": place})

    fault = outpost.refusal(f"{serving.address}/trees.csv")

    assert fault.code == code
    assert f"{serving.address}/trees.csv redirects (hop 1)" in str(fault)
    assert len(serving.asked) == 1


def test_i06_a_redirect_to_a_private_number_by_name_is_refused(
    outpost: Outpost, serving: HttpsServer
) -> None:
    outpost.hosts |= {"inside.example.org"}
    serving.answering = lambda asked: Reply(
        status=301, headers={"Location": "https://inside.example.org/"}
    )

    def resolver(host: str, port: int) -> list[str]:
        return ["10.0.0.1"] if host == "inside.example.org" else ["127.0.0.1"]

    fault = outpost.refusal(f"{serving.address}/", resolver)

    assert fault.code == "URL-NOT-ALLOWED"
    assert "10.0.0.1" in str(fault)


@pytest.mark.parametrize(
    ("location", "words"),
    [
        (lambda asked: f"/hop-{len(asked.path)}{asked.path}", "and 5 are followed"),
        (lambda asked: asked.path, "in a circle"),
        (lambda asked: "", "without saying where"),
    ],
    ids=["20 hops", "loop", "nowhere"],
)
def test_i06_redirects_end(
    location: Any, words: str, outpost: Outpost, serving: HttpsServer
) -> None:
    serving.answering = lambda asked: Reply(status=302, headers={"Location": location(asked)})

    fault = outpost.refusal(f"{serving.address}/a")

    assert fault.code == "SOURCE-REDIRECTS"
    assert words in str(fault)
    assert len(serving.asked) <= 6


def test_i06_a_refresh_header_is_not_followed(outpost: Outpost, serving: HttpsServer) -> None:
    headers = {"Refresh": "0; url=https://127.0.0.1/"}
    serving.answering = lambda asked: Reply(GOOD_CSV, headers=headers)

    assert outpost.refusal(f"{serving.address}/a.csv").code == "SOURCE-REDIRECTS"


def test_i06_a_good_redirect_is_followed(outpost: Outpost, serving: HttpsServer) -> None:
    def answer(asked: Asked) -> Reply:
        moved = Reply(status=307, headers={"Location": "/new/trees.csv"})
        return GOOD if asked.path == "/new/trees.csv" else moved

    serving.answering = answer

    source = outpost.fetch(f"{serving.address}/old")

    assert (source.name, source.path.read_bytes()) == ("trees.csv", GOOD_CSV)


def test_i07_the_number_that_was_checked_is_the_one_connected_to(
    outpost: Outpost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that stands for a public number at first and a private one a moment later."""
    connected: list[str] = []

    def open_tls(number: str, *_: Any, **__: Any) -> NoReturn:
        connected.append(number)
        raise ConnectionRefusedError

    monkeypatch.setattr(client, "open_tls", open_tls)
    answers = iter((["8.8.8.8"], ["127.0.0.1"]))

    fault = outpost.refusal(f"https://{NAME}/", lambda host, port: next(answers))

    assert connected == ["8.8.8.8"]
    assert next(answers) == ["127.0.0.1"], "the name was looked up twice"
    assert (fault.code, fault.can_retry) == ("SOURCE-UNREACHABLE", True)


def test_i07_the_name_is_what_is_asked_for_and_what_the_certificate_must_say(
    outpost: Outpost,
) -> None:
    certificate = authority().issue_cert(NAME)
    with https_server(lambda asked: GOOD, certificate=certificate) as server:
        outpost.allow(server)

        outpost.fetch(f"https://{NAME}:{server.port}/trees.csv")

    assert server.asked[0].headers["Host"] == f"{NAME}:{server.port}"


def _old_tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def _client_certificate_wanted() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.verify_mode = ssl.CERT_REQUIRED
    # In 1.3 the refusal may come after the request, or be lost to the closing of the connection.
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    authority().configure_trust(context)
    return context


@pytest.mark.parametrize(
    ("certificate", "context", "code"),
    [
        (lambda: trustme.CA().issue_cert("localhost"), None, "TLS-UNTRUSTED"),
        (lambda: authority().issue_cert("other.example.org"), None, "TLS-NAME"),
        (
            lambda: authority().issue_cert(
                "localhost", not_after=datetime.now(UTC) - timedelta(days=1)
            ),
            None,
            "TLS-EXPIRED",
        ),
        (None, _old_tls, "TLS-VERSION"),
        (None, _client_certificate_wanted, "TLS-CLIENT-CERTIFICATE"),
    ],
    ids=["self-signed", "wrong name", "expired", "TLS 1.1", "client certificate"],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_i08_a_certificate_that_cannot_be_believed_is_refused_in_plain_words(
    certificate: Any, context: Any, code: str, outpost: Outpost
) -> None:
    with https_server(
        lambda asked: GOOD,
        certificate=certificate and certificate(),
        context=context and context(),
    ) as server:
        outpost.allow(server)

        fault = outpost.refusal(f"{server.address}/trees.csv")

    assert fault.code == code, str(fault)
    assert server.asked == []
    assert "localhost" in str(fault)
    assert not any(word in str(fault) for word in ("SSL", "verify", "ignore", "_ssl.c"))


@pytest.mark.parametrize(
    ("reply", "code", "words"),
    [
        (Reply(b"<!doctype html><form>Log in"), "SOURCE-LOGIN", "sign in"),
        (Reply(b"<html><h1>Our open data</h1>"), "SOURCE-HTML", "web page"),
        (Reply(status=401), "SOURCE-LOGIN", "401"),
        (Reply(status=403), "SOURCE-LOGIN", "403"),
        (Reply(status=404), "SOURCE-GONE", "nothing"),
        (Reply(status=500), "SOURCE-ERROR", "500"),
        (Reply(status=503), "SOURCE-BUSY", "later"),
        (Reply(status=206, body=b"ref"), "SOURCE-PARTIAL", "part"),
        (Reply(), "EMPTY-FILE", "empty"),
        (Reply(b" \n"), "EMPTY-FILE", "empty"),
        (Reply(status=204), "EMPTY-FILE", "empty"),
        (Reply(GOOD_CSV, headers={"Content-Type": "image/png"}), "SOURCE-TYPE", "image/png"),
        (Reply(GOOD_CSV, headers={"Content-Encoding": "compress"}), "SOURCE-ENCODING", "compress"),
        (Reply(GOOD_CSV, length=9999), "SOURCE-PARTIAL", "before the answer did"),
        (
            Reply(GOOD_CSV, headers={"Content-Encoding": "gzip"}),
            "SOURCE-PARTIAL",
            "compressed content is damaged",
        ),
        (
            Reply(gzip.compress(GOOD_CSV * 99)[:-40], headers={"Content-Encoding": "gzip"}),
            "SOURCE-PARTIAL",
            "compressed",
        ),
    ],
)
def test_i10_an_answer_that_is_not_the_data_is_said_to_be_what_it_is(
    reply: Reply, code: str, words: str, outpost: Outpost, serving: HttpsServer
) -> None:
    serving.answering = lambda asked: reply

    fault = outpost.refusal(f"{serving.address}/trees.csv")

    assert fault.code == code, str(fault)
    assert words in str(fault)


def test_i10_a_server_that_asks_for_patience_is_given_it(
    outpost: Outpost, serving: HttpsServer
) -> None:
    serving.answering = lambda asked: Reply(status=429, headers={"Retry-After": "3600"})

    fault = outpost.refusal(f"{serving.address}/trees.csv")

    assert (fault.code, fault.can_retry, fault.retry_after_s) == ("SOURCE-BUSY", True, 3600)
    assert "3,600 seconds" in str(fault)
    assert len(serving.asked) == 1


@pytest.mark.django_db(transaction=True, databases=["default", "read"])
@pytest.mark.parametrize("reply", [Reply(status=429), Reply(b"<html>Sign in"), Reply()])
def test_i10_the_last_good_edition_stays(
    reply: Reply, desk: Desk, settings: Any, outpost: Outpost, serving: HttpsServer
) -> None:
    serving.answering = lambda asked: reply
    settings.FETCH_CA_FILE = outpost.rules.ca_file
    settings.FETCH_INTERNAL_HOSTS = list(outpost.rules.internal_hosts)
    address = f"{serving.address}/trees.csv"

    report = desk.refuse(address, _code(reply), source={"fetch": _fetched(address)})

    assert report.outcome == "unreadable"


def _code(reply: Reply) -> str:
    if reply.status == 429:
        return "SOURCE-BUSY"
    return "SOURCE-LOGIN" if reply.body else "EMPTY-FILE"


def _fetched(address: str) -> FetchEntry:
    return FetchEntry(address=address)


@pytest.mark.django_db(transaction=True, databases=["default", "read"])
def test_i15_yesterdays_file_is_unchanged_and_is_not_sent_again(
    desk: Desk, settings: Any, outpost: Outpost, serving: HttpsServer
) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.headers.get("If-None-Match") == '"1"':
            return Reply(status=304)
        return Reply(GOOD_CSV, headers={"ETag": '"1"'})

    serving.answering = answer
    settings.FETCH_CA_FILE = outpost.rules.ca_file
    settings.FETCH_INTERNAL_HOSTS = list(outpost.rules.internal_hosts)
    address = f"{serving.address}/trees.csv"
    source = {"fetch": _fetched(address)}

    assert desk.take(address, source=source).outcome == "published"
    assert desk.take(address, source=source).outcome == "unchanged"

    assert [bool(asked.headers.get("If-None-Match")) for asked in serving.asked] == [False, True]


def test_i15_bytes_that_are_gone_are_asked_for_anew(outpost: Outpost, serving: HttpsServer) -> None:
    serving.answering = lambda asked: Reply(GOOD_CSV, headers={"ETag": '"1"'})
    outpost.fetch(f"{serving.address}/trees.csv").path.unlink()

    outpost.fetch(f"{serving.address}/trees.csv")

    assert not any("If-None-Match" in asked.headers for asked in serving.asked)


def test_a_byte_a_moment_is_stopped_when_the_time_for_all_is_over(
    outpost: Outpost, serving: HttpsServer
) -> None:
    serving.answering = lambda asked: Reply(GOOD_CSV * 100, pause_s=0.05)
    outpost.rules = replace(outpost.rules, limits=FetchLimits(idle_s=1.0, total_s=0.5))

    fault = outpost.refusal(f"{serving.address}/trees.csv")

    assert (fault.code, fault.can_retry) == ("SOURCE-TIMEOUT", True)
    assert "within 0.5 seconds" in str(fault)


def test_a_server_that_falls_silent_is_given_up(outpost: Outpost, serving: HttpsServer) -> None:
    serving.answering = lambda asked: Reply(GOOD_CSV, pause_s=3.0)
    outpost.rules = replace(outpost.rules, limits=FetchLimits(idle_s=0.3, total_s=10.0))

    fault = outpost.refusal(f"{serving.address}/trees.csv")

    assert fault.code == "SOURCE-TIMEOUT"
    assert "said nothing for 0.3 seconds" in str(fault)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"a" * 5000),
        Reply(gzip.compress(b"a" * 5_000_000), headers={"Content-Encoding": "gzip"}),
    ],
    ids=["large", "small until it is unpacked"],
)
def test_an_answer_over_the_limit_is_refused(
    reply: Reply, outpost: Outpost, serving: HttpsServer
) -> None:
    serving.answering = lambda asked: reply
    outpost.rules = replace(outpost.rules, limits=FetchLimits(total_bytes=4096))

    assert outpost.refusal(f"{serving.address}/trees.csv").code == "TOO-BIG"


def test_a_compressed_answer_is_kept_unpacked(outpost: Outpost, serving: HttpsServer) -> None:
    packed = gzip.compress(GOOD_CSV)
    serving.answering = lambda asked: Reply(packed, headers={"Content-Encoding": "gzip"})

    assert outpost.fetch(f"{serving.address}/trees.csv").path.read_bytes() == GOOD_CSV


def test_an_end_without_a_goodbye_is_not_taken_for_the_end(
    outpost: Outpost, serving: HttpsServer
) -> None:
    """Without a length only TLS can say that an answer is over."""
    serving.answering = lambda asked: Reply(GOOD_CSV, headers={"Content-Length": ""})

    fault = outpost.refusal(f"{serving.address}/trees.csv")

    assert fault.code == "SOURCE-PARTIAL"


def test_an_internal_server_is_refused_unless_the_operator_allows_it(outpost: Outpost) -> None:
    with https_server(lambda asked: GOOD) as server:
        outpost.rules = replace(outpost.rules, ports=(server.port,))

        fault = outpost.refusal(f"{server.address}/trees.csv")

    assert isinstance(fault, AddressRefused)
    assert "FETCH_INTERNAL_HOSTS" in str(fault)
    assert server.asked == []


def test_pages_have_a_limit_and_are_told_as_they_arrive(
    outpost: Outpost, serving: HttpsServer
) -> None:
    told: list[tuple[int, int, int]] = []
    address = f"{serving.address}/wfs"
    entry = source_entry(fetch=FetchEntry(address, "wfs", layer="ms:trees", page_size=2))
    serving.answering = WfsServer(trees(5))
    outpost.rules = replace(outpost.rules, limits=FetchLimits(pages=2))

    with pytest.raises(SourceUnreadable, match="more than 2 pages") as caught:
        fetch_source(
            address,
            entry,
            outpost.sources,
            hosts=frozenset(),
            rules=outpost.rules,
            on_progress=lambda *progress: told.append(progress),
        )

    assert caught.value.code == "TOO-MANY-PAGES"
    assert told[-1][1:] == (2, 4)
    assert list(outpost.sources.iterdir()) == []


def test_an_unknown_name_can_be_tried_again(outpost: Outpost) -> None:
    def resolver(host: str, port: int) -> list[str]:
        from importers.fetch.networks import resolve

        return resolve("no-such-name.invalid", port)

    fault = outpost.refusal(f"https://{NAME}/", resolver)

    assert isinstance(fault, FetchFailed)
    assert (fault.code, fault.can_retry) == ("SOURCE-UNREACHABLE", True)


def _never_connect(*_: Any, **__: Any) -> NoReturn:
    raise AssertionError("somebody was connected to")
