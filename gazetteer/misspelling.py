"""Texts that a word and its misspellings have in common.

Two words that are one change apart (a letter left out, added, replaced, or swapped with its
neighbour) become the same when a letter is left out of each; two changes apart, two letters. So
whoever keeps the shortened forms of all words finds a misspelt one by equality alone.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

_SHORTEST = 3
_LONG = 6
# Of long words what stands in front tells them apart; the rest would cost as much again.
FRONT = 7


def shortened(word: str) -> set[str]:
    """Return the word's front whole, with a letter left out, and of a long word with two."""
    front = word[:FRONT]
    if len(word) < _SHORTEST or word.isdigit():
        return {front}
    once = _with_one_less(front)
    if len(word) < _LONG:
        return {front, *once}
    return {front, *once}.union(*map(_with_one_less, once))


def shortened_each(words: Sequence[str]) -> tuple[NDArray[np.bytes_], NDArray[np.intp]]:
    """Return what `shortened` makes of many words, in the order of its bytes, and whose each is.

    Parameters
    ----------
    words
        In ASCII, as `search_words` makes them.

    Returns
    -------
    texts, places
        Each text once for each of its words, and the place of that word in ``words``.
    """
    fronts = np.array([word[:FRONT].encode() for word in words], dtype=f"S{FRONT}")
    letters = fronts.view(np.uint8).reshape(len(words), FRONT)
    lengths = np.array([len(word) for word in words])
    is_number = np.array([word.isdigit() for word in words], dtype=bool)
    every = np.arange(len(words))
    once = np.flatnonzero((lengths >= _SHORTEST) & ~is_number)
    twice = np.flatnonzero((lengths >= _LONG) & ~is_number)
    parts = [(_without(letters, ()), every)]
    parts += [(_without(letters[once], (gone,)), once) for gone in range(FRONT)]
    parts += [(_without(letters[twice], gone), twice) for gone in combinations(range(FRONT), 2)]
    return _each_once(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _without(letters: NDArray[np.uint8], gone: tuple[int, ...]) -> NDArray[np.uint64]:
    """Return texts of which some letters are left out, each as one number of the same order."""
    packed = np.zeros((len(letters), 8), dtype=np.uint8)
    packed[:, : FRONT - len(gone)] = np.delete(letters, gone, axis=1)
    return packed.view(">u8")[:, 0].astype(np.uint64)


def _each_once(
    texts: NDArray[np.uint64], places: NDArray[np.intp]
) -> tuple[NDArray[np.bytes_], NDArray[np.intp]]:
    order = np.lexsort((places, texts))
    texts, places = texts[order], places[order]
    is_new = np.ones(len(texts), dtype=bool)
    is_new[1:] = (texts[1:] != texts[:-1]) | (places[1:] != places[:-1])
    return texts[is_new].astype(">u8").view("S8"), places[is_new]


def _with_one_less(text: str) -> set[str]:
    return {text[:place] + text[place + 1 :] for place in range(len(text))}
