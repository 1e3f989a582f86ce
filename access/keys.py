"""Keys: made, looked at, taken back. None of it is ever in an address or a log."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from access.models import ApiKey

_PREFIX_BYTES, _SECRET_BYTES = 5, 32
_WRITTEN = re.compile(r"cm_([0-9a-f]{10})_([A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made: the only time that its text is known."""

    key: ApiKey
    text: str


def create_key(name: str, contact: str, expires_at: datetime | None = None) -> NewKey:
    """Return a new key, saved, with the text that its holder sends."""
    key = ApiKey(name=name, contact=contact, expires_at=expires_at)
    return NewKey(key, seal(key))


def seal(key: ApiKey) -> str:
    """Give a key that is not saved yet its secret, save it, and return the text to hand over."""
    prefix, secret = secrets.token_hex(_PREFIX_BYTES), secrets.token_urlsafe(_SECRET_BYTES)
    text = f"cm_{prefix}_{secret}"
    key.prefix, key.secret_sha256 = prefix, _digest(text)
    key.save()
    return text


def revoke_key(key: ApiKey) -> None:
    """End a key. Web processes hear of it within half a minute."""
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])


def find_key(text: str) -> ApiKey | None:
    """Return the key that a caller shows, good or ended, or None if it is not one of ours."""
    found = _WRITTEN.fullmatch(text)
    if not found:
        return None
    key = ApiKey.objects.using("read").filter(prefix=found[1]).first()
    if key is None or not hmac.compare_digest(key.secret_sha256, _digest(text)):
        return None
    return key


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
