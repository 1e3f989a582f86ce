"""One item is fetched while the one before is worked on, and none before anybody asks."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from importers.read.ahead import fetched_ahead

_LONG_S = 10.0


@pytest.fixture
def fetcher() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def test_items_come_in_their_order_and_end(fetcher: ThreadPoolExecutor) -> None:
    assert list(fetched_ahead(iter("abc"), fetcher)) == ["a", "b", "c"]
    assert list(fetched_ahead(iter(()), fetcher)) == []


def test_the_next_item_is_fetched_while_the_last_is_worked_on(fetcher: ThreadPoolExecutor) -> None:
    has_second_begun, is_first_worked_on = threading.Event(), threading.Event()

    def items() -> Iterator[int]:
        yield 1
        has_second_begun.set()
        assert is_first_worked_on.wait(_LONG_S)
        yield 2

    ahead = fetched_ahead(items(), fetcher)

    assert next(ahead) == 1
    assert has_second_begun.wait(_LONG_S)
    is_first_worked_on.set()
    assert next(ahead) == 2


def test_nothing_is_fetched_before_somebody_asks(fetcher: ThreadPoolExecutor) -> None:
    begun: list[str] = []

    def items() -> Iterator[int]:
        begun.append("begun")
        yield 1

    ahead = fetched_ahead(items(), fetcher)

    assert not begun
    assert next(ahead) == 1


def test_a_fault_comes_after_the_items_before_it(fetcher: ThreadPoolExecutor) -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("the second is broken")

    ahead = fetched_ahead(items(), fetcher)

    assert next(ahead) == 1
    with pytest.raises(ValueError, match="the second is broken"):
        next(ahead)
