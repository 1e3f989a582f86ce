"""CQL2 1.0.0, classes "property-property" and "arithmetic"."""

import pytest

from tests.conformance.filtered import check_logical
from tests.conformance.predicates import ARITHMETIC, BASIC, COMPARED, PROPERTY_PROPERTY

pytestmark = pytest.mark.django_db(databases=["default", "read"])


@pytest.mark.parametrize(("text", "name"), [(text, name) for text, name, *_ in COMPARED])
def test_conf_property_property_comparison_value_property(found, text, name):
    """/conf/property-property/comparison-value-property"""
    for one, other in (("=", "<>"), (">", "<="), ("<", ">=")):
        assert not found("places", f"{text} {one} {name}") & found(
            "places", f"{text} {other} {name}"
        )


@pytest.mark.parametrize("name", sorted({name for _, name, *_ in COMPARED}))
def test_conf_property_property_comparison_property_property(found, name):
    """/conf/property-property/comparison-property-property"""
    for sign in ("<>", "<", ">"):
        assert found("places", f"{name} {sign} {name}") == set()
    equal = found("places", f"{name} = {name}")
    assert equal == found("places", f"{name} IS NOT NULL")
    assert equal == found("places", f"{name} >= {name}") == found("places", f"{name} <= {name}")


@pytest.mark.parametrize("text", [text for text, *_ in COMPARED])
def test_conf_property_property_comparison_value_value(filter_site, found, text):
    """/conf/property-property/comparison-value-value"""
    every = {feature.key for feature in filter_site.features("places")}
    for sign in ("<>", "<", ">"):
        assert found("places", f"{text} {sign} {text}") == set()
    for sign in ("=", ">=", "<="):
        assert found("places", f"{text} {sign} {text}") == every


def test_conf_property_property_test_data(filter_site, found):
    """/conf/property-property/test-data"""
    for text, predicate in PROPERTY_PROPERTY.items():
        assert found("places", text) == filter_site.expected("places", predicate), text


def test_conf_property_property_logical(filter_site, found):
    """/conf/property-property/logical"""
    check_logical(found, filter_site, "places", BASIC | PROPERTY_PROPERTY)


def test_conf_arithmetic_arithmetic(filter_site, found):
    """/conf/arithmetic/arithmetic: what is calculated of each number property is compared."""
    for name in ("pop", "pop_min", "pop_max", "height"):
        for sign in ("+", "-", "*", "/", "%", "div", "^"):
            assert found("papers", f"{name} {sign} 2 IS NULL") == filter_site.expected(
                "papers", lambda properties, _, name=name: properties[name] is None
            )


def test_conf_arithmetic_test_data(filter_site, found):
    """/conf/arithmetic/test-data"""
    for text, predicate in ARITHMETIC.items():
        assert found("places", text) == filter_site.expected("places", predicate), text


def test_conf_arithmetic_logical(filter_site, found):
    """/conf/arithmetic/logical"""
    check_logical(found, filter_site, "places", BASIC | ARITHMETIC)
