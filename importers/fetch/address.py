"""Understands a web address by one strict parser, the only one that fetching uses."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin

from importers.errors import AddressRefused

LONGEST_ADDRESS = 2000
HTTPS_PORT = 443

_LONGEST_SHOWN = 120
# What GDAL or a browser would open, beside what is one: a drive or a file's own colon comes later.
_ADDRESS_LIKE = re.compile(r"/vsi|@|[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_PARTS = re.compile(r"([a-z][a-z0-9+.-]*)://([^/?#]*)([^#]*)", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::([0-9]{1,5}))?")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
_FORBIDDEN = re.compile(r'[^\x21-\x7e]|[\\"<>^`{|}]')


@dataclass(frozen=True, slots=True)
class Address:
    """A web address. ``target`` is path and query as sent, ``host`` in small letters."""

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        return f"{self.scheme}://{self.place}{self.target}"

    @property
    def place(self) -> str:
        """Host, and port unless it is the usual one, as a ``Host`` header says them."""
        return self.host if self.port == HTTPS_PORT else f"{self.host}:{self.port}"

    @property
    def path(self) -> str:
        """The path without the query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """What follows the question mark, empty without one."""
        return self.target.partition("?")[2]

    @property
    def file_name(self) -> str:
        """The last part of the path, by which a file's form is known; may be empty."""
        return PurePosixPath(unquote(self.path)).name

    def join(self, reference: str) -> "Address":
        """Return where ``reference``, absolute or relative, leads from here."""
        return parse_address(urljoin(str(self), reference))

    def with_target(self, target: str) -> "Address":
        """Return another path and query on the same host, held to the same rules."""
        return parse_address(f"{self.scheme}://{self.place}{target}")


def looks_like_address(given: str) -> bool:
    """Return whether ``given`` is written like something to be fetched, by whatever scheme."""
    return _ADDRESS_LIKE.match(given.strip()) is not None


def parse_address(text: str) -> Address:
    """Return the parts of an address that is written without any ambiguity.

    Raises
    ------
    AddressRefused
        ``URL-SCHEME`` for anything but http and https; ``URL-NOT-ALLOWED`` for a host that is
        written as a number; ``URL-INVALID`` for the rest: user names, control characters,
        letters outside ASCII, a fragment, more than `LONGEST_ADDRESS` characters.
    """
    _refuse_characters(text)
    scheme = _scheme(text)
    parts = _PARTS.fullmatch(text)
    if not parts:
        raise _invalid(text, "is not written as https://host/path")
    host, port = _host_and_port(text, parts[2], 80 if scheme == "http" else HTTPS_PORT)
    target = parts[3] or "/"
    return Address(scheme, host, port, target if target.startswith("/") else f"/{target}")


def _scheme(text: str) -> str:
    found = _SCHEME.match(text)
    scheme = found[1].lower() if found else ""
    if scheme not in ("http", "https"):
        raise AddressRefused(
            f"“{shown(text)}” cannot be fetched: only addresses that start with https:// are. "
            "Give such an address, or download the file and give its path.",
            code="URL-SCHEME",
        )
    return scheme


def _refuse_characters(text: str) -> None:
    if len(text) > LONGEST_ADDRESS:
        raise _invalid(text, f"is {len(text):,} characters long; {LONGEST_ADDRESS:,} are read")
    # By its scheme first: a data: address may hold anything, and its scheme is what is wrong.
    _scheme(text)
    if "#" in text:
        raise _invalid(text, "has a # in it, which is for browsers; leave out what follows it")
    if found := _FORBIDDEN.search(text):
        raise _invalid(
            text,
            f"holds {ascii(found[0])} at character {found.start() + 1}; write it percent-encoded, "
            "or a host in its xn-- form",
        )
    if any(ord(character) < 32 or ord(character) == 127 for character in unquote(text)):
        raise _invalid(text, "holds an encoded control character")


def _host_and_port(text: str, authority: str, usual_port: int) -> tuple[str, int]:
    if "@" in authority:
        raise _invalid(text, "holds a user name or password; addresses with them are never kept")
    found = _AUTHORITY.fullmatch(authority)
    if not found:
        raise _invalid(text, "has no host that can be understood")
    host, port = found[1].lower(), int(found[2] or usual_port)
    if host.startswith("[") or _NUMBER.fullmatch(host.rpartition(".")[2]):
        raise AddressRefused(
            f"“{shown(text)}” names a machine by its number. Only names are fetched from: a number "
            "may be a private address of this network.",
            code="URL-NOT-ALLOWED",
        )
    if not _NAME.fullmatch(host) or len(host) > 253:
        raise _invalid(text, "has no host name that could exist")
    if not 0 < port < 65_536:
        raise AddressRefused(
            f"“{shown(text)}”: there is no port {port}. Leave it out.", code="URL-NOT-ALLOWED"
        )
    return host, port


def _invalid(text: str, fault: str) -> AddressRefused:
    return AddressRefused(
        f"The address “{shown(text)}” {fault}. Copy it again from the browser.", code="URL-INVALID"
    )


def shown(text: str) -> str:
    """Return an address as it may stand in a message: short, printable, without a password."""
    without_user = re.sub(r"(?<=://)[^/?#]*@", "…@", text)
    printable = "".join(c if c.isprintable() else "�" for c in without_user[: 2 * _LONGEST_SHOWN])
    return printable if len(printable) <= _LONGEST_SHOWN else f"{printable[:_LONGEST_SHOWN]}…"
