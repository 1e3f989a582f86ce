"""Values as they stand in the answer."""

import pytest

from layers.api.pages.values import as_text, property_values
from layers.query.registry import PublishedField

PUPILS = PublishedField("pupils", "Pupils", "", "integer", "pupils", True)


def test_values_come_in_the_order_of_the_fields_and_then_what_has_no_field():
    values = property_values({"distance_m": 3.5, "pupils": 12}, (PUPILS,))

    assert [(v.title, v.text, v.unit) for v in values] == [
        ("Pupils", "12", "pupils"),
        ("distance_m", "3.5", ""),
    ]


def test_a_field_that_was_not_asked_for_is_not_there():
    assert property_values({}, (PUPILS,)) == ()


def test_an_absent_value_has_neither_text_nor_unit():
    [value] = property_values({"pupils": None}, (PUPILS,))

    assert (value.text, value.unit) == ("", "")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, "true"), (0, "0"), ("<b>", "<b>"), (["a", 1], '["a",1]'), (None, ""), (1.50, "1.5")],
)
def test_a_value_is_written_as_json_has_it(value, expected):
    assert as_text(value) == expected
