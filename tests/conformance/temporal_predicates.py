"""Temporal filters over `tests.factories.filter_layers`, each with Allen's relation in Python."""

import operator
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from tests.conformance.filtered import Predicate, Truth, both_true, known, negated

Ends = tuple[Any, Any]
# What is true of the starts and ends of two, "a" and "b", written as the standard's tables do.
_TABLE = {
    "T_AFTER": "bE<aS",
    "T_BEFORE": "aE<bS",
    "T_EQUALS": "aS=bS aE=bE",
    "T_INTERSECTS": "aS<=bE bS<=aE",
    "T_CONTAINS": "aS<bS bE<aE",
    "T_DURING": "bS<aS aE<bE",
    "T_FINISHEDBY": "aS<bS aE=bE",
    "T_FINISHES": "bS<aS aE=bE",
    "T_MEETS": "aE=bS",
    "T_METBY": "aS=bE",
    "T_OVERLAPPEDBY": "bS<aS aS<bE bE<aE",
    "T_OVERLAPS": "aS<bS bS<aE aE<bE",
    "T_STARTEDBY": "aS=bS bE<aE",
    "T_STARTS": "aS=bS aE<bE",
}
_SIGNS = {"<": operator.lt, "=": operator.eq, "<=": operator.le}


def _relation(conditions: str) -> Callable[[Ends, Ends], Truth]:
    """Return a relation that is false as soon as one condition is, whatever is not known."""

    def holds(a: Ends, b: Ends) -> Truth:
        ends = {"aS": a[0], "aE": a[1], "bS": b[0], "bE": b[1]}
        truth: Truth = True
        for condition in conditions.split():
            one, sign, other = ends[condition[:2]], condition[2:-2], ends[condition[-2:]]
            known_here = None if None in (one, other) else _SIGNS[sign](one, other)
            truth = both_true(truth, known_here)
        return truth

    return holds


RELATIONS = {name: _relation(conditions) for name, conditions in _TABLE.items()}
RELATIONS["T_DISJOINT"] = lambda a, b: negated(RELATIONS["T_INTERSECTS"](a, b))
WITH_INSTANTS = ("T_AFTER", "T_BEFORE", "T_DISJOINT", "T_EQUALS", "T_INTERSECTS")

# What each side of the type is read by, and what it is compared with, from the data itself.
_KINDS: tuple[tuple[Callable[[str], Any], tuple[str, str], tuple[str, str], str], ...] = (
    (date.fromisoformat, ("day", "until"), ("2004-05-05", "2012-04-13"), "DATE"),
    (
        datetime.fromisoformat,
        ("start", "finish"),
        ("2022-04-16T10:13:19Z", "2022-04-20T10:32:19Z"),
        "TIMESTAMP",
    ),
)
# Ends that meet those of features exactly, so that every relation is true of some.
_MEETING = {
    "DATE": [("2000-01-01", "2004-05-05"), ("2001-02-02", "2001-02-02")],
    "TIMESTAMP": [
        ("2022-04-16T10:13:19Z", "2022-04-16T10:19:19Z"),
        ("2022-04-10T13:04:19Z", "2022-04-10T13:13:19Z"),
        ("2022-04-01T00:00:00Z", "2022-04-16T10:19:19Z"),
        ("2022-04-16T10:10:00Z", "2022-04-16T10:15:00Z"),
        ("2022-04-16T10:15:00Z", "2022-04-16T10:30:00Z"),
        ("2022-04-12T07:15:00Z", "2022-04-12T07:18:19Z"),
        ("2022-04-12T07:15:00Z", "2022-04-12T08:00:00Z"),
    ],
}  # fmt: skip


def _instants() -> dict[str, Predicate]:
    found: dict[str, Predicate] = {}
    for read, (name, _), (one, other), word in _KINDS:
        ends = [(f"{word}('{one}')", (read(one),) * 2)]
        ends += [
            (f"INTERVAL('{a}','{b}')", (read(a), read(b))) for a, b in [(one, other), (one, one)]
        ]
        for relation in WITH_INSTANTS:
            holds = RELATIONS[relation]
            for text, value in ends:
                found[f"{relation}({name},{text})"] = known(name)(
                    lambda one, holds=holds, value=value, read=read: holds((read(one),) * 2, value)
                )
                found[f"{relation}({text},{name})"] = known(name)(
                    lambda one, holds=holds, value=value, read=read: holds(value, (read(one),) * 2)
                )
    return found


def _intervals() -> dict[str, Predicate]:
    found: dict[str, Predicate] = {}
    for read, names, ends, word in _KINDS:
        for relation, holds in RELATIONS.items():
            for a, b in [ends, *_MEETING[word]]:
                text = f"{relation}(INTERVAL({names[0]},{names[1]}),INTERVAL('{a}','{b}'))"
                found[text] = _between(read, names, (read(a), read(b)), holds)
    return found


def _between(
    read: Callable[[str], Any],
    names: tuple[str, str],
    value: Ends,
    holds: Callable[[Ends, Ends], Truth],
) -> Predicate:
    def predicate(properties: dict[str, Any], _: object) -> Truth:
        start, end = (properties[name] and read(properties[name]) for name in names)
        return holds((start, end), value)

    return predicate


def _open_ends() -> dict[str, Predicate]:
    at = datetime.fromisoformat("2022-04-16T10:13:19Z")
    read = datetime.fromisoformat
    return {
        "t_after(interval(start,finish),interval('..','2022-04-16T10:13:19Z'))": known("start")(
            lambda start: read(start) > at
        ),
        "t_before(interval(start,finish),interval('2022-04-16T10:13:19Z','..'))": known("finish")(
            lambda finish: read(finish) < at
        ),
        "t_intersects(day,interval('..','2010-01-01'))": known("day")(
            lambda day: day <= "2010-01-01"
        ),
        "t_disjoint(day,interval('2010-01-01','..'))": known("day")(lambda day: day < "2010-01-01"),
        "t_during(interval(start,'..'),interval('..','..'))": known("start")(lambda start: False),
    }


INSTANTS, INTERVALS = _instants(), _intervals() | _open_ends()
