"""Reads that may take long: some at a time, some who wait, and a refusal for the rest."""

import threading
from contextlib import ExitStack

import pytest

from layers.errors import SearchesBusy
from layers.query.turns import Turns


def turns(most: int, most_waiting: int, most_wait_s: float = 0.01) -> Turns:
    return Turns(lambda: most, lambda: most_waiting, most_wait_s)


def test_as_many_as_may_be_run_and_the_next_is_refused():
    some = turns(most=2, most_waiting=0)
    with ExitStack() as stack:
        stack.enter_context(some.taken())
        stack.enter_context(some.taken())

        with pytest.raises(SearchesBusy, match="Try again"), some.taken():
            pass


def test_a_turn_is_given_back_whatever_ends_it():
    some = turns(most=1, most_waiting=0)
    with pytest.raises(ZeroDivisionError), some.taken():
        raise ZeroDivisionError

    with some.taken():
        pass


def test_who_waits_gets_the_turn_that_comes_free():
    some = turns(most=1, most_waiting=1, most_wait_s=30)
    had_its_turn = threading.Event()

    def wait_for_one() -> None:
        with some.taken():
            had_its_turn.set()

    waiting = threading.Thread(target=wait_for_one, daemon=True)
    with some.taken():
        waiting.start()
        assert not had_its_turn.wait(0.05)
    waiting.join(30)

    assert had_its_turn.is_set()


def test_who_waited_in_vain_is_refused_and_leaves_its_place():
    some = turns(most=1, most_waiting=1)
    with some.taken():
        for _ in range(3):
            with pytest.raises(SearchesBusy), some.taken():
                pass

    with some.taken():
        pass
