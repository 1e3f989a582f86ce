"""While it is not searched for cycles by itself, those that exceptions make still go."""

import gc
import weakref

import pytest

from importers.cycles import few_searches_for_cycles, search_young


class _Row:
    """Something that a cycle keeps alive."""

    itself: "_Row"


def _make_cycle() -> "weakref.ref[_Row]":
    row = _Row()
    row.itself = row
    return weakref.ref(row)


def test_a_young_cycle_goes_when_it_is_searched_for() -> None:
    with few_searches_for_cycles():
        made = _make_cycle()
        assert not gc.isenabled()
        assert made() is not None

        search_young()

        assert made() is None


def test_python_searches_again_afterwards_whatever_happened() -> None:
    with pytest.raises(ValueError, match="broken"), few_searches_for_cycles():
        raise ValueError("broken")

    assert gc.isenabled()


def test_who_had_switched_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with few_searches_for_cycles():
            pass

        assert not gc.isenabled()
    finally:
        gc.enable()
