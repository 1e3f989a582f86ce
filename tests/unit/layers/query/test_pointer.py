"""The way from one edition to another along the moves of a layer's pointer."""

import pytest

from layers.query.pointer import _shortest

# Each move: the edition shown before, and after. None is nothing.
FIRST = [(None, 1), (1, 2), (2, 3)]


@pytest.mark.parametrize(
    ("moves", "since", "target", "steps"),
    [
        (FIRST, 1, 3, [(1, 2), (2, 3)]),
        (FIRST, 2, 3, [(2, 3)]),
        ([*FIRST, (3, 2), (2, 4)], 3, 4, [(3, 2), (2, 4)]),
        ([*FIRST, (3, 2), (2, 4)], 2, 4, [(2, 4)]),
        # 3 was published and taken back: who has 1 need not hear of it.
        ([*FIRST, (3, 2), (2, 4)], 1, 4, [(1, 2), (2, 4)]),
        # Withdrawn, and back by another edition or by the same.
        ([*FIRST, (3, None), (None, 4)], 2, 4, [(2, 3), (3, 4)]),
        ([*FIRST, (3, None), (None, 3), (3, 4)], 3, 4, [(3, 4)]),
        # A reader finishes the edition that it began.
        ([*FIRST, (3, 4)], 1, 3, [(1, 2), (2, 3)]),
        # The record begins with the second edition, which replaced the first.
        (FIRST[1:], 1, 3, [(1, 2), (2, 3)]),
        (FIRST, 3, 3, []),
        # No way leads there.
        ([], 1, 3, []),
        (FIRST, 9, 3, []),
        (FIRST, 1, 9, []),
        (FIRST, 3, 1, []),
    ],
)
def test_it_follows_the_pointer_and_leaves_loops_out(
    moves: list[tuple[int | None, int | None]],
    since: int,
    target: int,
    steps: list[tuple[int, int]],
) -> None:
    assert _shortest(moves, since, target) == steps
