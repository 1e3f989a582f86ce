"""Which facts of a feature are shown, and how items are numbered."""

from maps.my_area.listing import facts_of, list_feature, next_symbol
from tests.unit.maps.my_area.made import make_asked, make_found
from tests.unit.maps.published import make_published_field, make_published_layer

FIELDS = tuple(
    make_published_field(name, type_)
    for name, type_ in (
        ("urn", "text"),
        ("name", "text"),
        ("address", "text"),
        ("booking", "boolean"),
        ("page", "url"),
        ("height", "number"),
        ("accepts", "text"),
    )
)
VALUES = {"name": "Tip", "address": "Mill Lane", "booking": False, "height": 2, "accepts": "Glass"}


def _said(facts: tuple[str, ...]) -> list[tuple[str, str]]:
    layer = make_published_layer(fields=FIELDS, facts=facts)
    return [(fact.field.name, fact.text) for fact in facts_of(layer, VALUES)]


def test_the_facts_are_those_that_the_catalogue_names_in_its_order() -> None:
    assert _said(("accepts", "booking")) == [("accepts", "Glass"), ("booking", "No")]


def test_without_any_named_they_are_the_first_three_after_the_title() -> None:
    assert _said(()) == [("address", "Mill Lane"), ("booking", "No"), ("height", "2")]


def test_a_named_field_that_is_no_longer_there_is_passed_over() -> None:
    assert _said(("gone", "accepts")) == [("accepts", "Glass")]


def test_hours_are_said_once() -> None:
    layer = make_published_layer(fields=FIELDS, opening_hours={"field": "address"})

    assert [fact.field.name for fact in facts_of(layer, VALUES)] == ["booking", "height", "accepts"]


def test_numbers_go_on_from_list_to_list_and_shapes_are_eight() -> None:
    layer = make_published_layer(fields=FIELDS)
    asked = make_asked(layer)

    items = [
        list_feature(asked, layer, make_found("Tip", 640), next_symbol(asked)) for _ in "123456789"
    ]

    assert [item.number for item in items] == list(range(1, 10))
    assert [item.symbol for item in items] == [1, 2, 3, 4, 5, 6, 7, 8, 1]
    assert items[0].distance == "0.4 miles (640 m)"
