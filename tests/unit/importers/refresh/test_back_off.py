"""Waiting before a source is asked again."""

from importers.refresh.back_off import MOST_TRIES, wait_before_next_try


def test_each_wait_is_about_twice_the_one_before() -> None:
    waits = [wait_before_next_try(tries) or 0 for tries in range(1, MOST_TRIES)]

    for tries, wait_s in enumerate(waits):
        assert 240 * 2**tries <= wait_s <= 360 * 2**tries


def test_it_gives_up_after_the_most_tries() -> None:
    assert wait_before_next_try(MOST_TRIES - 1) is not None
    assert wait_before_next_try(MOST_TRIES) is None


def test_a_server_is_not_asked_sooner_than_it_wants() -> None:
    assert (wait_before_next_try(1, 7200) or 0) == 7200
    assert (wait_before_next_try(1, 1) or 0) >= 240


def test_a_server_that_wants_to_be_left_alone_for_a_day_is() -> None:
    assert wait_before_next_try(1, 86_400) is None


def test_layers_that_fail_together_do_not_come_back_together() -> None:
    assert len({wait_before_next_try(5) for _ in range(20)}) > 10
