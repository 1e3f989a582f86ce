"""The streets, buildings, places and wards that typed words may name, likeliest first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from gazetteer.bearer import Bearer
from gazetteer.misspelling import FRONT, shortened
from gazetteer.models import NameKind
from gazetteer.search.likeness import Match, Typed, score_of, weight_of
from gazetteer.search.spelling import begin_alike, distance
from gazetteer.sql import read_statement
from gazetteer.street_names import COMMON_WORDS, search_name
from gazetteer.typed_text import TypedText
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows

MOST_NAMES = 40
_MOST_COMPARED = 200
_SHORTEST_BEGINNING = 2
_SHORTEST_MISSPELT = 3
# Of a word of three letters that lost one.
_SHORTEST_CUT_SHORT = 2
_MOST_TEXTS = 4
# A name that was typed as it is needs no looking for others like it.
_SURE, _SURELY_ACCOUNTED = 0.82, 0.94
_LEAST_SCORE = 0.55
_LEAST_OF_NAME = 0.3
_LEAST_LIKENESS = 0.45
_OUTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who bears a name like the one typed. ``score`` is from 0 to 1.

    ``longitude`` and ``latitude`` are the bearer's middle in EPSG:4326. ``is_exact`` says that
    every typed word is accounted for, and the name is whole; ``accounted`` how many of them are,
    from 0 to 1.
    """

    bearer: Bearer
    longitude: float
    latitude: float
    score: float
    is_exact: bool
    accounted: float = 1


def find_candidates(
    typed: TypedText, sources: dict[str, PublishedLayer], *, kinds: Sequence[str] = ()
) -> list[Candidate]:
    """Return who may be meant, likeliest first; of names alike, the larger first.

    ``kinds`` are values of `NameKind`, all of them if empty.
    """
    wanted = _wanted(sources, kinds)
    words = typed.words
    if not wanted or not words or sum(map(len, words)) < _SHORTEST_BEGINNING:
        return []
    asked = Typed(words, is_open=typed.is_open, as_typed=typed.as_typed)
    found = _ranked(asked, _as_typed(typed, wanted))
    if (found and _is_sure(found[0])) or max(map(len, words)) < _SHORTEST_MISSPELT:
        return found
    like = _ranked(asked, _alike(typed, wanted, _areas(sources)))
    return _merged(found, like)


def _is_sure(best: Candidate) -> bool:
    return best.score >= _SURE and best.accounted >= _SURELY_ACCOUNTED


def _wanted(sources: dict[str, PublishedLayer], kinds: Sequence[str]) -> list[tuple[int, str]]:
    """Return editions and kinds of name to look among; streets from one source alone."""
    offers = {
        "address": [NameKind.STREET, NameKind.BUILDING],
        "place": [NameKind.PLACE] if "address" in sources else [NameKind.PLACE, NameKind.STREET],
        "ward": [NameKind.WARD],
    }
    return [
        (sources[role].edition_id, str(kind.value))
        for role, offered in offers.items()
        if role in sources
        for kind in offered
        if not kinds or kind.value in kinds
    ]


def _as_typed(typed: TypedText, wanted: list[tuple[int, str]]) -> list[tuple[Any, ...]]:
    words = typed.words
    runs = {
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    }
    begun = _begun(typed) if typed.is_open else []
    return fetch_rows(
        read_statement("names_as_typed"),
        {
            **_pairs(wanted),
            "runs": sorted(runs),
            "beginnings": begun,
            "most": MOST_NAMES,
        },
        keeps_plan=True,
    )


def _begun(typed: TypedText) -> list[str]:
    """Return the ends of a text that may begin a name, with its last word in full and as typed."""
    words = typed.words
    ends = [
        " ".join([*words[start:-1], last])
        for start in range(len(words))
        for last in dict.fromkeys((words[-1], typed.as_typed[-1]))
    ]
    shortest = _SHORTEST_BEGINNING if len(words) == 1 else _SHORTEST_MISSPELT
    return [end for end in ends if len(end) >= shortest]


def _alike(
    typed: TypedText, wanted: list[tuple[int, str]], areas: frozenset[str]
) -> list[tuple[Any, ...]]:
    words = [word for word in typed.words if word not in COMMON_WORDS] or list(typed.words)
    telling = [word for word in words if len(word) >= _SHORTEST_CUT_SHORT]
    asked = [(text, word) for word in dict.fromkeys(telling) for text in shortened(word)]
    # Names that have nothing but words such as "hill" and "street" are kept under these.
    whole = {*typed.words, *(one + other for one, other in pairwise(typed.words))}
    return fetch_rows(
        read_statement("names_like"),
        {
            **_pairs(wanted),
            "variants": [text for text, _ in asked],
            "typed": [word for _, word in asked],
            "front": FRONT,
            "whole": list(whole),
            "weights": [weight_of(word) for word in whole],
            "texts": _texts(typed, areas)[:_MOST_TEXTS],
            "most_compared": _MOST_COMPARED,
            "most": MOST_NAMES,
        },
        keeps_plan=True,
    )


def _pairs(wanted: list[tuple[int, str]]) -> dict[str, Any]:
    return {"edition_ids": [one for one, _ in wanted], "kinds": [kind for _, kind in wanted]}


def _texts(typed: TypedText, areas: frozenset[str]) -> list[str]:
    """Return what may be the name in a text: without what names the area around it, each part."""
    words = [word for word in typed.words if not _OUTCODE.fullmatch(word)]
    shorter = _without_areas(words, areas)
    parts = [" ".join(part) for part in typed.parts] if len(typed.parts) > 1 else []
    return list(dict.fromkeys([*shorter, *parts, " ".join(words)]))


def _without_areas(words: list[str], areas: frozenset[str]) -> list[str]:
    """Return the words without areas at their end, or without one at their beginning."""
    ended = words
    while (length := _area_at(ended[::-1], areas, is_reversed=True)) and length < len(ended):
        ended = ended[:-length]
    begun = ended[_area_at(ended, areas) :]
    shorter = [names for names in (ended, begun) if names and len(names) < len(words)]
    return [" ".join(names) for names in shorter]


def _area_at(words: list[str], areas: frozenset[str], *, is_reversed: bool = False) -> int:
    """Return how many words in front name an area, misspelt a little, if any."""
    for length in range(min(4, len(words)), 0, -1):
        front = words[:length][::-1] if is_reversed else words[:length]
        text = " ".join(front)
        if text in areas or (
            len(text) > _SHORTEST_MISSPELT + 1
            and any(
                begin_alike(text, area) and distance(text, area, len(text) // 5) <= len(text) // 5
                for area in areas
            )
        ):
            return length
    return 0


def _areas(sources: dict[str, PublishedLayer]) -> frozenset[str]:
    layer = sources.get("address") or sources.get("place")
    return _areas_of(layer.edition_id) if layer else frozenset()


# An edition never changes, so what is remembered of it cannot become wrong.
@lru_cache(maxsize=4)
def _areas_of(edition_id: int) -> frozenset[str]:
    """Return the localities and towns of an edition's streets."""
    rows = fetch_rows(read_statement("areas_of_edition"), {"edition_id": edition_id})
    return frozenset(filter(None, (search_name(name) for (name,) in rows)))


def _ranked(asked: Typed, rows: Iterable[tuple[Any, ...]]) -> list[Candidate]:
    matches: dict[str, Match] = {}
    found = []
    for *columns, longitude, latitude, likeness in rows:
        bearer = Bearer(*columns)
        name = bearer.search_name
        match = matches.get(name) or matches.setdefault(name, asked.match(name.split()))
        accounted = asked.account(match, bearer.around)
        score = score_of(match, accounted)
        if match.of_name < _LEAST_OF_NAME or score < _LEAST_SCORE:
            # Words too short to be told apart may still look like the name as a whole; what the
            # words themselves say comes before.
            if likeness < _LEAST_LIKENESS:
                continue
            score = max(score, float(likeness) * _LEAST_SCORE)
        is_exact = match.is_whole and score > 0.999
        found.append(Candidate(bearer, longitude, latitude, score, is_exact, accounted))
    return sorted(found, key=_rank)


def _merged(one: list[Candidate], other: list[Candidate]) -> list[Candidate]:
    seen = {found.bearer.search_name for found in one}
    more = [found for found in other if found.bearer.search_name not in seen]
    return sorted([*one, *more], key=_rank)


def _rank(found: Candidate) -> tuple[float, int, str]:
    return -round(found.score, 3), -found.bearer.weight, found.bearer.locality
