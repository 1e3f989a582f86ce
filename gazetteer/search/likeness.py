"""How like what was typed a name is: word by word, in any order, misspelt or cut short."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gazetteer.street_names import COMMON_WORDS

_WEIGHT_OF_TYPE = 0.4
_SHORTEST_MISSPELT = 3
_SHORTEST_MISSPELT_TWICE = 6
_BEGUN = 0.95
_BEGUN_BEFORE_THE_END = 0.8
_SHORTEST_BEGUN_BEFORE_THE_END = 3
_SHORTEST_BEGUN_MISSPELT = 4
_IN_ONE_WORD = 0.9


@dataclass(frozen=True, slots=True)
class Match:
    """How a name was matched. ``typed`` is for each typed word how like the name's word it is."""

    typed: tuple[float, ...]
    of_name: float

    @property
    def is_whole(self) -> bool:
        return self.of_name == 1


class Typed:
    """Words that were typed, to be compared with many names.

    Parameters
    ----------
    words
        As `search_words` makes them.
    is_open
        The last word may be the beginning of one.
    last
        The last word as it was typed, where it is the beginning of another than its own in full.
    """

    def __init__(self, words: Sequence[str], *, is_open: bool, last: str = "") -> None:
        self.words = words
        self._open = len(words) - 1 if is_open else None
        self._last = last
        self._weights = [_weight(word) for word in words]
        self._known: dict[tuple[int, str], float] = {}

    def match(self, name: Sequence[str]) -> Match:
        """Return how a name is matched, each of its words by one typed word at most."""
        pairs = sorted(
            (
                (like, -abs(place - other), place, other)
                for place in range(len(self.words))
                for other, word in enumerate(name)
                if (like := self._like(place, word))
            ),
            reverse=True,
        )
        typed, matched = [0.0] * len(self.words), [0.0] * len(name)
        for like, _, place, other in pairs:
            if not typed[place] and not matched[other]:
                typed[place] = matched[other] = like
        weights = [_weight(word) for word in name]
        return self._or_in_one_word(
            Match(tuple(typed), _mean(matched, weights)), name, sum(weights)
        )

    def score(self, match: Match, around: Iterable[str]) -> float:
        """Return from 0 to 1 how like a bearer of the name is, with what stands around it."""
        return score_of(match, self.account(match, around))

    def account(self, match: Match, around: Iterable[str]) -> float:
        """Return from 0 to 1 how much of what was typed the name and what is around it explain."""
        words = None
        typed = list(match.typed)
        for place, like in enumerate(typed):
            if like < 1:
                words = words or list(around)
                elsewhere = max((self._like(place, word) for word in words), default=0.0)
                typed[place] = max(like, elsewhere)
        return _mean(typed, self._weights)

    def _or_in_one_word(self, match: Match, name: Sequence[str], weight: float) -> Match:
        """Return the match, or a better one of "Broad Way" with "Broadway"."""
        whole = "".join(name)
        best = match
        for start in range(len(self.words)):
            for end in range(start + 1, min(start + 4, len(self.words)) + 1):
                joined = "".join(self.words[start:end])
                if len(name) != end - start and len(name) < 4 and joined == whole:
                    typed = [
                        _IN_ONE_WORD if start <= place < end else like
                        for place, like in enumerate(match.typed)
                    ]
                    best = Match(tuple(typed), _IN_ONE_WORD)
        return best if best.of_name > match.of_name else match

    def _like(self, place: int, word: str) -> float:
        known = self._known.get((place, word))
        if known is None:
            known = self._known[place, word] = self._compare(place, word)
        return known

    def _compare(self, place: int, word: str) -> float:
        typed = self.words[place]
        if typed == word:
            return 1.0
        if place == self._open and self._last and word.startswith(self._last):
            return _BEGUN
        if word.startswith(typed):
            if place == self._open:
                return _BEGUN
            if len(typed) >= _SHORTEST_BEGUN_BEFORE_THE_END:
                return max(_BEGUN_BEFORE_THE_END, 1 - (len(word) - len(typed)) / len(word))
        longest = max(len(typed), len(word))
        like = _alike(typed, word, longest)
        if place == self._open and len(word) > len(typed) >= _SHORTEST_BEGUN_MISSPELT:
            begun = max(
                _alike(typed, word[:length], len(typed))
                for length in (len(typed) - 1, len(typed), len(typed) + 1)
            )
            like = max(like, begun * _BEGUN)
        return like


def score_of(match: Match, accounted: float) -> float:
    """Return how like a name is, of which so much of what was typed is accounted for."""
    return 0.65 * accounted + 0.35 * match.of_name


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters were left out, added, changed or swapped; ``most + 1`` if more.

    Swapping two neighbours counts as one change.
    """
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        previous, before = before, row
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _alike(typed: str, word: str, longest: int) -> float:
    """Return how alike two words are, 0 where they are too far apart to be meant for each other."""
    if min(len(typed), len(word)) < _SHORTEST_MISSPELT or typed.isdigit() or word.isdigit():
        return 0.0
    if not _begin_alike(typed, word):
        return 0.0
    most = 1 if longest < _SHORTEST_MISSPELT_TWICE else 2
    changes = distance(typed, word, most)
    return 1 - changes / longest if changes <= most else 0.0


def _begin_alike(typed: str, word: str) -> bool:
    """Return whether two words begin so that one change may be what is between their beginnings.

    Nearly all pairs of words do not, which costs a hundredth of counting their changes.
    """
    return (
        typed[0] == word[0]
        or typed[1:3] == word[1:3]  # another letter
        or typed[1:3] == word[:2]  # one too many
        or typed[:2] == word[1:3]  # one left out
        or typed[1::-1] == word[:2]  # two swapped
    )


def _weight(word: str) -> float:
    return _WEIGHT_OF_TYPE if word in COMMON_WORDS else 1.0


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    total = sum(weights)
    return sum(v * w for v, w in zip(values, weights, strict=True)) / total if total else 0.0
