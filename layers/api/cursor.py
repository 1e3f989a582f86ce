"""The `cursor` of a next link: which edition a reader is in, and after which feature it goes on."""

import re
from dataclasses import dataclass

from layers.errors import ParameterInvalid

_WRITTEN = re.compile(r"(\d{1,15})-(\d{1,15})", re.ASCII)
_FROM_THE_START = "or leave the cursor out to start from the first page."


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two features of one edition.

    Naming the edition lets a reader finish the one it began, although another
    was published meanwhile. In whatever order a page is, what the feature is
    sorted by is looked up: it cannot have changed.
    """

    edition_id: int
    after: int

    def __str__(self) -> str:
        return f"{self.edition_id}-{self.after}"


def read_cursor(text: str) -> Cursor:
    """Return the cursor that a next link carries.

    Raises
    ------
    ParameterInvalid
        It is not one that this service wrote.
    """
    found = _WRITTEN.fullmatch(text)
    if not found:
        raise cursor_invalid()
    return Cursor(int(found[1]), int(found[2]))


def cursor_invalid() -> ParameterInvalid:
    """Return the error for a cursor that this service did not write."""
    return ParameterInvalid(
        f"“cursor” is not one of ours. Follow the next link of a page as it is, {_FROM_THE_START}",
        "cursor",
    )
