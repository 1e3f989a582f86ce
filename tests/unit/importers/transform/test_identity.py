"""The URL segment that is made from a source's key."""

import itertools
import random
import re

import pyarrow as pa
import pytest

from importers.transform.identity import feature_ids

# RFC 3986, section 2.3: what may stand in a path segment and means itself.
UNRESERVED = re.compile(r"[A-Za-z0-9._~-]+")
# Alike to the eye, to a case-blind file system, or once odd characters are replaced.
ODD_CHARACTERS = "aA1 /-._~é\u0301%?#&\\\n\u200b:✓"


def feature_id(key: str) -> str:
    return segments_of([key])[0]


def segments_of(keys: list[str]) -> list[str]:
    return feature_ids(pa.array(keys, pa.string())).to_pylist()


@pytest.mark.parametrize("key", ["330-2020", "E05011118", "B11BB", "a_b~c", "0"])
def test_a_plain_key_stays_as_it_is(key: str) -> None:
    assert feature_id(key) == key


@pytest.mark.parametrize(
    ("key", "segment"),
    [
        ("2026/01234/PA", "2026-01234-PA.c12a5534"),
        ("Café", "Caf.73473dcc"),
        ("a.b", "a.b.2e7336dc"),
        ("/", ".8a5edab2"),
        ("a" * 101, "a" * 80 + ".9d079339"),
    ],
)
def test_the_same_odd_key_gives_the_same_segment_for_ever(key: str, segment: str) -> None:
    assert feature_id(key) == segment


@pytest.mark.parametrize(
    "key",
    ["2026/01234/PA", "..", ".", "/", "Café", "ß" * 300, "a" * 300, "a\nb", " ", "\u202e", "✓"],
)
def test_every_segment_is_safe_in_an_address_and_not_long(key: str) -> None:
    segment = feature_id(key)

    assert UNRESERVED.fullmatch(segment), segment
    assert segment not in (".", "..")
    assert len(segment) <= 100


def test_no_two_keys_of_odd_characters_meet() -> None:
    keys = {
        "".join(letters)
        for length in (1, 2, 3)
        for letters in itertools.product(ODD_CHARACTERS, repeat=length)
    }

    segments = set(segments_of(list(keys)))

    assert len(segments) == len(keys)


def test_no_two_random_keys_meet() -> None:
    chance = random.Random(4)
    keys = {
        "".join(chance.choices(ODD_CHARACTERS, k=chance.randint(1, 120))) for _ in range(20_000)
    }

    segments = set(segments_of(list(keys)))

    assert len(segments) == len(keys)


def test_a_key_cannot_be_made_to_meet_another_one() -> None:
    odd = "2026/01234/PA"

    assert feature_id(feature_id(odd)) != feature_id(odd)


def test_keys_get_the_same_segments_whatever_is_among_them() -> None:
    keys = ["100070000000", "A1", "a" * 100, "a" * 101, "é", "٣", "", "2026/01234/PA", "a.b", "_x"]

    assert segments_of(keys) == [feature_id(key) for key in keys]


def test_no_keys_get_no_segments() -> None:
    assert segments_of([]) == []
