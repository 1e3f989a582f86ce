"""CQL2 1.0.0, class "temporal-functions": a test for each abstract test, in both languages."""

import pytest

from tests.conformance.filtered import check_logical
from tests.conformance.predicates import BASIC
from tests.conformance.temporal_predicates import INSTANTS, INTERVALS, RELATIONS

pytestmark = pytest.mark.django_db(databases=["default", "read"])


def test_conf_temporal_functions_temporal_functions_1(filter_site, found):
    """/conf/temporal-functions/temporal-functions-1: instants against instants and intervals."""
    for text, predicate in INSTANTS.items():
        assert found("places", text) == filter_site.expected("places", predicate), text


def test_conf_temporal_functions_temporal_functions_2(filter_site, found):
    """/conf/temporal-functions/temporal-functions-2: every function with intervals."""
    for text, predicate in INTERVALS.items():
        assert found("places", text) == filter_site.expected("places", predicate), text


@pytest.mark.parametrize("name", RELATIONS)
def test_conf_temporal_functions_test_data(filter_site, name):
    """/conf/temporal-functions/test-data: the data tells every function from nothing and all."""
    table = [
        predicate for text, predicate in (INSTANTS | INTERVALS).items() if text.startswith(name)
    ]
    sizes = {len(filter_site.expected("places", predicate)) for predicate in table}

    assert sizes - {0}
    assert min(sizes) < len(filter_site.features("places"))


def test_conf_temporal_functions_logical(filter_site, found):
    """/conf/temporal-functions/logical"""
    check_logical(found, filter_site, "places", BASIC | INSTANTS | INTERVALS)
