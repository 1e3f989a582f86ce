"""Which files of its own archive the main file of a KMZ links to, where it holds no places itself.

A relative link is to a file beside it, by the standard (OGC KML 2.2): GDAL writes KMZ so.
"""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.xml_syntax import Attributes, XmlWalk, walk_xml
from importers.read.limits import ReadLimits


@dataclass(frozen=True, slots=True)
class KmzLinks:
    """The ``names`` of linked members, each once, and how many links are not followed."""

    names: tuple[str, ...] = ()
    others: int = 0

    def say_others(self) -> tuple[Finding, ...]:
        """Return a warning of the links that lead out of the archive."""
        if not self.others:
            return ()
        message = f"{self.others:,} of NetworkLink were left out: they lead out of the KMZ."
        return (Finding("KML-LEFT-OUT", "warning", message, value="NetworkLink"),)


def find_links(path: Path, main: str, names: Iterable[str], limits: ReadLimits) -> KmzLinks:
    """Return the links of the file ``main``, unpacked to ``path``, none if it has places.

    ``names`` are the members of the archive. What cannot be read is left to the reader to say.
    """
    links = _Links()
    try:
        walk_xml(path, links, limits, refuse_root=lambda name: None)
    except (SourceUnreadable, _HasPlaces):
        return KmzLinks()
    exact = {name.lower(): name for name in names if name.lower().endswith(".kml")}
    exact.pop(main.lower(), None)
    followed = [exact.get(_member(href, main).lower()) for href in links.hrefs]
    return KmzLinks(tuple(dict.fromkeys(filter(None, followed))), followed.count(None))


def _member(href: str, main: str) -> str:
    """Return the member that a link is to, empty for an address and for a place outside."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc:
        return ""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(main), unquote(parts.path)))
    return "" if name.startswith(("/", "../")) else name


class _HasPlaces(Exception):
    """There is a Placemark: it is a file of places, and need not be looked at any further."""


class _Links(XmlWalk):
    """Collects what stands in ``href`` of each NetworkLink, empty where nothing does."""

    def __init__(self) -> None:
        self.hrefs: list[str] = []
        self._is_link = self._is_href = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Placemark":
            raise _HasPlaces
        if name == "NetworkLink":
            self._is_link = True
            self.hrefs.append("")
        self._is_href = self._is_link and name == "href"

    def text(self, text: str) -> None:
        if self._is_href:
            self.hrefs[-1] += text.strip()

    def end(self, name: str) -> None:
        self._is_href = False
        if name == "NetworkLink":
            self._is_link = False
