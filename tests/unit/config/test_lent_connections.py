"""As many connections as requests at a time, whichever thread they come to."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse, StreamingHttpResponse

from config.lent_connections import LendConnections


@pytest.fixture(autouse=True)
def own_connections() -> Iterator[None]:
    """Leave this thread with the connections that the other tests have."""
    own = {alias: connections[alias] for alias in connections}
    yield
    for alias, connection in own.items():
        connections[alias] = connection


def ask(application: LendConnections) -> Iterable[bytes]:
    return application({}, lambda *_: None)


def in_another_thread(work: Callable[[], Any]) -> Any:
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


class Recorder:
    """An application that notes which connection each request has."""

    def __init__(self, answer: Callable[[], Any]) -> None:
        self.seen: list[object] = []
        self._answer = answer

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.seen.append(connections["read"])
        return self._answer()


def test_requests_that_follow_one_another_have_the_same_connection_in_any_thread() -> None:
    inside = Recorder(HttpResponse)
    application = LendConnections(inside)
    for _ in range(3):
        in_another_thread(lambda: ask(application))

    assert inside.seen == [inside.seen[0]] * 3
    inside.seen[0].validate_thread_sharing()  # type: ignore[attr-defined]  # a DatabaseWrapper


def test_requests_at_the_same_time_have_one_each() -> None:
    both_there = threading.Barrier(2, timeout=10)

    def answer() -> HttpResponse:
        both_there.wait()
        return HttpResponse()

    inside = Recorder(answer)
    application = LendConnections(inside)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: ask(application), range(2)))

    assert inside.seen[0] is not inside.seen[1]


def test_the_one_used_last_is_lent_first() -> None:
    inside = Recorder(lambda: StreamingHttpResponse([b"x"]))
    application = LendConnections(inside)
    first, second = ask(application), ask(application)
    first.close()  # type: ignore[attr-defined]  # it is no list
    second.close()  # type: ignore[attr-defined]  # it is no list
    ask(application)

    assert inside.seen[2] is inside.seen[1]


def test_a_streamed_answer_keeps_its_connection_until_it_is_closed() -> None:
    inside = Recorder(lambda: StreamingHttpResponse([b"a", b"b"]))
    application = LendConnections(inside)
    answer = ask(application)
    ask(application)
    assert b"".join(answer) == b"ab"
    answer.close()  # type: ignore[attr-defined]  # it is no list
    ask(application)

    first, second, third = inside.seen
    assert first is not second
    assert third is first


def test_a_request_that_fails_gives_its_connection_back() -> None:
    def fail() -> None:
        raise ZeroDivisionError

    inside = Recorder(fail)
    application = LendConnections(inside)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            ask(application)

    assert inside.seen[0] is inside.seen[1]


def test_a_whole_answer_is_a_list_and_closed_before_it_is_sent() -> None:
    response = HttpResponse(b"all of it")
    answer = ask(LendConnections(lambda *_: response))

    assert answer == [b"all of it"]
    assert response.closed
