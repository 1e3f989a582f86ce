"""Keeps Python from looking for cycles of objects among millions that have none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def few_searches_for_cycles() -> Iterator[None]:
    """Search for garbage in cycles only where `search_young` is called, while this lasts.

    By itself Python searches after every 700 new objects, the whole service now and then: of
    shapes, which refer to nothing, that was a fifth of an import's processor time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def search_young() -> None:
    """Take away cycles among what the last two batches made: an exception makes one."""
    gc.collect(1)
