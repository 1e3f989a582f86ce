"""How alike two words are: misspelt for one another, or one of them written short."""

from rapidfuzz.distance import OSA

from gazetteer.street_names import COMMON_WORDS, SHORT_FORMS

_SHORTEST_MISSPELT = 3
_SHORTEST_MISSPELT_TWICE = 6
_LONGEST_SHORT_FORM = 6
_IN_SHORT = 0.75


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters were left out, added, changed or swapped; ``most + 1`` if more.

    Swapping two neighbours counts as one change, and neither is changed again: the optimal string
    alignment distance.
    """
    return OSA.distance(one, other, score_cutoff=most)


def alike(typed: str, word: str, longest: int = 0) -> float:
    """Return how alike two words are that `may_be_misspelt`, 0 where they are too far apart.

    ``longest`` is what their changes are a share of, the longer one's length if 0.
    """
    longest = longest or max(len(typed), len(word))
    most = 1 if longest < _SHORTEST_MISSPELT_TWICE else 2
    changes = distance(typed, word, most)
    return 1 - changes / longest if changes <= most else 0.0


def may_be_misspelt(typed: str, word: str) -> bool:
    """Return whether one word may be another misspelt: both are long enough, and begin alike."""
    return (
        begin_alike(typed, word)
        and min(len(typed), len(word) - 1) >= _SHORTEST_MISSPELT - 1
        and not typed.isdigit()
        and not word.isdigit()
    )


def alike_short(typed: str, word: str, *, in_full: str) -> float:
    """Return how like a short form of what streets are ("dr", "gdns") a word is, 0 if of none.

    One that is no form we know is taken for one if it has the word's letters in their order
    from the first ("gds"), or is one change from a form that we know ("stt", "ces").
    ``in_full`` is the typed word as it was read, which then is misspelt for nothing else.
    """
    if word not in COMMON_WORDS or typed in COMMON_WORDS or in_full == "saint":
        return 0.0
    if len(typed) > _LONGEST_SHORT_FORM:
        return 0.0
    if typed[:1] == word[:1] and _has_in_order(word, typed):
        return _IN_SHORT
    if typed != in_full:
        return 0.0
    return max((_one_change(typed, form) for form in (*SHORT_FORMS.get(word, ()), word)), default=0)


def _has_in_order(word: str, letters: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _one_change(typed: str, form: str) -> float:
    longest = max(len(typed), len(form))
    return 1 - 1 / longest if distance(typed, form, 1) <= 1 else 0.0


def begin_alike(typed: str, word: str) -> bool:
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
