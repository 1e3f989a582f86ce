"""Who asks, as a digest that is another every minute: no address is kept or written down."""

from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from typing import Any

from django.conf import settings

# What one household or office gets of IPv6: a caller may take any address in it.
_NETWORK_BYTES = 8


def address_of(environ: Mapping[str, Any]) -> str:
    """Return the address that a WSGI request comes from.

    From `CLIENT_ADDRESS_HEADER`, which the proxy in front writes and callers cannot; without that
    setting, the other end of the connection. Any other forwarding header is anybody's word.
    """
    peer = environ.get("REMOTE_ADDR", "")
    name = settings.CLIENT_ADDRESS_HEADER
    if not name:
        return str(peer)
    return str(environ.get(f"HTTP_{name.upper().replace('-', '_')}", "").strip() or peer)


def digest_of(caller: str, policy: str, minute: int) -> str:
    """Return what a caller is counted under in one minute, as 32 letters."""
    digest = blake2b(f"{caller} {policy} {minute}".encode(), digest_size=16, key=_key())
    return digest.hexdigest()


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """Return whom an address belongs to: itself in IPv4, its /64 in IPv6."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is None:
            return parsed.packed[:_NETWORK_BYTES].hex()
        return str(parsed.ipv4_mapped)
    return str(parsed)


@cache
def _key() -> bytes:
    return blake2b(settings.SECRET_KEY.encode(), person=b"callers").digest()
