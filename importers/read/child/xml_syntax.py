"""Walks through untrusted XML once, and refuses what no data needs: DTDs and endless nesting."""

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from importers.errors import SourceUnreadable
from importers.read.child.text_encoding import first_fault
from importers.read.limits import ReadLimits

_BETWEEN = " "
Attributes = dict[str, str]


class XmlWalk:
    """What a form's reader does at each element. Names come without their namespace."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the start of an element."""

    def text(self, text: str) -> None:
        """Take text, perhaps a part of what stands between two tags."""

    def end(self, name: str) -> None:
        """Take the end of an element."""


def walk_xml(
    path: Path, walk: XmlWalk, limits: ReadLimits, *, refuse_root: Callable[[str], None]
) -> None:
    """Take ``walk`` through all of ``path``.

    Entities are declared in a DTD and nowhere else, so that without one there is
    nothing to expand and nothing to fetch.

    Raises
    ------
    SourceUnreadable
        ``XML-DTD``, ``XML-TOO-DEEP``, ``XML-SYNTAX`` or ``TEXT-ENCODING``; and
        what ``refuse_root`` raises for the first element.
    """
    parser = expat.ParserCreate(namespace_separator=_BETWEEN)
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        local = _local(name)
        if depth == 0:
            refuse_root(local)
        depth += 1
        if depth > limits.xml_depth:
            _refuse_depth(parser.CurrentLineNumber, limits)
        walk.start(local, {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        walk.end(_local(name))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = walk.text
    parser.StartDoctypeDeclHandler = _refuse_dtd
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        raise _say_fault(path, error) from None
    except (LookupError, ValueError):
        raise SourceUnreadable(
            "The XML is written in an encoding that is not known. Save it as UTF-8.",
            code="TEXT-ENCODING",
        ) from None


def _local(name: str) -> str:
    return name.rpartition(_BETWEEN)[2]


def _refuse_dtd(*_: object) -> NoReturn:
    raise SourceUnreadable(
        "The XML begins with a DTD (<!DOCTYPE …>), which can make it read other files or grow "
        "without end. Export it again without one.",
        code="XML-DTD",
    )


def _refuse_depth(line: int, limits: ReadLimits) -> NoReturn:
    raise SourceUnreadable(
        f"Line {line} of the XML is nested more than {limits.xml_depth} deep, which no map data "
        "needs. Export it again.",
        code="XML-TOO-DEEP",
    )


def _say_fault(path: Path, error: expat.ExpatError) -> SourceUnreadable:
    invalid_token = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
    if error.code == invalid_token and first_fault(path, "utf-8") is not None:
        return SourceUnreadable(
            f"Line {error.lineno} is not in the encoding that the XML says. "
            "Save it as UTF-8 and send it again.",
            code="TEXT-ENCODING",
        )
    return SourceUnreadable(
        f"The XML breaks off or is wrong at line {error.lineno} column {error.offset + 1}. "
        "Export it again and check that it arrived whole.",
        code="XML-SYNTAX",
    )
