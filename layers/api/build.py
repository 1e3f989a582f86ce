"""Which software answers: another release may answer the same question with other bytes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

_ENDINGS = frozenset({".py", ".sql", ".html", ".txt"})


@cache
def build_digest() -> bytes:
    """Return a digest of all that makes answers: our code, templates and what they stand on."""
    digest = blake2b(digest_size=16)
    for path in _files():
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
        digest.update(path.read_bytes())
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if manifest.exists():  # pages name style sheets by what is in them
        digest.update(manifest.read_bytes())
    return digest.digest()


@cache
def built_at() -> datetime:
    """Return when the software was last changed."""
    newest = max(path.stat().st_mtime for path in _files())
    return datetime.fromtimestamp(newest, UTC)


def _files() -> Iterator[Path]:
    for folder in sorted(settings.BASE_DIR.iterdir()):
        if (folder / "__init__.py").exists() or folder.name in ("templates", "requirements"):
            yield from sorted(path for path in folder.rglob("*") if path.suffix in _ENDINGS)
