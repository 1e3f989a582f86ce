"""What a domain app has to say against rows and editions of the layers that it reads.

Importers ask before an edition is staged and know no domain app: an app registers its checks by
the role of the layer when it starts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from layers.models import Edition


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one row of a source, in words that an officer can act on.

    ``kind`` is stable and in capitals, ``field`` the field's name. A row with a fault that
    ``keeps_out`` is quarantined; else it is published, and a warning says so.
    """

    kind: str
    field: str
    message: str
    keeps_out: bool = True


@dataclass(frozen=True, slots=True)
class EditionFault:
    """What speaks against a whole edition: it waits until a person decides. As `RowFault`."""

    kind: str
    message: str


# From a row's values by field, as they will be published.
RowCheck = Callable[[Mapping[str, Any]], Iterable[RowFault]]
# From an edition that is filled and indexed in its own table, and is no partition yet.
EditionCheck = Callable[[Edition], Iterable[EditionFault]]

_row_checks: dict[str, RowCheck] = {}
_edition_checks: dict[str, EditionCheck] = {}


def register_row_check(role: str, check: RowCheck) -> None:
    """Have every row of a role's layers looked at by ``check``, in place of any before it."""
    _row_checks[role] = check


def register_edition_check(role: str, check: EditionCheck) -> None:
    """Have every edition of a role's layers looked at by ``check``, in place of any before it."""
    _edition_checks[role] = check


def row_check(role: str) -> RowCheck | None:
    """Return what looks at rows of a role's layers, if anything does."""
    return _row_checks.get(role)


def edition_faults(edition: Edition) -> Iterator[EditionFault]:
    """Yield what its role's check has to say against an edition."""
    check = _edition_checks.get(edition.layer.role)
    if check is not None:
        yield from check(edition)
