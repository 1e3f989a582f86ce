"""Counts are told in steps, and believed when others have told more."""

import pytest

from access.counting import Counter, step_of

LIMIT = 100
STEP = step_of(LIMIT)


class Told:
    """What PostgreSQL would hold, and each time it was written to."""

    def __init__(self) -> None:
        self.hits: dict[str, int] = {}
        self.writes = 0

    def add(self, caller: str, minute: int, hits: int) -> int:
        self.writes += 1
        self.hits[caller] = self.hits.get(caller, 0) + hits
        return self.hits[caller]


@pytest.fixture
def told() -> Told:
    return Told()


def counter_of(told: Told, monkeypatch: pytest.MonkeyPatch) -> Counter:
    counter = Counter()
    monkeypatch.setattr(counter, "_tell", told.add)
    return counter


def admitted(counter: Counter, caller: str = "a", minute: int = 1) -> bool:
    return counter.add(caller, minute, LIMIT) <= LIMIT


def test_a_caller_who_asks_little_costs_no_write(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = counter_of(told, monkeypatch)

    counts = [counter.add("a", 1, LIMIT) for _ in range(STEP - 1)]

    assert counts == list(range(1, STEP))
    assert told.writes == 0


def test_one_process_admits_the_limit_and_no_more(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = counter_of(told, monkeypatch)

    assert sum(admitted(counter) for _ in range(3 * LIMIT)) == LIMIT
    assert told.writes == LIMIT // STEP


@pytest.mark.parametrize("count", [2, 3, 8])
def test_processes_together_admit_a_step_each_too_much_at_most(
    count: int, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    counters = [counter_of(told, monkeypatch) for _ in range(count)]

    through = sum(admitted(counters[turn % count]) for turn in range(4 * LIMIT))

    assert LIMIT <= through <= LIMIT + count * STEP


def test_callers_and_minutes_are_counted_apart(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = counter_of(told, monkeypatch)
    for _ in range(2 * LIMIT):
        counter.add("a", 1, LIMIT)

    assert not admitted(counter, "a", minute=1)
    assert admitted(counter, "b", minute=1)
    assert admitted(counter, "a", minute=2)


def test_what_is_taken_back_was_not_asked(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = counter_of(told, monkeypatch)

    for _ in range(3 * LIMIT):
        assert admitted(counter)
        counter.take_back("a")


def test_a_flood_of_callers_takes_no_more_memory_than_a_city(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("access.counting._MOST_CALLERS", 100)
    counter = counter_of(told, monkeypatch)

    for number in range(1000):
        counter.add(f"caller {number}", 1, LIMIT)

    assert len(counter._counts) <= 102


@pytest.mark.parametrize(("limit", "step"), [(1, 1), (19, 1), (20, 1), (600, 30), (6000, 300)])
def test_a_step_is_a_twentieth(limit: int, step: int) -> None:
    assert step_of(limit) == step
