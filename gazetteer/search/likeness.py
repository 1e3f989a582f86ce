"""How like what was typed a name is: word by word, in any order, misspelt or cut short."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from gazetteer.search.spelling import alike, alike_short, may_be_misspelt
from gazetteer.street_names import COMMON_WORDS

_WEIGHT_OF_TYPE = 0.4
_BEGUN = 0.95
_BEGUN_BEFORE_THE_END = 0.8
_SHORTEST_BEGUN_BEFORE_THE_END = 3
_SHORTEST_BEGUN_MISSPELT = 4
_IN_ONE_WORD = 0.9
_MOST_IN_ONE = 3
_OUT_OF_ORDER = 0.9


@dataclass(frozen=True, slots=True)
class Match:
    """How a name was matched. ``typed`` is for each typed word how like the name's word it is."""

    typed: tuple[float, ...]
    of_name: float

    @property
    def is_whole(self) -> bool:
        return self.of_name == 1


class _Likes(dict[str, float]):
    """How like one typed word other words are, each compared when it first is asked for."""

    def __init__(self, compare: Callable[[str], float]) -> None:
        self._compare = compare

    def __missing__(self, word: str) -> float:
        like = self[word] = self._compare(word)
        return like


class Typed:
    """Words that were typed, to be compared with many names.

    Parameters
    ----------
    words
        As `search_words` makes them.
    is_open
        The last word may be the beginning of one.
    as_typed
        The same words before they were written in full, which they need not have been meant as.
    """

    def __init__(
        self, words: Sequence[str], *, is_open: bool, as_typed: Sequence[str] = ()
    ) -> None:
        self.words = words
        self._as_typed = as_typed or words
        self._open = len(words) - 1 if is_open else None
        self._weights = [weight_of(word) for word in words]
        # Bearers share the words of their names, and what is around them, with many others.
        self._likes = [_Likes(partial(self._compare, place)) for place in range(len(words))]
        self._around: list[dict[str, float]] = [{} for _ in words]
        self._runs = {
            "".join(words[start:end]): (start, end)
            for start in range(len(words))
            for end in range(start + 1, min(start + _MOST_IN_ONE + 1, len(words)) + 1)
        }

    def match(self, name: Sequence[str]) -> Match:
        """Return how a name is matched, each of its words by one typed word at most."""
        pairs = sorted(
            (
                (like, -abs(place - other), place, other)
                for place, likes in enumerate(self._likes)
                for other, word in enumerate(name)
                if (like := likes[word])
            ),
            reverse=True,
        )
        typed, matched = [0.0] * len(self.words), [0.0] * len(name)
        places = {}
        for like, _, place, other in pairs:
            if not typed[place] and not matched[other]:
                typed[place] = matched[other] = like
                places[other] = place
        of_name = _mean(matched, [weight_of(word) for word in name])
        if any(places[one] > places[other] for one, other in pairwise(sorted(places))):
            of_name *= _OUT_OF_ORDER
        elif self._open is not None and all(matched[: len(self.words)]) and min(typed) >= _BEGUN:
            # The rest of the name may be yet to come.
            of_name = max(of_name, _BEGUN)
        return self._or_in_one_word(Match(tuple(typed), of_name), name)

    def score(self, match: Match, around: str) -> float:
        """Return from 0 to 1 how like a bearer of the name is, with what stands around it."""
        return score_of(match, self.account(match, around))

    def account(self, match: Match, around: str) -> float:
        """Return from 0 to 1 how much of what was typed the name and what is around it explain.

        ``around`` are words with spaces between.
        """
        typed = [
            like if like == 1 else max(like, self._like_around(place, around))
            for place, like in enumerate(match.typed)
        ]
        return _mean(typed, self._weights)

    def _like_around(self, place: int, around: str) -> float:
        known = self._around[place].get(around)
        if known is None:
            known = max(map(self._likes[place].__getitem__, around.split()), default=0.0)
            self._around[place][around] = known
        return known

    def _or_in_one_word(self, match: Match, name: Sequence[str]) -> Match:
        """Return the match, or a better one of "Broad Way" with "Broadway"."""
        if len(name) > _MOST_IN_ONE or match.of_name >= _IN_ONE_WORD:
            return match
        start, end = self._runs.get("".join(name), (0, 0))
        if end - start in (0, len(name)):
            return match
        typed = [
            _IN_ONE_WORD if start <= place < end else like for place, like in enumerate(match.typed)
        ]
        return Match(tuple(typed), _IN_ONE_WORD)

    def _compare(self, place: int, word: str) -> float:
        typed = self.words[place]
        if typed == word:
            return 1.0
        as_typed = self._as_typed[place]
        if place == self._open and word.startswith(as_typed):
            return _BEGUN
        if word.startswith(typed):
            if place == self._open:
                return _BEGUN
            if len(typed) >= _SHORTEST_BEGUN_BEFORE_THE_END:
                return max(_BEGUN_BEFORE_THE_END, 1 - (len(word) - len(typed)) / len(word))
        like = alike_short(as_typed, word, in_full=typed)
        if not may_be_misspelt(typed, word):
            return like
        like = max(like, alike(typed, word))
        if place == self._open and len(word) > len(typed) >= _SHORTEST_BEGUN_MISSPELT:
            begun = max(
                alike(typed, word[:length], len(typed))
                for length in (len(typed) - 1, len(typed), len(typed) + 1)
            )
            like = max(like, begun * _BEGUN)
        return like


def score_of(match: Match, accounted: float) -> float:
    """Return how like a name is, of which so much of what was typed is accounted for."""
    return 0.65 * accounted + 0.35 * match.of_name


def weight_of(word: str) -> float:
    """Return from 0 to 1 how much a word says of which name is meant."""
    return _WEIGHT_OF_TYPE if word in COMMON_WORDS else 1.0


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    total = sum(weights)
    return sum(v * w for v, w in zip(values, weights, strict=True)) / total if total else 0.0
