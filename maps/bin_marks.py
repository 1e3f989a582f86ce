"""A shape and a letter for each service, so that neither eye nor printer needs a colour."""

from collections.abc import Iterable
from dataclasses import dataclass

from waste.collection import Service

_SHAPES = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """``shape`` is the number of a class ``symbol--N``; ``letter`` stands inside it."""

    letter: str
    shape: int


def marks_of(services: Iterable[Service]) -> dict[Service, Mark]:
    """Return the mark of each service: a letter of its name that no other has, if there is one."""
    marks: dict[Service, Mark] = {}
    for service in services:
        if service not in marks:
            taken = {mark.letter for mark in marks.values()}
            marks[service] = Mark(_letter(service.name, taken), len(marks) % _SHAPES + 1)
    return marks


def _letter(name: str, taken: set[str]) -> str:
    initials = [word[0] for word in name.split()]
    letters = [letter.upper() for letter in (*initials, *name) if letter.isalnum()]
    others = (str(number) for number in range(1, len(taken) + 2))
    return next(letter for letter in (*letters, *others) if letter not in taken)
