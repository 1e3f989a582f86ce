"""A small strict reader of .ics files: RFC 5545 as it is written, not as libraries forgive it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_LINE = re.compile(r"([A-Z0-9-]+)((?:;[A-Z0-9-]+=[^;:,\"]+)*):(.*)", re.ASCII | re.DOTALL)
_MOST_OCTETS = 75
_ONCE_IN_CALENDAR = ("PRODID", "VERSION")
_ONCE_IN_EVENT = ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "LAST-MODIFIED")
_AT_MOST_ONCE = (*_ONCE_IN_EVENT, "DTEND", "STATUS", "DESCRIPTION", "TRANSP", "METHOD")
_TEXTS = ("SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME")
_FORMS = {
    "DTSTAMP": r"\d{8}T\d{6}Z",
    "LAST-MODIFIED": r"\d{8}T\d{6}Z",
    "DTSTART": r"\d{8}",
    "DTEND": r"\d{8}",
    "SEQUENCE": r"\d{1,10}",
    "STATUS": "TENTATIVE|CONFIRMED|CANCELLED",
    "TRANSP": "OPAQUE|TRANSPARENT",
    "TRIGGER": r"-?P(\d+D)?(T(\d+H)?(\d+M)?)?",
    "REFRESH-INTERVAL": r"P(\d+D)?(T(\d+H)?(\d+M)?)?",
    "UID": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
}


@dataclass
class Component:
    """What stands between BEGIN and END. ``lines`` are name, parameters and value, in order."""

    name: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        [value] = [value for each, _, value in self.lines if each == name]
        return value

    def get(self, name: str) -> str:
        return next((value for each, _, value in self.lines if each == name), "")

    def text(self, name: str) -> str:
        """Return a text as it was before it was escaped."""
        return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], self.get(name))

    def count(self, name: str) -> int:
        return sum(each == name for each, _, _ in self.lines)


def read_calendar(content: bytes) -> Component:
    """Return the calendar, or raise AssertionError at what no calendar may be."""
    root = Component("")
    stack = [root]
    for line in _unfolded(content):
        found = _LINE.fullmatch(line)
        assert found, f"no content line: {line!r}"
        name, parameters, value = found.groups()
        if name == "BEGIN":
            stack[-1].parts.append(Component(value))
            stack.append(stack[-1].parts[-1])
        elif name == "END":
            assert stack.pop().name == value, f"END:{value} ends something else"
        else:
            stack[-1].lines.append((name, parameters, value))
            _check_value(name, parameters, value)
    assert stack == [root] and [part.name for part in root.parts] == ["VCALENDAR"]
    calendar = root.parts[0]
    _check_components(calendar)
    return calendar


def events(calendar: Component) -> list[Component]:
    return [part for part in calendar.parts if part.name == "VEVENT"]


def _unfolded(content: bytes) -> Iterator[str]:
    assert content.endswith(b"\r\n"), "the last line is not ended"
    raw = content.removesuffix(b"\r\n").split(b"\r\n")
    for line in raw:
        assert len(line) <= _MOST_OCTETS, f"{len(line)} octets: {line!r}"
        assert b"\n" not in line and b"\r" not in line, f"a bare line end: {line!r}"
        line.decode()  # a fold may not tear a sign of UTF-8 apart
    text = content.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode()
    for line in text.split("\r\n"):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", line), f"control characters: {line!r}"
        yield line


def _check_value(name: str, parameters: str, value: str) -> None:
    if name in _FORMS:
        assert re.fullmatch(_FORMS[name], value), f"{name}: {value}"
    if name in ("DTSTART", "DTEND"):
        assert parameters == ";VALUE=DATE", f"{name}{parameters}"
    if name == "REFRESH-INTERVAL":
        assert parameters == ";VALUE=DURATION"
    if name in _TEXTS:
        unescaped = re.sub(r"\\[\\;,nN]", "", value)
        assert not set(unescaped) & set("\\;,"), f"not escaped: {name}:{value}"


def _check_components(calendar: Component) -> None:
    for name in _ONCE_IN_CALENDAR:
        assert calendar.count(name) == 1, f"{calendar.count(name)} times {name}"
    assert calendar["VERSION"] == "2.0"
    assert calendar.parts, "a calendar has one component at least"
    for event in events(calendar):
        for name in _ONCE_IN_EVENT:
            assert event.count(name) == 1, f"{event.count(name)} times {name}"
        for name in _AT_MOST_ONCE:
            assert event.count(name) <= 1, f"{event.count(name)} times {name}"
        assert event["DTSTART"] < event["DTEND"]
        for alarm in event.parts:
            assert alarm.name == "VALARM"
            assert alarm["ACTION"] == "DISPLAY" and alarm["DESCRIPTION"] and alarm["TRIGGER"]
    uids = [event["UID"] for event in events(calendar)]
    assert len(uids) == len(set(uids)), "two events of one UID"
