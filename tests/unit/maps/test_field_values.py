from typing import Any

import pytest

from maps.field_values import (
    describe_field,
    fields_after_title,
    fields_before_title,
    noun_of,
    title_heading,
)
from tests.unit.maps.published import make_published_field, make_published_layer


@pytest.mark.parametrize(
    ("type_", "unit", "value", "text"),
    [
        ("text", "", "Primary", "Primary"),
        ("text", "", "", ""),
        ("text", "", None, ""),
        ("boolean", "", True, "Yes"),
        ("boolean", "", False, "No"),
        ("integer", "pupils", 1250, "1,250 pupils"),
        ("integer", "", 2026, "2026"),
        ("integer", "pupils", 0, "0 pupils"),
        ("number", "ha", 0.14, "0.14 ha"),
        ("number", "£", 0.2, "£0.20"),
        ("number", "£", 0, "£0.00"),
        ("integer", "£", 1500, "£1,500"),
        ("date", "", "2008-09-30", "30 September 2008"),
        ("datetime", "", "2026-07-01T09:05:00+00:00", "1 July 2026, 10:05"),
    ],
)
def test_a_value_is_said_as_people_read_it(type_: str, unit: str, value: Any, text: str) -> None:
    field = make_published_field("field", type_, unit)

    assert describe_field(field, {"field": value}).text == text


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("charge_gbp", 0, "Free"),
        ("entry_fee", 0.0, "Free"),
        ("charge_gbp", 0.2, "£0.20"),
        ("grant_gbp", 0, "£0.00"),
    ],
)
def test_what_costs_nothing_is_free(name: str, value: float, text: str) -> None:
    field = make_published_field(name, "number", "£")

    assert describe_field(field, {name: value}).text == text


def test_a_field_that_the_feature_lacks_is_empty() -> None:
    assert describe_field(make_published_field("phase"), {}).text == ""


@pytest.mark.parametrize("address", ["https://school.example/", "http://school.example/"])
def test_a_web_address_can_be_followed(address: str) -> None:
    value = describe_field(make_published_field("website", "url"), {"website": address})

    assert value.href == address


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://[", "school.example"])
def test_an_address_of_another_scheme_is_only_text(address: str) -> None:
    value = describe_field(make_published_field("website", "url"), {"website": address})

    assert (value.text, value.href) == (address, "")


def test_fields_are_parted_by_the_title() -> None:
    fields = tuple(make_published_field(name) for name in ("urn", "name", "phase", "type"))
    layer = make_published_layer(fields=fields)

    assert [field.name for field in fields_before_title(layer)] == ["urn"]
    assert [field.name for field in fields_after_title(layer)] == ["phase", "type"]


def test_a_layer_whose_title_is_not_public_shows_all_its_fields() -> None:
    layer = make_published_layer(title_field="secret")

    assert fields_after_title(layer) == layer.fields
    assert fields_before_title(layer) == ()


def test_a_feature_is_called_what_its_title_field_is_called() -> None:
    ward = make_published_layer("wards", title_field="ward", fields=(make_published_field("ward"),))

    assert (title_heading(ward), noun_of(ward)) == ("Ward", "Ward")


def test_a_title_field_called_name_says_nothing_of_what_a_feature_is() -> None:
    layer = make_published_layer("parks")

    assert (title_heading(layer), noun_of(layer)) == ("Name", "Parks")
