"""Keys are remembered in little memory and told apart exactly."""

import random

import numpy as np
import pytest

from importers.validate import seen_keys
from importers.validate.seen_keys import SeenKeys


def expected(batches: list[list[str]]) -> list[dict[int, int]]:
    first: dict[str, int] = {}
    answers, row = [], 2
    for batch in batches:
        answer = {}
        for place, key in enumerate(batch):
            if first.setdefault(key, row + place) != row + place:
                answer[place] = first[key]
        answers.append(answer)
        row += len(batch)
    return answers


def added(batches: list[list[str]]) -> list[dict[int, int]]:
    seen, row, answers = SeenKeys(), 2, []
    for batch in batches:
        answers.append(seen.add(batch, np.arange(row, row + len(batch))))
        row += len(batch)
    return answers


def made_batches(seed: int) -> list[list[str]]:
    chance = random.Random(seed)
    different = chance.choice([5, 100, 10_000])
    return [
        [f"key {chance.randrange(different)}" for _ in range(chance.randrange(60))]
        for _ in range(30)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_each_repeated_key_gives_the_row_that_had_it_first(seed: int) -> None:
    batches = made_batches(seed)

    assert added(batches) == expected(batches)


@pytest.mark.parametrize("seed", range(4))
def test_keys_whose_hashes_are_equal_are_told_apart(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen_keys, "hash", lambda key: len(key), raising=False)
    batches = made_batches(seed)

    assert added(batches) == expected(batches)
