"""What may be fetched, from where and how much of it: the operator's rules and the catalogue's."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from importers.errors import AddressRefused
from importers.fetch.address import Address, shown

FETCHED_PORTS = (443, 6443, 8443)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much of anything one source may make us fetch, over all its pages.

    ``answer_bytes`` limits one answer that is only asked to plan the rest by.
    ``idle_s`` is the longest silence, ``total_s`` the time for everything together.
    """

    total_bytes: int = 250_000_000
    answer_bytes: int = 20_000_000
    total_s: float = 1800.0
    connect_s: float = 15.0
    idle_s: float = 60.0
    redirects: int = 5
    pages: int = 2000


@dataclass(frozen=True, slots=True)
class FetchRules:
    """The operator's rules.

    ``internal_hosts`` are "host:port" whose names may stand for private addresses; ``ca_file``
    holds certificates of authorities that are believed beside the system's.
    """

    ports: tuple[int, ...] = FETCHED_PORTS
    internal_hosts: frozenset[str] = frozenset()
    ca_file: Path | None = None
    limits: FetchLimits = field(default_factory=FetchLimits)

    def is_internal(self, address: Address) -> bool:
        """Return whether the operator lets this host stand for private addresses."""
        return f"{address.host}:{address.port}" in self.internal_hosts

    def check(self, address: Address, hosts: frozenset[str]) -> None:
        """Refuse what is not an https address of an allowed host and port.

        Raises
        ------
        AddressRefused
            ``URL-NOT-ALLOWED`` or ``URL-SCHEME``.
        """
        if address.host not in hosts:
            raise AddressRefused(
                f"“{shown(str(address))}” is on {address.host}, which is not among the hosts that "
                f"this catalogue fetches from ({_listed(hosts)}). If it is right, add the name to "
                "hosts in council.toml.",
                code="URL-NOT-ALLOWED",
            )
        if address.scheme != "https":
            raise AddressRefused(
                f"“{shown(str(address))}” is not encrypted. Only https:// is fetched; most servers "
                "answer there too.",
                code="URL-SCHEME",
            )
        if address.port not in self.ports and not self.is_internal(address):
            raise AddressRefused(
                f"“{shown(str(address))}” asks for port {address.port}. Ports fetched from: "
                f"{', '.join(map(str, self.ports))}.",
                code="URL-NOT-ALLOWED",
            )


def rules_from_settings() -> FetchRules:
    """Return the rules that the environment sets; see docs/operators/fetching.md."""
    return FetchRules(
        ports=(*FETCHED_PORTS, *settings.FETCH_PORTS),
        internal_hosts=frozenset(settings.FETCH_INTERNAL_HOSTS),
        ca_file=settings.FETCH_CA_FILE,
        limits=FetchLimits(total_bytes=settings.MAX_SOURCE_BYTES, total_s=settings.FETCH_MAX_S),
    )


def _listed(hosts: Iterable[str]) -> str:
    return ", ".join(sorted(hosts)) or "none"
