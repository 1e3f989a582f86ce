"""From what a council wrote to the opening hours notation of OpenStreetMap, or to nothing.

The notation is read by a library; here is only what councils write instead of it. A text that
can be read in two ways, or has a word that is not known, is not read at all.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from opening_hours import validate

from maps.opening_hours.clock_times import read_time_range
from maps.opening_hours.tokens import WEEK, WHOLE_DAY, Break, Days, Span, Times, Token, read_tokens

Clause = tuple[tuple[Days, ...], tuple[Span, ...]]

_LONGEST_TEXT = 500
# Seven days, bank holidays and a few spans of time.
_LONGEST_CLAUSE = 16
# What the notation allows and nobody can act on here: daylight is no time of day, school terms are
# not known, an open end says no end, and a comment may say anything.
_UNSURE_NOTATION = re.compile(r"dawn|dusk|sunrise|sunset|\bSH\b|week|easter|\+|\"|\?|\|\|", re.I)
_NOTATION_TIMES = re.compile(r"(\d{1,2}:\d\d)\s*-\s*(\d{1,2}:\d\d)")
_TIMES_ALONE = re.compile(r"[\d:,;\s-]+")
# “Mo-Fr” by itself would be open all day, and “Open” all week.
_RULE_WITH_HOURS = re.compile(r"\d\d?:\d\d|24/7|\boff\b|\bclosed\b|\bunknown\b", re.I)
_RULE_OF_THE_WEEK = re.compile(r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|\d\d:)(?!.*\d,\s*[A-Z])")


@lru_cache(maxsize=4096)
def read_hours(text: str, *, is_every_day: bool = False) -> str | None:
    """Return a week's hours in OpenStreetMap's notation, or None where they are not sure.

    Parameters
    ----------
    is_every_day
        Times without any day are those of every day.
    """
    text = _tidy(text)
    if not text or len(text) > _LONGEST_TEXT:
        return None
    if _is_sure_notation(text):
        return None if _TIMES_ALONE.fullmatch(text) and not is_every_day else text
    clauses = _read_clauses(text.lower(), is_every_day=is_every_day)
    return _write(clauses) if clauses else None


@lru_cache(maxsize=4096)
def read_times(text: str) -> str | None:
    """Return the hours of one day, such as “09:00-12:30,13:30-17:00” or “off”, or None."""
    tokens = read_tokens(_tidy(text).lower())
    if not tokens or not all(isinstance(token, Times) for token in tokens):
        return None
    spans = _join(tokens)
    return None if spans is None else _write_spans(spans)


def limit_to_season(notation: str, season: str) -> str | None:
    """Return the same hours from one day of the year to another, such as “Apr 01-Sep 30”.

    None if the notation has seasons of its own.
    """
    for whole, hours in (("24/7", "00:00-24:00"), ("off", "off"), ("closed", "off")):
        if notation.lower() == whole:
            return f"{season} {hours}"
    rules = [rule.strip() for rule in notation.split(";") if rule.strip()]
    if not all(_RULE_OF_THE_WEEK.match(rule) for rule in rules):
        return None
    return "; ".join(f"{season} {rule}" for rule in rules)


def _tidy(text: str) -> str:
    text = re.sub(r"[‐-―−]", "-", text.replace("’", "'"))
    text = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", text, flags=re.I)
    return re.sub(r"[^\S\n]+", " ", text).strip(" ;,|\n\t")


def _is_sure_notation(text: str) -> bool:
    if _UNSURE_NOTATION.search(text) or not validate(text):
        return False
    rules = re.split(r";|,\s", text)
    return all(_RULE_WITH_HOURS.search(rule) for rule in rules) and all(
        _are_by_24_hours(start, end) for start, end in _NOTATION_TIMES.findall(text)
    )


def _are_by_24_hours(start: str, end: str) -> bool:
    """Return whether people would understand two times as the notation does: not “9:00-5:00”."""
    span = read_time_range(start, end)
    return (
        span is not None
        and _clock(span[0]) == start.rjust(5, "0")
        and (end == "23:59" or span[1] % (24 * 60) == _minutes(end) % (24 * 60))
    )


def _read_clauses(text: str, *, is_every_day: bool) -> list[Clause] | None:
    tokens = read_tokens(text)
    if not tokens:
        return None
    sentences = [
        list(part)
        for is_break, part in groupby(tokens, lambda each: isinstance(each, Break))
        if not is_break
    ]
    if len(sentences) == 1 and all(isinstance(token, Times) for token in sentences[0]):
        return _clause_of_times(sentences[0], is_every_day=is_every_day)
    clauses = []
    for sentence in sentences:
        reading = _only_reading(sentence)
        if reading is None:
            return None
        clauses += reading
    return None if _contradict_each_other(clauses) else clauses


def _clause_of_times(tokens: Sequence[Token], *, is_every_day: bool) -> list[Clause] | None:
    spans = _join(tokens)
    # “24 hours” and “Closed” need no day to be understood.
    if spans is None or not (is_every_day or spans in ((), (WHOLE_DAY,))):
        return None
    return [((Days(WEEK, is_general=True),), spans)]


def _only_reading(tokens: Sequence[Token]) -> list[Clause] | None:
    """Return the one way in which a sentence can be parted into days with their times.

    “Mon 9-5, 10-4 Sat” has one, “Mon 9-12:30, 1:30-5, Tue, Wed 9-5” has two. From the end
    backwards, two ways of each rest are kept: more would only say again that it is not sure.
    """
    ways: dict[int, list[list[Clause]]] = {len(tokens): [[]]}
    for start in range(len(tokens) - 1, -1, -1):
        ways[start] = [
            [clause, *rest]
            for end in range(start + 2, min(start + _LONGEST_CLAUSE, len(tokens)) + 1)
            if ways[end] and (clause := _as_clause(tokens[start:end]))
            for rest in ways[end]
        ][:2]
    return ways[0][0] if len(ways[0]) == 1 else None


def _as_clause(tokens: Sequence[Token]) -> Clause | None:
    """Return days followed by their times, or times by their days."""
    kinds = [kind for kind, _ in groupby(tokens, type)]
    if kinds not in ([Days, Times], [Times, Days]):
        return None
    spans = _join([token for token in tokens if isinstance(token, Times)])
    if spans is None:
        return None
    return tuple(token for token in tokens if isinstance(token, Days)), spans


def _join(tokens: Sequence[Token]) -> tuple[Span, ...] | None:
    """Return the spans of one day, or None if they overlap or are both some and none."""
    parts = [token.spans for token in tokens if isinstance(token, Times)]
    if () in parts:
        return () if len(parts) == 1 else None
    spans = sorted(span for part in parts for span in part)
    if any(first[1] > second[0] for first, second in zip(spans, spans[1:], strict=False)):
        return None
    return tuple(spans)


def _contradict_each_other(clauses: Sequence[Clause]) -> bool:
    """Return whether a day has two sets of hours, other than as an exception to all days."""
    said: dict[str, list[tuple[bool, tuple[Span, ...]]]] = {}
    for days, spans in clauses:
        for each in days:
            for name in each.names:
                said.setdefault(name, []).append((each.is_general, spans))
    for hours in said.values():
        special = [spans for is_general, spans in hours if not is_general]
        if len(special) > 1 or len(hours) - len(special) > 1:
            return True
    return False


def _write(clauses: Sequence[Clause]) -> str:
    """Return the clauses in the notation: weekdays first, as the last rule of a day counts.

    A weekday that is closed is left out: “off” would end the night before it, too.
    """
    hours: dict[str, tuple[Span, ...]] = {}
    for is_general in (True, False):
        for days, spans in clauses:
            for each in days:
                if each.is_general == is_general:
                    hours |= dict.fromkeys(each.names, spans)
    rules = _write_week({name: hours.pop(name, ()) for name in WEEK})
    return "; ".join([*rules, *(f"{name} {_write_spans(spans)}" for name, spans in hours.items())])


def _write_week(hours: dict[str, tuple[Span, ...]]) -> list[str]:
    if set(hours.values()) == {(WHOLE_DAY,)}:
        return ["24/7"]
    alike: dict[tuple[Span, ...], list[str]] = {}
    for name, spans in hours.items():
        if spans:
            alike.setdefault(spans, []).append(name)
    return [f"{','.join(names)} {_write_spans(spans)}" for spans, names in alike.items()] or ["off"]


def _write_spans(spans: Sequence[Span]) -> str:
    return ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans) or "off"


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
