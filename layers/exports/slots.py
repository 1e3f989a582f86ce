"""How many downloads one web process makes, and how many it sends, at a time."""

import threading
from collections.abc import Callable

from django.conf import settings

from layers.errors import DownloadsBusy


class Slots:
    """So many at a time, within this process; who comes too many is told to come again."""

    def __init__(self, most: Callable[[], int], refusal: str) -> None:
        self._most, self._refusal = most, refusal
        self._guard = threading.Lock()
        self._taken = 0

    def take(self) -> Callable[[], None]:
        """Take a slot, and return what gives it back, once however often it is called.

        Raises
        ------
        DownloadsBusy
            All are taken.
        """
        with self._guard:
            if self._taken >= self._most():
                raise DownloadsBusy(self._refusal)
            self._taken += 1
        held = [True]

        def give_back() -> None:
            with self._guard:
                if held:
                    held.clear()
                    self._taken -= 1

        return give_back


# Each holds a connection to the database while it is made.
MAKING = Slots(
    lambda: settings.DOWNLOADS_AT_ONCE,
    "As many downloads are being made as this service makes at a time. Try again in a little "
    "while, or take the whole layer ready made: “/downloads” of the collection lists its files.",
)
# Each holds a thread of the server for as long as somebody reads, however slowly.
SENDING = Slots(
    lambda: settings.DOWNLOADS_SENT_AT_ONCE,
    "As many large files are being sent as this service sends at a time. Try again in a little "
    "while.",
)
