"""Texts that a word and its misspellings have in common.

Two words that are one change apart (a letter left out, added, replaced, or swapped with its
neighbour) become the same when a letter is left out of each; two changes apart, two letters. So
whoever keeps the shortened forms of all words finds a misspelt one by equality alone.
"""

from itertools import combinations

_SHORTEST = 3
_LONG = 7
# Of long words what stands in front tells them apart; the rest would cost as much again.
_FRONT = 7


def shortened(word: str) -> set[str]:
    """Return the word's front with one letter left out, of a long word also with two, and whole."""
    front = word[:_FRONT]
    if len(word) < _SHORTEST or word.isdigit():
        return {front}
    most = 2 if len(word) >= _LONG else 1
    return {
        "".join(letter for place, letter in enumerate(front) if place not in left_out)
        for count in range(most + 1)
        for left_out in combinations(range(len(front)), count)
    }
