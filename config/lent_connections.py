"""Database connections lent to requests: a few that are warm instead of a cold one a thread."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections, reset_queries
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse

StartResponse = Callable[..., Any]
Connections = dict[str, BaseDatabaseWrapper]


class Closable(Protocol):
    """What Django's application returns."""

    def __iter__(self) -> Iterator[bytes]: ...

    def close(self) -> None: ...


def leave_connections_to_us() -> None:
    """Have Django not look after each thread's connections, twice a request: they are lent."""
    for look in (reset_queries, close_old_connections):
        request_started.disconnect(look)
        request_finished.disconnect(look)


class LendConnections:
    """A WSGI application around Django's, which lends each request the connections last used.

    The server gives requests to its threads in turn. Were each thread to keep a connection, as
    Django has it, PostgreSQL would read its catalogue and make its plans anew for every one.
    """

    def __init__(self, application: Callable[..., Closable | list[bytes]]) -> None:
        self._application = application
        self._idle: deque[Connections] = deque()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        lent = self._lend()
        try:
            answer = self._application(environ, start_response)
            if isinstance(answer, HttpResponse):
                answer = _whole(answer)
        except BaseException:
            self._take_back(lent)
            raise
        if isinstance(answer, list):
            self._take_back(lent)
            return answer
        return _Streamed(answer, lambda: self._take_back(lent))

    def _lend(self) -> Connections:
        try:
            lent = self._idle.pop()
        except IndexError:
            lent = {alias: _usable_by_any_thread(alias) for alias in connections}
        for alias, connection in lent.items():
            connections[alias] = connection
        return lent

    def _take_back(self, lent: Connections) -> None:
        for connection in lent.values():
            connection.close_if_unusable_or_obsolete()
        self._idle.append(lent)


class _Streamed:
    """An answer that is still being made, and has its connections until it is closed."""

    def __init__(self, answer: Closable, on_end: Callable[[], None]) -> None:
        self._answer, self._on_end = answer, on_end

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer)

    def close(self) -> None:
        try:
            self._answer.close()
        finally:
            self._on_end()


def _whole(answer: HttpResponse) -> list[bytes]:
    """Return an answer as a list, which the server sends without keeping a thread for it."""
    answer.close()
    return [answer.content]


def _usable_by_any_thread(alias: str) -> BaseDatabaseWrapper:
    connection: BaseDatabaseWrapper = connections.create_connection(alias)
    connection.inc_thread_sharing()
    return connection
