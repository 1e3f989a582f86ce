"""Asks a served site for the same page again and again, and remembers what it said."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.factories.processes import get

_PAUSE_S = 0.01
_WAIT_S = 20.0


@dataclass(frozen=True)
class Answer:
    """One answer: which edition it says it is from, and what its features say."""

    status: int
    edition: int | None
    count: int
    names: frozenset[str]


class Watch:
    """A reader of all trees in a thread of its own, from ``with`` to its end."""

    def __init__(self, port: int) -> None:
        self.answers: list[Answer] = []
        self._port = port
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._ask_on)

    def __enter__(self) -> "Watch":
        self._thread.start()
        self.wait_for(lambda answer: True)
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def wait_for(self, wanted: Callable[[Answer], bool]) -> None:
        """Wait until an answer that is asked for from now on is as ``wanted``."""
        seen = len(self.answers) + 1
        deadline = time.monotonic() + _WAIT_S
        while not any(wanted(answer) for answer in self.answers[seen:]):
            assert time.monotonic() < deadline, f"the last answer was {self.answers[-1:]}"
            time.sleep(_PAUSE_S)

    def _ask_on(self) -> None:
        while not self._is_over.wait(_PAUSE_S):
            self.answers.append(self._ask())

    def _ask(self) -> Answer:
        status, body = get(self._port, "/api/collections/trees/items?limit=1000")
        page = json.loads(body)
        features = page.get("features", [])
        names = frozenset(feature["properties"]["name"] for feature in features)
        return Answer(status, page.get("edition"), len(features), names)
