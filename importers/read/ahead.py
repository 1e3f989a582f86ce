"""Fetches the next item while the last one is worked on."""

from collections.abc import Iterator
from concurrent.futures import Executor
from typing import TypeVar

_Item = TypeVar("_Item")


def fetched_ahead(items: Iterator[_Item], fetcher: Executor) -> Iterator[_Item]:
    """Yield ``items``, each fetched by ``fetcher`` as soon as the one before was.

    It begins with the first that is asked for. What ``items`` raises is raised in its place.
    """
    coming = fetcher.submit(next, items, None)
    while (item := coming.result()) is not None:
        coming = fetcher.submit(next, items, None)
        yield item
