"""Conditions joined."""

import pytest

from layers.query.condition import Condition, all_of


def test_conditions_joined_bind_the_values_of_all():
    both = all_of([Condition("a = %(a)s OR b", {"a": 1}), Condition("c = %(c)s", {"c": 2})])

    assert both == Condition("(a = %(a)s OR b) AND (c = %(c)s)", {"a": 1, "c": 2})


def test_no_conditions_hold_everywhere():
    assert all_of([]) == Condition("true", {})


def test_two_conditions_may_not_bind_one_name():
    with pytest.raises(ValueError, match="a"):
        all_of([Condition("a = %(a)s", {"a": 1}), Condition("b = %(a)s", {"a": 2})])
