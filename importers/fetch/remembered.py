"""Remembers which bytes an address gave, so that a server may say that nothing has changed."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

_FOLDER = "addresses"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What an address answered last: the bytes by their SHA-256, and the server's marks on them."""

    address: str
    sha256: str
    name: str
    etag: str
    last_modified: str

    def conditions(self) -> dict[str, str]:
        """Return the headers by which a server is asked only for something newer."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}

    def kept_file(self, sources_dir: Path) -> Path | None:
        """Return where the bytes lie; None once they are gone."""
        folder = sources_dir / self.sha256[:2] / self.sha256
        return next(iter(folder.iterdir()), None) if folder.is_dir() else None


def recall(sources_dir: Path, address: str) -> Remembered | None:
    """Return what ``address`` gave last, if it is known and its bytes are still there."""
    try:
        members = json.loads(_note(sources_dir, address).read_text())
        remembered = Remembered(**members)
    except (FileNotFoundError, ValueError, TypeError):
        return None
    known = remembered.address == address and remembered.kept_file(sources_dir)
    return remembered if known else None


def remember(
    sources_dir: Path, address: str, *, sha256: str, name: str, headers: Mapping[str, str]
) -> None:
    """Write down what ``address`` gave; it appears whole, by rename."""
    remembered = Remembered(
        address, sha256, name, headers.get("etag", ""), headers.get("last-modified", "")
    )
    note = _note(sources_dir, address)
    note.parent.mkdir(parents=True, exist_ok=True)
    arriving = note.with_suffix(f".{os.getpid()}")
    arriving.write_text(json.dumps(asdict(remembered), indent=1))
    arriving.rename(note)


def _note(sources_dir: Path, address: str) -> Path:
    return sources_dir / _FOLDER / f"{hashlib.sha256(address.encode()).hexdigest()}.json"
