"""Gets what an address answers: checked at every hop, pinned, and stopped at every limit."""

import http.client
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO

from urllib3 import HTTPResponse
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import HTTPError, IncompleteRead

from importers.errors import AddressRefused, FetchFailed, SourceUnreadable
from importers.fetch.address import Address, shown
from importers.fetch.networks import Resolver, check_numbers, resolve
from importers.fetch.rules import FetchRules
from importers.fetch.tls import open_tls, say_tls_fault, tls_context
from importers.fetch.unpack import Unpacker

# Bytes received so far, over all answers.
OnProgress = Callable[[int], None]

_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK_BYTES = 1 << 16
_ERROR_BYTES = 4096
_PLAIN, _GZIP = ("", "identity"), ("gzip", "x-gzip")
_HEADERS = {
    "User-Agent": "CouncilMaps importer",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; its body is in the file that was given. ``address``: of the last hop.

    Names in ``headers`` are in small letters. ``error_text`` is the start of the body of an
    answer that is none of 200 and 304.
    """

    address: Address
    status: int
    headers: Mapping[str, str]
    size_bytes: int
    error_text: bytes = b""


class FetchClient:
    """Fetches for one source: time and bytes are counted over all that it asks for."""

    def __init__(
        self,
        rules: FetchRules,
        hosts: frozenset[str],
        *,
        resolver: Resolver = resolve,
        on_progress: OnProgress = lambda received_bytes: None,
    ) -> None:
        self.rules, self.hosts = rules, hosts
        self._resolver, self._on_progress = resolver, on_progress
        self._ends_at = time.monotonic() + rules.limits.total_s
        self._received_bytes = 0

    def get(
        self, address: Address, target: BinaryIO, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Write what ``address`` answers to ``target``, following redirects.

        Raises
        ------
        AddressRefused
            The address, or one that it redirects to, may not be fetched from.
        FetchFailed
            ``SOURCE-UNREACHABLE``, ``SOURCE-TIMEOUT``, ``SOURCE-PARTIAL``, ``SOURCE-REDIRECTS``,
            ``SOURCE-ENCODING`` or ``TLS-…``. What the status says is not judged here.
        SourceUnreadable
            ``TOO-BIG``.
        """
        hops = [address]
        while True:
            answer = self._visit(hops[-1], target, headers or {})
            if answer.status not in _REDIRECTS:
                return answer
            try:
                hops.append(self._next_hop(answer, hops))
            except AddressRefused as fault:
                raise AddressRefused(
                    f"{shown(str(answer.address))} redirects (hop {len(hops)}): {fault}",
                    code=fault.code,
                ) from None

    def post(self, address: Address, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send ``body`` to ``address``, whose redirects are not followed.

        Raises
        ------
        AddressRefused, FetchFailed
            As `get` does. What the status says is not judged here.
        """
        with self._connected(address, self._checked_numbers(address)) as connection:
            connection.request(
                "POST",
                address.target,
                body=body,
                headers={"Host": address.place, **_HEADERS, **headers},
                preload_content=False,
                decode_content=False,
            )
            with closing(connection.getresponse()) as response:
                text = response.read(_ERROR_BYTES)
                return Answer(address, response.status, dict(response.headers), 0, text)

    def _next_hop(self, answer: Answer, hops: list[Address]) -> Address:
        """Return where a redirect leads, once it is known that one may go there."""
        most = self.rules.limits.redirects
        place = answer.headers.get("location", "")
        if not place:
            raise _lost(answer.address, "redirects without saying where to")
        following = answer.address.join(place)
        if following in hops:
            raise _lost(answer.address, f"redirects in a circle, back to {shown(str(following))}")
        if len(hops) > most:
            raise _lost(answer.address, f"is redirect number {len(hops)}, and {most} are followed")
        self._checked_numbers(following)
        return following

    def _checked_numbers(self, address: Address) -> list[str]:
        self.rules.check(address, self.hosts)
        numbers = self._resolver(address.host, address.port)
        return check_numbers(address.host, numbers, internal=self.rules.is_internal(address))

    def _visit(self, address: Address, target: BinaryIO, headers: Mapping[str, str]) -> Answer:
        with self._connected(address, self._checked_numbers(address)) as connection:
            connection.request(
                "GET",
                address.target,
                headers={"Host": address.place, **_HEADERS, **headers},
                preload_content=False,
                decode_content=False,
            )
            with closing(connection.getresponse()) as response:
                return self._take(address, response, target)

    @contextmanager
    def _connected(self, address: Address, numbers: list[str]) -> Iterator[HTTPSConnection]:
        """Give a connection to one of the checked ``numbers``; every fault in it is said in words.

        The name is not resolved a second time: who answers for it could have changed his mind.
        """
        connection = HTTPSConnection(address.host, address.port, timeout=self.rules.limits.idle_s)
        watchdog = None
        try:
            sock = self._open(address, numbers)
            with _Watchdog(sock, self._ends_at - time.monotonic()) as watchdog:
                sock.settimeout(self.rules.limits.idle_s)
                sock.do_handshake()
                connection.sock = sock
                yield connection
        except (OSError, HTTPError, http.client.HTTPException) as error:
            raise self._say_fault(address, error, watchdog) from error
        finally:
            connection.close()

    def _open(self, address: Address, numbers: list[str]) -> ssl.SSLSocket:
        context = tls_context(self.rules.ca_file)
        fault: OSError = ConnectionRefusedError()
        for number in numbers:
            connect_s = min(self.rules.limits.connect_s, self._ends_at - time.monotonic())
            try:
                return open_tls(
                    number,
                    address.port,
                    address.host,
                    context=context,
                    connect_s=max(connect_s, 0.1),
                )
            except OSError as error:
                fault = error
        raise fault

    def _take(self, address: Address, response: HTTPResponse, target: BinaryIO) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        if response.status not in (200, 304):
            text = b"" if response.status in _REDIRECTS else response.read(_ERROR_BYTES)
            return Answer(address, response.status, headers, 0, text)
        size_bytes = 0
        for piece in _pieces(address, response, headers.get("content-encoding", "")):
            size_bytes += len(piece)
            self._count(address, len(piece))
            target.write(piece)
        return Answer(address, response.status, headers, size_bytes)

    def _count(self, address: Address, more_bytes: int) -> None:
        """Count unpacked bytes, so that a small answer cannot unpack into a large one."""
        self._received_bytes += more_bytes
        if self._received_bytes > self.rules.limits.total_bytes:
            raise SourceUnreadable(
                f"What {shown(str(address))} answers is larger than "
                f"{self.rules.limits.total_bytes // 1_000_000} MB. Ask for less of it, or let the "
                "operator raise MAX_SOURCE_BYTES.",
                code="TOO-BIG",
            )
        self._on_progress(self._received_bytes)

    def _say_fault(
        self, address: Address, error: Exception, watchdog: "_Watchdog | None"
    ) -> FetchFailed:
        if watchdog is not None and watchdog.has_barked:
            return _too_slow(
                address, f"did not finish within {self.rules.limits.total_s:g} seconds"
            )
        cause = _root_cause(error)
        if isinstance(cause, TimeoutError):
            return _too_slow(address, f"said nothing for {self.rules.limits.idle_s:g} seconds")
        if _is_cut_short(cause):
            return _partial(address, "the connection ended before the answer did")
        if isinstance(cause, ssl.SSLError):
            return say_tls_fault(address.host, cause)
        said = os.strerror(cause.errno) if isinstance(cause, OSError) and cause.errno else ""
        return FetchFailed(
            f"{address.place} could not be reached or broke off{f' ({said})' if said else ''}. "
            "Try again later.",
            code="SOURCE-UNREACHABLE",
            can_retry=True,
        )


def _pieces(address: Address, response: HTTPResponse, encoding: str) -> Iterator[bytes]:
    """Yield the body as it is to be kept: as it came, or unpacked and whole."""
    encoding = encoding.strip().lower()
    if encoding not in (*_PLAIN, *_GZIP):
        raise FetchFailed(
            f"{address.host} answered in the encoding “{encoding[:40]}”, which nobody asked for. "
            "Tell the people who run it.",
            code="SOURCE-ENCODING",
        )
    unpacker = Unpacker(address.host) if encoding in _GZIP else None
    while chunk := response.read1(_CHUNK_BYTES):
        if unpacker is None:
            yield chunk
        else:
            yield from unpacker.feed(chunk)
    # A server that has nothing to say may say it under any encoding.
    if unpacker is not None and response.tell():
        unpacker.require_end()


class _Watchdog:
    """Ends a connection when its time is over, whatever it is in the middle of.

    Silence alone is not enough: a byte a minute is never silent for long.
    """

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self._sock = sock
        self._timer = threading.Timer(max(seconds, 0.0), self._bark)
        self._timer.daemon = True
        self.has_barked = False

    def __enter__(self) -> "_Watchdog":
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        self._sock.close()

    def _bark(self) -> None:
        self.has_barked = True
        with suppress(OSError):
            # The socket's own: an SSLSocket first asks politely, and waits for the answer.
            socket.socket.shutdown(self._sock, socket.SHUT_RDWR)


def _lost(address: Address, fault: str) -> FetchFailed:
    return FetchFailed(
        f"{shown(str(address))} {fault}. Open it in a browser and give the address at the end.",
        code="SOURCE-REDIRECTS",
    )


def _root_cause(error: BaseException) -> BaseException:
    """Return the fault of the system that urllib3 wrapped, if there is one."""
    while not isinstance(error, OSError | http.client.IncompleteRead):
        inner = error.__cause__ or error.__context__
        if inner is None:
            return error
        error = inner
    return error


def _is_cut_short(cause: BaseException) -> bool:
    return isinstance(
        cause,
        IncompleteRead
        | http.client.IncompleteRead
        | http.client.RemoteDisconnected
        | ssl.SSLEOFError
        | ssl.SSLZeroReturnError,
    )


def _partial(address: Address, what: str) -> FetchFailed:
    return FetchFailed(
        f"The answer of {address.host} is not complete: {what}. Try again later.",
        code="SOURCE-PARTIAL",
        can_retry=True,
    )


def _too_slow(address: Address, what: str) -> FetchFailed:
    return FetchFailed(
        f"{address.place} {what}. Try again later, or ask for less of it.",
        code="SOURCE-TIMEOUT",
        can_retry=True,
    )
