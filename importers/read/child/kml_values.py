"""Reads what a KML Placemark says about its place, beside where it is."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from importers.errors import SourceUnreadable
from importers.read.limits import ReadLimits

_OWN = ("name", "description", "address", "phoneNumber")
_TIMES = {"TimeStamp/when": "when", "TimeSpan/begin": "begin", "TimeSpan/end": "end"}


def read_values(placemark: Element, row: int, limits: ReadLimits) -> dict[str, str]:
    """Return KML's own values and those of ExtendedData; what is empty is left out.

    A value called like one that is already there gets a number after its name.

    Raises
    ------
    SourceUnreadable
        ``CELL-TOO-BIG``.
    """
    values: dict[str, str] = {}
    for name, text in _said(placemark):
        value = (text or "").strip()
        if len(value) > limits.cell_characters:
            raise SourceUnreadable(
                f"Placemark {row} holds more than {limits.cell_characters:,} characters in "
                f"{name}. Shorten it or leave it out.",
                code="CELL-TOO-BIG",
            )
        if value:
            values[_unused(name, values)] = value
    return values


def _said(placemark: Element) -> Iterator[tuple[str, str | None]]:
    yield "id", placemark.get("id")
    for name in _OWN:
        yield name, placemark.findtext(name)
    for path, name in _TIMES.items():
        yield name, placemark.findtext(path)
    for each in placemark.iterfind("ExtendedData/Data"):
        yield each.get("name", ""), each.findtext("value")
    for each in placemark.iterfind("ExtendedData/SchemaData/SimpleData"):
        yield each.get("name", ""), each.text


def _unused(wanted: str, values: dict[str, str]) -> str:
    name, number = wanted, 1
    while name in values:
        number += 1
        name = f"{wanted} ({number})"
    return name
