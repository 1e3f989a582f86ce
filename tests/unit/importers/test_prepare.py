"""A batch becomes rows that may be published and rows that may not: none is lost, none twice."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import pytest

from importers.catalogue.entries import ChecksEntry, FilterEntry, LayerEntry
from importers.findings import Finding
from importers.prepare import Preparation
from importers.transform.batch import PreparedBatch
from importers.understanding import Understanding
from layers.publish.role_checks import RowFault
from tests.factories.batches import source_batch
from tests.factories.entries import EASTING_NORTHING, council_entry, field_entry, layer_entry


def preparation_of(entry: LayerEntry, filters: tuple[FilterEntry, ...] = ()) -> Preparation:
    column_of = {field.name: field.source[0] for field in entry.fields}
    understood = Understanding(
        column_of, "EPSG:27700", "columns", EASTING_NORTHING, False, filters, ()
    )
    return Preparation(entry, council_entry(), understood)


def trees(**columns: list[Any]) -> dict[str, list[Any]]:
    """Return columns of trees in EPSG:27700, good but for what ``columns`` replace."""
    count = len(next(iter(columns.values()))) if columns else 1
    good: dict[str, list[Any]] = {
        "ref": [f"T{number}" for number in range(count)],
        "name": ["Oak"] * count,
        "height_m": ["12"] * count,
        "Easting": ["405000"] * count,
        "Northing": ["285000"] * count,
    }
    return good | columns


def conserved(preparation: Preparation, *batches: PreparedBatch) -> bool:
    published = sum(len(batch) for batch in batches)
    return preparation.rows_read == published + len(preparation.quarantined)


def test_a_good_row_is_kept_with_its_key_and_properties() -> None:
    preparation = preparation_of(layer_entry())

    prepared = preparation.prepare(source_batch(trees(ref=["T1"])))

    assert prepared.keys == ["T1"]
    [properties] = prepared.properties.to_pylist()
    assert orjson.loads(properties) == {"ref": "T1", "name": "Oak", "height_m": 12.0}
    assert prepared.restricted.to_pylist() == [None]
    assert conserved(preparation, prepared)


def test_a_row_with_several_faults_is_kept_out_once_as_it_was_read() -> None:
    preparation = preparation_of(layer_entry())
    columns = trees(ref=["T1", "T2"], height_m=["tall", "9"], Easting=["east", "405000"])

    prepared = preparation.prepare(source_batch(columns))

    (kept_out,) = preparation.quarantined
    assert (kept_out.row, kept_out.kind) == (2, "NUMBER-INVALID")
    assert kept_out.values == {
        "ref": "T1",
        "name": "Oak",
        "height_m": "tall",
        "Easting": "east",
        "Northing": "285000",
    }
    assert {f.kind for f in preparation.findings} == {"NUMBER-INVALID", "COORD-INVALID"}
    assert conserved(preparation, prepared)


def test_a_row_without_location_is_kept_out_unless_the_catalogue_allows_it() -> None:
    columns = trees(ref=["T1", "T2"], Easting=["", "405000"], Northing=["", "285000"])
    strict = preparation_of(layer_entry())
    lenient = preparation_of(layer_entry(checks=ChecksEntry(allow_no_location=True)))

    refused = strict.prepare(source_batch(columns))
    allowed = lenient.prepare(source_batch(columns))

    assert [row.kind for row in strict.quarantined] == ["NO-LOCATION"]
    assert refused.keys == ["T2"]
    assert allowed.keys == ["T1", "T2"]
    assert allowed.geom_27700[0] is None


@pytest.mark.parametrize("allow_no_location", [True, False])
def test_a_row_with_half_a_position_is_kept_out_in_every_layer(allow_no_location: bool) -> None:
    checks = ChecksEntry(allow_no_location=allow_no_location)
    preparation = preparation_of(layer_entry(checks=checks))

    prepared = preparation.prepare(source_batch(trees(Easting=["405000"], Northing=[""])))

    assert [row.kind for row in preparation.quarantined] == ["COORD-MISSING"]
    assert [finding.kind for finding in preparation.findings] == ["COORD-MISSING"]
    assert conserved(preparation, prepared)


def test_a_row_that_is_kept_out_does_not_claim_its_key() -> None:
    preparation = preparation_of(layer_entry())
    columns = trees(ref=["T1", "T1", "T1"], height_m=["tall", "9", "8"])

    prepared = preparation.prepare(source_batch(columns))

    assert prepared.rows.tolist() == [3]
    assert [(row.row, row.kind) for row in preparation.quarantined] == [
        (2, "NUMBER-INVALID"),
        (4, "KEY-DUPLICATE"),
    ]


def test_a_filtered_row_is_counted_apart_and_finds_no_other_fault() -> None:
    oaks = FilterEntry("name", ("Oak",))
    preparation = preparation_of(layer_entry(), (oaks,))
    columns = trees(ref=["T1", "T2"], name=["Ash", "Oak"], height_m=["tall", "9"])

    prepared = preparation.prepare(source_batch(columns))

    assert prepared.keys == ["T2"]
    assert preparation.filtered_count == 1
    assert [finding.kind for finding in preparation.findings] == ["FILTERED"]
    assert conserved(preparation, prepared)


def test_a_line_that_could_not_become_a_row_counts_as_read_and_is_kept_as_text() -> None:
    preparation = preparation_of(layer_entry())
    fault = Finding("CSV-COLUMNS", "error", "Line 3 has 9 cells, the header has 5.", row=3)

    prepared = preparation.prepare(
        source_batch(trees(ref=["T1"]), spoilt=((fault, "T2,Oak,,,,,,,"),))
    )

    (kept_out,) = preparation.quarantined
    assert (kept_out.row, kept_out.kind) == (3, "CSV-COLUMNS")
    assert kept_out.values == {"text": "T2,Oak,,,,,,,"}
    assert preparation.rows_read == 2
    assert conserved(preparation, prepared)


def test_rows_of_every_batch_are_accounted_for() -> None:
    preparation = preparation_of(layer_entry())

    first = preparation.prepare(source_batch(trees(ref=["T1", "T2"]), first_row=2))
    second = preparation.prepare(source_batch(trees(ref=["T2", "T3"]), first_row=4))
    empty = preparation.prepare(source_batch(trees(ref=[]), first_row=6))

    assert preparation.rows_read == 4
    assert [(row.row, row.kind) for row in preparation.quarantined] == [(4, "KEY-DUPLICATE")]
    assert conserved(preparation, first, second, empty)


def test_a_key_of_several_fields_joins_them() -> None:
    fields = (field_entry("la", required=True), field_entry("number", required=True))
    preparation = preparation_of(layer_entry(fields=fields, key=("la", "number")))
    columns = trees(la=["330", "330", "331"], number=["2020", "2021", "2020"])

    prepared = preparation.prepare(source_batch(columns))

    assert prepared.keys == ["330-2020", "330-2021", "331-2020"]


def test_keys_of_several_fields_never_meet_whatever_hyphens_the_parts_hold() -> None:
    fields = (field_entry("la"), field_entry("number"))
    preparation = preparation_of(layer_entry(fields=fields, key=("la", "number")))
    columns = trees(la=["1-2", "1", "1-"], number=["3", "2-3", "-2-3"])

    prepared = preparation.prepare(source_batch(columns))

    assert len(set(prepared.keys)) == 3
    assert list(preparation.quarantined) == []


def test_the_key_of_a_postcode_has_no_space() -> None:
    entry = layer_entry(fields=(field_entry("ref", "postcode", required=True),))

    prepared = preparation_of(entry).prepare(source_batch(trees(ref=["B1 1BB"])))

    assert prepared.keys == ["B11BB"]


def test_fields_that_are_not_public_are_kept_apart() -> None:
    fields = (field_entry("ref", required=True), field_entry("name", public=False))
    preparation = preparation_of(layer_entry(fields=fields))

    prepared = preparation.prepare(source_batch(trees(ref=["T1"])))

    assert orjson.loads(prepared.properties[0].as_py()) == {"ref": "T1"}
    assert orjson.loads(prepared.restricted[0].as_py()) == {"name": "Oak"}


def test_a_part_of_the_key_that_may_be_empty_keeps_its_place() -> None:
    entry = layer_entry(
        key=("ref",),
        key_if_given=("name", "note"),
        fields=(field_entry("ref"), field_entry("name"), field_entry("note")),
    )
    columns = trees(
        ref=["T1", "T1", "T1", "T1", "T-1", "T1"],
        name=["", "a", "", "a", "", ""],
        note=["", "", "a", "b", "", ""],
    )

    preparation = preparation_of(entry)
    prepared = preparation.prepare(source_batch(columns))

    assert prepared.keys == ["T1", "T1-a", "T1--a", "T1-a-b", "T%2D1"]
    assert [row.kind for row in preparation.quarantined] == ["KEY-DUPLICATE"]


@pytest.fixture
def no_tall_oaks(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(row: Mapping[str, Any]) -> Iterator[RowFault]:
        if row["name"] == "Oak" and row["height_m"] > 20:
            yield RowFault("OAK-TALL", "height_m", "No oak is so tall.")
        elif row["name"] == "Ash":
            yield RowFault("ASH", "name", "Ashes die back.", keeps_out=False)

    monkeypatch.setattr("layers.publish.role_checks._row_checks", {"place": check})


def test_a_domain_app_keeps_rows_out_by_what_they_say_together(no_tall_oaks: None) -> None:
    preparation = preparation_of(layer_entry(role="place"))
    columns = trees(
        ref=["T1", "T2", "T3", "T4"],
        name=["Oak", "Elm", "Ash", "Oak"],
        height_m=["30", "30", "30", "tall"],
    )

    prepared = preparation.prepare(source_batch(columns))

    assert prepared.keys == ["T2", "T3"]
    assert [
        (one.kind, one.severity, one.row, one.field, one.value) for one in preparation.findings
    ] == [
        ("NUMBER-INVALID", "error", 5, "height_m", "tall"),
        ("OAK-TALL", "error", 2, "height_m", "30.0"),
        ("ASH", "warning", 4, "name", "Ash"),
    ]
    assert conserved(preparation, prepared)


def test_a_domain_app_looks_at_its_own_layers_alone(no_tall_oaks: None) -> None:
    preparation = preparation_of(layer_entry(role="property"))

    preparation.prepare(source_batch(trees(height_m=["30"])))

    assert list(preparation.findings) == []
