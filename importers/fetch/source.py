"""A source brought to this machine and named by its content."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FetchedSource:
    """The bytes of one source. ``given`` is what the person typed or the catalogue says."""

    given: str
    path: Path
    name: str
    sha256: str
    size_bytes: int
