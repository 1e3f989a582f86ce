"""Columns that went, or hold something else than before."""

from typing import Any

from importers.validate.schema_drift import check_schema
from tests.factories.entries import layer_entry


def understood(**columns: tuple[str, str]) -> dict[str, Any]:
    """Return what is kept of a source: for each field its column and the column's kind."""
    return {
        "column_of": {field: column for field, (column, _) in columns.items()},
        "columns": [{"name": column, "kind": kind} for column, kind in columns.values()],
    }


BEFORE = understood(ref=("Ref", "text"), name=("Species", "text"), height_m=("H", "number"))


def reasons(now: dict[str, Any], before: dict[str, Any] = BEFORE) -> str:
    return " ".join(check.message for check in check_schema(layer_entry(), now, before))


def test_the_same_columns_are_nothing_to_speak_of() -> None:
    assert not reasons(BEFORE)


def test_a_column_that_is_gone_is_named_with_its_field() -> None:
    now = understood(ref=("Ref", "text"), name=("Species", "text"))

    assert "are gone: “H” (Height)." in reasons(now)


def test_a_column_under_another_name_that_is_known_is_not_gone() -> None:
    now = understood(ref=("Ref", "text"), name=("Kind", "text"), height_m=("H", "number"))

    assert not reasons(now)


def test_a_field_that_the_catalogue_no_longer_has_is_not_missed() -> None:
    before = understood(ref=("Ref", "text"), owner=("Owner", "text"))

    assert not reasons(understood(ref=("Ref", "text")), before)


def test_text_that_became_numbers_is_named() -> None:
    now = understood(ref=("Ref", "text"), name=("Code", "number"), height_m=("H", "number"))

    assert "hold only numbers now: “Code”." in reasons(now)


def test_a_column_of_which_too_little_is_known_is_no_change() -> None:
    for kind in ("unknown", "empty", "mixed", "text"):
        now = understood(ref=("Ref", "text"), name=("Species", kind), height_m=("H", kind))
        assert not reasons(now)
    mixed = understood(ref=("Ref", "mixed"), name=("Species", "mixed"), height_m=("H", "mixed"))
    assert not reasons(understood(ref=("Ref", "number"), name=("Species", "number"),
                                  height_m=("H", "number")), mixed)  # fmt: skip


def test_where_nothing_is_on_record_nothing_is_compared() -> None:
    assert not reasons(BEFORE, {})


def test_a_source_of_nothing_at_all_has_lost_no_columns() -> None:
    assert not reasons({"column_of": {}, "columns": []})
