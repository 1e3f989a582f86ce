"""Words that are misspelt for one another share a text."""

import random
import string

import pytest

from gazetteer.misspelling import shortened, shortened_each


def changed(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return chance.choice(
        [
            before + after,
            before + letter + chance.choice(string.ascii_lowercase) + after,
            before + chance.choice(string.ascii_lowercase) + after,
            before + after[:1] + letter + after[1:],
        ]
    )


@pytest.mark.parametrize("length", [4, 5, 6, 7, 8, 12])
def test_words_one_change_apart_share_a_text(length):
    chance = random.Random(length)
    for _ in range(500):
        word = "".join(chance.choices(string.ascii_lowercase, k=length))
        other = changed(word, chance)

        assert shortened(word) & shortened(other), (word, other)


@pytest.mark.parametrize("length", [6, 7, 10, 12])
def test_longer_words_two_changes_apart_share_a_text(length):
    chance = random.Random(length)
    for _ in range(500):
        word = "".join(chance.choices(string.ascii_lowercase, k=length))
        other = changed(changed(word, chance), chance)

        assert shortened(word) & shortened(other), (word, other)


def test_short_words_and_numbers_stand_for_themselves():
    assert shortened("st") == {"st"}
    assert shortened("1234") == {"1234"}


def test_there_are_never_many():
    assert len(shortened("a" * 200)) < 30
    assert len(shortened("abcdefghijklmnop")) < 40


def test_many_words_at_once_share_the_same_texts_as_one_by_one():
    chance = random.Random(7)
    words = ["st", "1234", "a", "12345678", "aaaaaaaaa", "abababab"]
    words += ["".join(chance.choices("abcd1", k=chance.randint(1, 12))) for _ in range(300)]
    words = sorted(set(words))

    texts, places = shortened_each(words)

    pairs = [(text.decode(), words[place]) for text, place in zip(texts, places, strict=True)]
    assert pairs == sorted((text, word) for word in words for text in shortened(word))


def test_no_words_share_nothing():
    texts, places = shortened_each([])

    assert (len(texts), len(places)) == (0, 0)
