"""Rows that the catalogue leaves out on purpose."""

import pytest

from importers.catalogue.entries import FilterEntry
from importers.errors import CheckFailed
from importers.validate.filters import applicable_filters, find_filtered
from tests.factories.batches import source_batch

OPEN_ONLY = FilterEntry("Status", ("Open", "Open soon"))


def test_a_row_whose_value_is_not_wanted_is_left_out_on_purpose() -> None:
    batch = source_batch({"Status": ["Open", " Open soon ", "Closed", None]})

    findings = find_filtered(batch, [OPEN_ONLY])

    assert [(finding.kind, finding.severity, finding.row) for finding in findings] == [
        ("FILTERED", "excluded", 4),
        ("FILTERED", "excluded", 5),
    ]
    assert findings[0].message == "Left out on purpose: “Status” is “Closed”."


def test_a_filter_on_whole_numbers_compares_their_text() -> None:
    batch = source_batch({"Code": [330.0, 331.0]})

    findings = find_filtered(batch, [FilterEntry("Code", ("330",))])

    assert [finding.row for finding in findings] == [3]


def test_a_filter_without_its_column_stops_the_import() -> None:
    with pytest.raises(CheckFailed) as caught:
        applicable_filters([OPEN_ONLY], ("Name",))

    assert caught.value.code == "COLUMN-MISSING"
    assert "no column “Status”" in str(caught.value)


def test_an_optional_filter_without_its_column_is_skipped_and_noted() -> None:
    optional = FilterEntry("District", ("E08000025",), optional=True)

    filters, findings = applicable_filters([OPEN_ONLY, optional], ("Status",))

    assert filters == (OPEN_ONLY,)
    assert [(f.kind, f.severity, f.field) for f in findings] == [
        ("FILTER-SKIPPED", "note", "District")
    ]


def test_a_filter_may_keep_the_rows_whose_cell_is_empty() -> None:
    batch = source_batch({"doterm": ["", "202103", None]})

    findings = find_filtered(batch, [FilterEntry("doterm", (), empty=True)])

    assert [finding.row for finding in findings] == [3]


def test_a_filter_finds_its_column_by_pattern() -> None:
    district = FilterEntry(r"pattern:^lad\d\dcd$", ("E08000025",))

    filters, _ = applicable_filters([district], ("pcds", "LAD26CD"))

    assert filters == (FilterEntry("LAD26CD", ("E08000025",)),)
