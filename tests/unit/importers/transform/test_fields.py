"""A batch's columns as typed fields, with a finding for every cell that could not be read."""

import orjson

from importers.transform.fields import read_fields, write_properties
from tests.factories.batches import source_batch
from tests.factories.entries import field_entry, layer_entry

HEIGHT = field_entry("height_m", "number", title="Height")
REFERENCE = field_entry("ref", title="Reference", required=True)


def test_a_value_of_another_type_names_its_row_field_and_value() -> None:
    batch = source_batch({"height_m": ["12.5", "tall", "1,204"]}, first_row=10)

    typed = read_fields(batch, layer_entry(fields=(HEIGHT,), key=()), {"height_m": "height_m"})

    assert typed.values["height_m"].to_pylist() == [12.5, None, 1204.0]
    (finding,) = typed.findings
    assert (finding.kind, finding.severity) == ("NUMBER-INVALID", "error")
    assert (finding.row, finding.field, finding.value) == (11, "height_m", "tall")
    assert finding.message == "“Height” is “tall”; expected a number, such as 12.5."


def test_a_field_without_a_column_is_empty_in_every_row() -> None:
    batch = source_batch({"ref": ["a", "b"]})

    typed = read_fields(batch, layer_entry(fields=(REFERENCE, HEIGHT)), {"ref": "ref"})

    assert typed.values["height_m"].to_pylist() == [None, None]
    assert typed.findings == []


def test_an_empty_required_cell_keeps_its_row_out() -> None:
    batch = source_batch({"ref": ["a", "  ", None]})

    typed = read_fields(batch, layer_entry(fields=(REFERENCE,)), {"ref": "ref"})

    assert [(f.kind, f.severity, f.row, f.message) for f in typed.findings] == [
        ("FIELD-EMPTY", "error", 3, "“Reference” is empty."),
        ("FIELD-EMPTY", "error", 4, "“Reference” is empty."),
    ]


def test_an_unreadable_required_cell_is_told_once() -> None:
    field = field_entry("count", "integer", required=True)
    batch = source_batch({"count": ["many"]})

    typed = read_fields(batch, layer_entry(fields=(field,), key=("count",)), {"count": "count"})

    assert [finding.kind for finding in typed.findings] == ["NUMBER-INVALID"]


def test_a_bad_web_address_is_left_out_and_its_row_kept() -> None:
    batch = source_batch({"site": ["www.example.org"]})

    typed = read_fields(
        batch, layer_entry(fields=(field_entry("site", "url"),), key=()), {"site": "site"}
    )

    assert typed.values["site"].to_pylist() == [None]
    assert [(f.kind, f.severity) for f in typed.findings] == [("URL-INVALID", "warning")]


def test_a_bad_postcode_is_kept_as_text_unless_the_field_is_required() -> None:
    batch = source_batch({"postcode": [" B1 "]})
    optional = field_entry("postcode", "postcode")
    required = field_entry("postcode", "postcode", required=True)

    kept = read_fields(batch, layer_entry(fields=(optional,), key=()), {"postcode": "postcode"})
    refused = read_fields(batch, layer_entry(fields=(required,), key=()), {"postcode": "postcode"})

    assert kept.values["postcode"].to_pylist() == ["B1"]
    assert [finding.severity for finding in kept.findings] == ["warning"]
    assert refused.values["postcode"].to_pylist() == [None]
    assert [finding.severity for finding in refused.findings] == ["error"]


def test_a_nul_is_never_passed_on_because_postgresql_has_none() -> None:
    batch = source_batch({"postcode": ["B\0"], "height_m": ["\0tall"]})
    fields = (field_entry("postcode", "postcode"), HEIGHT)

    typed = read_fields(
        batch,
        layer_entry(fields=fields, key=()),
        {"postcode": "postcode", "height_m": "height_m"},
    )

    assert typed.values["postcode"].to_pylist() == ["B"]
    assert not any("\0" in f.value or "\0" in f.message for f in typed.findings)


def test_a_long_value_is_shown_in_part() -> None:
    batch = source_batch({"height_m": ["x" * 5000]})

    typed = read_fields(batch, layer_entry(fields=(HEIGHT,), key=()), {"height_m": "height_m"})

    assert typed.findings[0].value == "x" * 200


def test_public_and_restricted_fields_are_written_apart() -> None:
    fields = (field_entry("ref"), field_entry("surveyor", public=False))
    batch = source_batch({"ref": ["a", "b"], "surveyor": ["Ann", "Bo"]})
    typed = read_fields(batch, layer_entry(fields=fields), {"ref": "ref", "surveyor": "surveyor"})

    public = write_properties(typed, fields, [1], public=True)
    restricted = write_properties(typed, fields, [1], public=False)

    assert [orjson.loads(members) for members in public.to_pylist()] == [{"ref": "b"}]
    assert [orjson.loads(members) for members in restricted.to_pylist()] == [{"surveyor": "Bo"}]
