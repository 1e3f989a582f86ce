"""What becomes of a filter: SQL of ours, and everything of the request's among the values."""

import re
from decimal import Decimal

import pytest

from layers.errors import FilterInvalid, ParameterInvalid
from layers.query.filters import compile_filter, equality_conditions, parameter_names
from layers.query.filters.crs import CRS84, FILTER_CRS
from tests.unit.layers.query.filters.layer import TYPES, published_layer


def compiled(text: str, crs: str = CRS84):
    return compile_filter(text, "cql2-text", crs, published_layer())


FILTERS = [
    ("name = 'Elm'", "name = 'Oak'"),
    ("link = 'Elm'", "name = 'Oak'"),
    ("name LIKE 'Elm%'", "name LIKE 'Oakley%'"),
    ("name IN ('a', 'b')", "name IN ('c')"),
    ("pupils IN (1, 2, 3)", "height IN (4)"),
    ("pupils > 5 AND built < DATE('2026-01-01')", "height > 6 AND built < DATE('1926-12-31')"),
    ("seen > TIMESTAMP('2026-01-01T00:00:00Z')", "seen > TIMESTAMP('2025-06-01T12:00:00Z')"),
    ("open = true", "open = false"),
    ("S_WITHIN(geometry, BBOX(-2, 52, -1, 53))", "S_WITHIN(geometry, POINT(1 1))"),
    ("T_DURING(built, INTERVAL('2020-01-01', '2021-01-01'))",
     "T_DURING(built, INTERVAL('1920-01-01', '1921-01-01'))"),
    ("pupils / height > 2", "height / pupils > 3"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), FILTERS)
def test_filters_of_one_shape_have_one_text(one, other):
    assert compiled(one).text == compiled(other).text


@pytest.mark.parametrize("text", [text for pair in FILTERS for text in pair])
def test_the_text_holds_no_name_and_no_literal(text):
    condition = compiled(text)

    ours = re.sub(r"%\(filter_\d+\)s", "", condition.text)
    for theirs in (*TYPES, "Elm", "Oak", "2026", "2020", "52", "53"):
        assert not re.search(rf"\b{theirs}\b", ours), theirs
    assert "%" not in ours
    assert set(re.findall(r"%\((\w+)\)s", condition.text)) <= set(condition.values)


def test_a_property_named_twice_is_bound_once():
    condition = compiled("name = 'a' OR name = 'b' OR name = name")

    assert list(condition.values.values()).count("name") == 1


@pytest.mark.parametrize("uri", FILTER_CRS)
def test_literals_are_compared_with_the_geometry_kept_in_their_datum(uri):
    text = compiled("S_INTERSECTS(geometry, POINT(1 1))", uri).text

    assert ("geom_27700" in text) == uri.endswith("27700")
    assert ("geom_4326" in text) == (not uri.endswith("27700"))
    assert "ST_Transform" not in text


def test_a_layer_without_locations_has_no_geometry_to_filter_by():
    with pytest.raises(FilterInvalid, match="no queryable “geometry”"):
        compile_filter("geometry IS NULL", "cql2-text", CRS84, published_layer("None"))


def test_every_queryable_but_the_geometry_is_a_parameter():
    assert parameter_names(published_layer()) == set(TYPES)


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("pupils", "many", "a whole number, such as 12"),
        ("pupils", "", "a whole number"),
        ("pupils", "11.5", "a whole number"),
        ("pupils", "1_0", "a whole number"),
        ("pupils", "１", "a whole number"),
        ("height", "nan", "a number, such as 12.5"),
        ("height", "1e", "a number, such as 12.5"),
        ("height", "1e5000", "a number, such as 12.5"),
        ("height", " 1", "a number, such as 12.5"),
        ("open", "yes", "true or false"),
        ("open", "True", "true or false"),
        ("built", "soon", "a date, such as 2026-03-31, 2026-03 or 2026"),
        ("built", "2026-02-30", "a date"),
        ("seen", "2026-03-31T25:00:00Z", "a date and time"),
        ("name", "a\0b", "text without a NUL"),
    ],
)
def test_a_parameter_of_the_wrong_type_is_told_the_right_one(name, value, wanted):
    with pytest.raises(ParameterInvalid) as raised:
        equality_conditions({name: value}, published_layer())

    assert raised.value.parameter == name
    assert wanted in str(raised.value)


def test_parameters_and_a_filter_bind_other_names():
    parameters = equality_conditions({"name": "x", "pupils": "5"}, published_layer())

    assert parameters.values.keys().isdisjoint(compiled("name = 'x' AND pupils = 5").values)


def test_a_whole_number_may_be_written_with_a_point():
    compiled = equality_conditions({"pupils": "11.0"}, published_layer())

    assert list(compiled.values.values()).count(Decimal("11.0")) == 1


def test_no_parameters_narrow_nothing():
    assert equality_conditions({}, published_layer()).text == "TRUE"
