"""CQL2 1.0.0, class "basic-cql2": a test for each abstract test, in both languages."""

import itertools
import random

import pytest

from tests.conformance.filtered import both_true, check_logical, either, negated
from tests.conformance.predicates import BASIC, COMPARED

pytestmark = pytest.mark.django_db(databases=["default", "read"])

SLUGS = ("places", "papers")


def test_conf_basic_cql2_basic_test(filter_site):
    """/conf/basic-cql2/basic-test: each layer has queryables of known type, one of them scalar."""
    for slug in ("places", "fields", "becks", "papers"):
        properties = filter_site.read(f"collections/{slug}/queryables").json["properties"]

        assert properties
        assert all(
            "type" in one or one["format"].startswith("geometry") for one in properties.values()
        )
        assert any(one.get("type") in ("string", "integer") for one in properties.values())


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize(("text", "name"), [(text, name) for text, name, *_ in COMPARED])
def test_conf_basic_cql2_comparison(filter_site, found, slug, text, name):
    """/conf/basic-cql2/comparison: operators that exclude each other have nothing in common."""
    for one, other in (("=", "<>"), (">", "<="), ("<", ">=")):
        assert not found(slug, f"{name} {one} {text}") & found(slug, f"{name} {other} {text}")


@pytest.mark.parametrize("slug", SLUGS)
def test_conf_basic_cql2_is_null(filter_site, found, slug):
    """/conf/basic-cql2/is-null: no feature both has a value and has none; each does either."""
    names = filter_site.read(f"collections/{slug}/queryables").json["properties"]
    for name in names:
        without, with_ = found(slug, f"{name} IS NULL"), found(slug, f"{name} is not null")

        assert not without & with_
        assert without | with_ == {feature.key for feature in filter_site.features(slug)}


def test_conf_basic_cql2_boolean(filter_site, found):
    """/conf/basic-cql2/boolean: true is everything and false is nothing."""
    assert found("places", "true") == {feature.key for feature in filter_site.features("places")}
    assert found("places", "false") == set()


def test_conf_basic_cql2_test_data(filter_site, found):
    """/conf/basic-cql2/test-data: each predicate finds what Python finds."""
    for text, predicate in BASIC.items():
        assert found("places", text) == filter_site.expected("places", predicate), text


def test_conf_basic_cql2_logical(filter_site, found):
    """/conf/basic-cql2/logical: AND, OR and NOT keep to the table of truth, NULL included."""
    check_logical(found, filter_site, "places", BASIC)
    choose = random.Random(20260403)
    for texts in itertools.islice(iter(lambda: choose.sample(list(BASIC), 4), None), 30):
        p1, p2, p3, p4 = (BASIC[text] for text in texts)

        def combined(*feature, p1=p1, p2=p2, p3=p3, p4=p4):
            a, b, c, d = (predicate(*feature) for predicate in (p1, p2, p3, p4))
            return either(either(both_true(negated(b), a), both_true(c, d)), negated(either(a, d)))

        a, b, c, d = texts
        expression = f"(NOT ({b}) AND {a}) OR ({c} and {d}) or not ({a} OR {d})"
        assert found("places", expression) == filter_site.expected("places", combined), expression
