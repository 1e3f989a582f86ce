"""Editions are asked about by role, and never all of them for want of one."""

from tests.unit.maps.published import make_published_layer
from waste.query.sources import Sources
from waste.roles import CHANGE, ROUND


def test_without_an_edition_a_statement_is_given_one_that_nobody_has():
    rounds = make_published_layer("rounds", role=ROUND, edition_id=7)
    sources = Sources((rounds,))

    assert sources.asked(ROUND, CHANGE) == [7]
    assert sources.editions(CHANGE) == []
    assert sources.asked(CHANGE) == [0]
