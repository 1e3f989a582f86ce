"""CQL2 1.0.0: advanced comparisons, and comparisons that leave case or accents out."""

import pytest

from tests.conformance.filtered import check_logical
from tests.conformance.predicates import ACCENT_INSENSITIVE, ADVANCED, BASIC, CASE_INSENSITIVE

pytestmark = pytest.mark.django_db(databases=["default", "read"])

TEXTS = ("name", "status", "link")


@pytest.mark.parametrize("name", TEXTS)
def test_conf_advanced_comparison_operators_like(found, name):
    """/conf/advanced-comparison-operators/like"""
    assert not found("places", f"{name} like '_%'") & found("places", f"{name} like ''")
    assert found("places", f"{name} LIKE '%'") == found("places", f"{name} like '%%'")
    assert found("places", rf"{name} like '\%\_'") == set()


@pytest.mark.parametrize("name", ["pop", "height"])
def test_conf_advanced_comparison_operators_between(found, name):
    """/conf/advanced-comparison-operators/between"""
    assert found("places", f"{name} BETWEEN 0 AND 100")
    assert found("places", f"{name} between 100.0 and 1.0") == set()


@pytest.mark.parametrize(
    "expression",
    [
        "pop IN (1, 2, 3)",
        "height IN (1, 2, 3)",
        "name in ('foo', 'bar')",
        "open in (true)",
        "start in ('2022-04-14T14:52:56Z', '2022-04-14T15:52:56Z')",
        "day in ('2022-04-14', '2022-04-15')",
    ],
)
def test_conf_advanced_comparison_operators_in(found, expression):
    """/conf/advanced-comparison-operators/in"""
    assert not found("places", expression) & found("places", f"NOT {expression}")


def test_conf_advanced_comparison_operators_test_data(filter_site, found):
    """/conf/advanced-comparison-operators/test-data"""
    for text, predicate in ADVANCED.items():
        assert found("places", text) == filter_site.expected("places", predicate), text


def test_conf_advanced_comparison_operators_logical(filter_site, found):
    """/conf/advanced-comparison-operators/logical"""
    check_logical(found, filter_site, "places", BASIC | ADVANCED)


@pytest.mark.parametrize("name", TEXTS)
def test_conf_case_insensitive_comparison_casei(found, name):
    """/conf/case-insensitive-comparison/casei"""
    equal = found("places", f"CASEI({name}) = casei('OPEN')")

    assert bool(equal) == (name == "status")
    assert not equal & found("places", f"CASEI({name}) <> casei('Open')")


@pytest.mark.parametrize("name", TEXTS)
def test_conf_case_insensitive_comparison_casei_like(found, name):
    """/conf/case-insensitive-comparison/casei-like"""
    lower = found("places", f"CASEI({name}) LIKE casei('b%')")

    assert lower == found("places", f"CASEI({name}) LIKE casei('B%')")
    assert bool(lower) == (name == "name")


def test_conf_case_insensitive_comparison_test_data(filter_site, found):
    """/conf/case-insensitive-comparison/test-data"""
    for text, predicate in CASE_INSENSITIVE.items():
        assert found("places", text) == filter_site.expected("places", predicate), text


def test_conf_case_insensitive_comparison_logical(filter_site, found):
    """/conf/case-insensitive-comparison/logical"""
    check_logical(found, filter_site, "places", BASIC | CASE_INSENSITIVE)


@pytest.mark.parametrize("name", TEXTS)
def test_conf_accent_insensitive_comparison_accenti(found, name):
    """/conf/accent-insensitive-comparison/accenti"""
    equal = found("places", f"ACCENTI({name}) = accenti('äöüéáí')")

    assert not equal & found("places", f"ACCENTI({name}) <> accenti('aoueai')")


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    ("test", "one", "other"),
    [
        ("accenti-like", "ACCENTI({}) LIKE accenti('É%')", "ACCENTI({}) LIKE accenti('E%')"),
        (
            "accenti-casei",
            "ACCENTI(CASEI({})) = accenti(casei('ÉLM'))",
            "ACCENTI(CASEI({})) = accenti(casei('elm'))",
        ),
        (
            "accenti-casei-like",
            "ACCENTI(CASEI({})) LIKE accenti(casei('É%'))",
            "ACCENTI(CASEI({})) LIKE accenti(casei('e%'))",
        ),
    ],
)
def test_conf_accent_insensitive_comparison(found, name, test, one, other):
    """/conf/accent-insensitive-comparison/accenti-like, accenti-casei and accenti-casei-like"""
    first = found("places", one.format(name))

    assert first == found("places", other.format(name))
    assert bool(first) == (name == "name")


def test_conf_accent_insensitive_comparison_test_data(filter_site, found):
    """/conf/accent-insensitive-comparison/test-data"""
    for text, predicate in ACCENT_INSENSITIVE.items():
        assert found("places", text) == filter_site.expected("places", predicate), text


def test_conf_accent_insensitive_comparison_logical(filter_site, found):
    """/conf/accent-insensitive-comparison/logical"""
    check_logical(found, filter_site, "places", BASIC | ACCENT_INSENSITIVE)
