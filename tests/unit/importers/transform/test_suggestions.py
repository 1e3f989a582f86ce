"""Which columns may be meant by a field that has none."""

import pytest

from importers.transform.suggestions import near_names, suggest_columns
from tests.factories.entries import field_entry, layer_entry

REFERENCE = field_entry("ref", source=("Reference",), title="Reference", required=True)
POSTCODE = field_entry("postcode", "postcode", source=("Postcode",))
OPENED = field_entry("opened_on", "date", source=("OpenDate",), title="Opened on")


@pytest.mark.parametrize(
    ("wanted", "column"),
    [
        ("Reference", "Referense"),
        ("SiteReference", "site_reference"),
        ("SiteReference", "SITE REF"),
        ("NetDwellingsRangeFrom", "Net Dwellings From"),
        ("PostCode", "post code"),
    ],
)
def test_a_name_that_is_nearly_the_one_is_suggested(wanted: str, column: str) -> None:
    [(suggested, reason)] = near_names([wanted], ["Colour", column, "Height"])

    assert suggested == column
    assert wanted in reason


def test_names_that_are_nothing_like_it_are_not_suggested() -> None:
    assert near_names(["Reference"], ["Colour", "Height", "x", ""]) == []


def test_the_likest_name_comes_first() -> None:
    suggested = near_names(["SiteReference"], ["SiteRef", "Site_Reference"])

    assert [name for name, _ in suggested] == ["Site_Reference", "SiteRef"]


def test_a_column_full_of_postcodes_is_suggested_for_the_postcode() -> None:
    entry = layer_entry(fields=(REFERENCE, POSTCODE))
    samples = {"F7": ["B1 1BB", "b236dj", None, ""], "F8": ["B1 1BB", "Oak Lane"], "F9": [None]}

    suggestions = suggest_columns(entry, ["Reference", "F7", "F8", "F9"], samples)

    assert suggestions == {"postcode": [("F7", "all its values are postcodes")]}


def test_a_column_full_of_dates_is_suggested_however_they_are_written() -> None:
    entry = layer_entry(fields=(REFERENCE, OPENED))
    samples = {"F7": ["31/03/2001", "1/4/2002"], "F8": ["2001-03-31"], "F9": ["12", "13"]}

    suggestions = suggest_columns(entry, ["Reference", "F7", "F8", "F9"], samples)

    assert [column for column, _ in suggestions["opened_on"]] == ["F7", "F8"]


def test_nothing_is_suggested_for_a_field_that_has_its_column() -> None:
    entry = layer_entry(fields=(REFERENCE,))

    assert suggest_columns(entry, ["Reference", "Referense"]) == {}


def test_a_column_that_another_field_has_is_not_suggested() -> None:
    other = field_entry("other_ref", source=("Other reference",), title="Other reference")
    entry = layer_entry(fields=(REFERENCE, other))

    assert suggest_columns(entry, ["Reference"]) == {}


def test_a_field_that_several_columns_fit_is_left_to_a_person() -> None:
    code = field_entry("code", source=(r"pattern:^(lad|wd)\d\dcd$", "Code"), title="Area code")
    entry = layer_entry(fields=(REFERENCE, code))

    suggestions = suggest_columns(entry, ["Reference", "lad25cd", "wd25cd", "code_of_area"])

    assert "code_of_area" in [column for column, _ in suggestions["code"]]
