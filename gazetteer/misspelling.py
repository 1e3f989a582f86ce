"""Texts that a word and its misspellings have in common.

Two words that are one change apart (a letter left out, added, replaced, or swapped with its
neighbour) become the same when a letter is left out of each; two changes apart, two letters. So
whoever keeps the shortened forms of all words finds a misspelt one by equality alone.
"""

_SHORTEST = 3
_LONG = 8
# Of long words what stands in front tells them apart; the rest would cost as much again.
_FRONT = 7


def shortened(word: str) -> set[str]:
    """Return the word's front whole, with a letter left out, and of a long word with two."""
    front = word[:_FRONT]
    if len(word) < _SHORTEST or word.isdigit():
        return {front}
    once = _with_one_less(front)
    if len(word) < _LONG:
        return {front, *once}
    return {front, *once}.union(*map(_with_one_less, once))


def _with_one_less(text: str) -> set[str]:
    return {text[:place] + text[place + 1 :] for place in range(len(text))}
