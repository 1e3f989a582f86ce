"""The strict reader of the tests finds what it is there to find."""

import pytest

from tests.factories.calendar_file import read_calendar

_EVENT = (
    "BEGIN:VCALENDAR", "PRODID:-//A//B//EN", "VERSION:2.0", "BEGIN:VEVENT",
    "UID:6d594550-487e-58a7-947c-fdf44bd86d7d", "DTSTAMP:20261120T120000Z",
    "LAST-MODIFIED:20261120T120000Z", "SEQUENCE:1", "DTSTART;VALUE=DATE:20261203",
    "DTEND;VALUE=DATE:20261204", "SUMMARY:Recycling", "END:VEVENT", "END:VCALENDAR",
)  # fmt: skip


def made(lines: tuple[str, ...] = _EVENT, end: str = "\r\n") -> bytes:
    return "".join(line + end for line in lines).encode()


def test_it_takes_a_good_one() -> None:
    assert read_calendar(made()).parts[0]["SUMMARY"] == "Recycling"


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("UID:6d594550-487e-58a7-947c-fdf44bd86d7d\r\n", ""),
        ("SUMMARY:Recycling", "SUMMARY:Recycling, glass"),
        ("SUMMARY:Recycling", "SUMMARY:" + "R" * 80),
        ("SUMMARY:Recycling", "SUMMARY:Recy\ncling"),
        ("SUMMARY:Recycling", "SUMMARY:Recy\x07cling"),
        ("SUMMARY:Recycling", "SUMMARY:One\r\nSUMMARY:Two"),
        ("DTSTART;VALUE=DATE:", "DTSTART:"),
        ("DTEND;VALUE=DATE:20261204", "DTEND;VALUE=DATE:20261203"),
        ("VERSION:2.0\r\n", ""),
        ("END:VEVENT\r\n", ""),
        ("SEQUENCE:1", "SEQUENCE:-1"),
    ],
)
def test_it_refuses_a_bad_one(there: str, instead: str) -> None:
    text = made().decode()
    assert there in text

    with pytest.raises(AssertionError):
        read_calendar(text.replace(there, instead).encode())


def test_it_refuses_lines_that_end_as_on_unix() -> None:
    with pytest.raises(AssertionError):
        read_calendar(made(end="\n"))
