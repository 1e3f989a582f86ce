"""Which of the numbers that a name stands for may be connected to."""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from importers.errors import AddressRefused, FetchFailed

Resolver = Callable[[str, int], list[str]]

# Beside what `ipaddress` says: ways to write an IPv4 address inside an IPv6 one, and what is
# routed by accident only. Of IPv6 nothing but 2000::/3 is given out.
_GIVEN_OUT_IPV6 = ip_network("2000::/3")
_NEVER = tuple(
    ip_network(text)
    for text in (
        *("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15"),
        *("240.0.0.0/4", "2001::/32", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
_INTERNAL = tuple(
    ip_network(text)
    for text in (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8"),
        *("fc00::/7", "::1/128"),
    )
)
# Where clouds keep the credentials of a machine, although one lies among the private addresses.
_METADATA = frozenset(("169.254.169.254", "fd00:ec2::254", "100.100.100.200"))


def resolve(host: str, port: int) -> list[str]:
    """Return every number that ``host`` stands for, once, in the order of the system's resolver.

    Raises
    ------
    FetchFailed
        ``SOURCE-UNREACHABLE``: there is no such name, or nobody to ask for it.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise FetchFailed(
            f"No server of the name {host} is known. Check its spelling; if it is right, try again "
            "later.",
            code="SOURCE-UNREACHABLE",
            can_retry=True,
        ) from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def check_numbers(host: str, numbers: list[str], *, internal: bool) -> list[str]:
    """Return ``numbers`` if each of them may be connected to.

    One forbidden number forbids the name: whoever answers for it chooses which comes first.

    Parameters
    ----------
    internal
        Whether the operator lets this name stand for private addresses.

    Raises
    ------
    AddressRefused
        ``URL-NOT-ALLOWED``.
    """
    for number in numbers:
        if not (is_public(number) or (internal and is_internal(number))):
            raise AddressRefused(
                f"{host} stands for {number}, which is not a public address. If it is a server of "
                "your own network, whoever runs this service can allow it in "
                "FETCH_INTERNAL_HOSTS.",
                code="URL-NOT-ALLOWED",
            )
    return numbers


def is_public(number: str) -> bool:
    """Return whether an address is one that anybody on the internet may be given."""
    address = _parse(number)
    if address is None or address.is_multicast or not address.is_global or address.is_reserved:
        return False
    if isinstance(address, IPv6Address) and address not in _GIVEN_OUT_IPV6:
        return False
    return not any(address in network for network in _NEVER)


def is_internal(number: str) -> bool:
    """Return whether an address is one of a network's own, and not one for its machinery."""
    address = _parse(number)
    return (
        address is not None
        and number not in _METADATA
        and any(address in network for network in _INTERNAL)
    )


def _parse(number: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(number)
    except ValueError:  # a zone, as in fe80::1%eth0, is only ever of this machine
        return None
