"""Reading a made file through the real child, for the tests of the sandbox."""

from pathlib import Path
from typing import Any

import pytest

from importers.catalogue.entries import SourceEntry
from importers.errors import SourceUnreadable
from importers.fetch.files import fetch_file
from importers.read.batch import SourceBatch, SourceReading
from importers.read.open import open_source
from importers.read.sandbox import SandboxKind, sandbox_kind

ENTRY = SourceEntry(
    url="",
    fetch_by_hand="",
    driver="CSV",
    crs=None,
    encoding=None,
    has_header=True,
    columns=(),
    coordinates=(),
    table=None,
)
needs_namespaces = pytest.mark.skipif(
    sandbox_kind() != "namespaces", reason="bubblewrap is missing or not allowed on this host"
)
KINDS = [pytest.param("namespaces", marks=needs_namespaces), "limits"]


def read_whole(
    path: Path, kind: SandboxKind | None = None, **options: Any
) -> tuple[SourceReading, list[SourceBatch]]:
    """Fetch and read ``path`` to its end."""
    source = fetch_file(str(path), path.parent / "store")
    with open_source(source, ENTRY, kind=kind, **options) as reading:
        return reading, list(reading.batches)


def refusal(path: Path, kind: SandboxKind | None = None, **options: Any) -> SourceUnreadable:
    """Return the fault with which ``path`` is refused."""
    with pytest.raises(SourceUnreadable) as caught:
        read_whole(path, kind, **options)
    return caught.value
