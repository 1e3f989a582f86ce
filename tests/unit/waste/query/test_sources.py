"""Editions are asked about by role, and never all of them for want of one."""

from datetime import UTC, datetime

from layers.query.roles import RoleEdition

from waste.query.sources import Sources
from waste.roles import CHANGE, ROUND


def test_without_an_edition_a_statement_is_given_one_that_nobody_has():
    published = RoleEdition(ROUND, "rounds", True, 7, datetime(2026, 11, 1, tzinfo=UTC))
    sources = Sources((published,))

    assert sources.asked(ROUND, CHANGE) == [7]
    assert sources.editions(CHANGE) == []
    assert sources.asked(CHANGE) == [0]
