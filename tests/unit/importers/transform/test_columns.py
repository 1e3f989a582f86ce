"""Matching a source's columns to a layer's fields and coordinates."""

import pytest

from importers.catalogue.entries import LatLonColumn
from importers.errors import CheckFailed
from importers.transform.columns import find_coordinates, match_columns
from tests.factories.entries import (
    EASTING_NORTHING,
    LONGITUDE_LATITUDE,
    field_entry,
    layer_entry,
    source_entry,
)

REFERENCE = field_entry("ref", source=("TreeRef", "REF"), title="Reference", required=True)
SPECIES = field_entry("species", source=("Species", "Tree type"))


def test_the_first_alias_that_the_file_has_is_used() -> None:
    entry = layer_entry(fields=(REFERENCE, SPECIES))

    column_of, _ = match_columns(entry, ("Species", "REF", "TreeRef", "Tree type"))

    assert column_of == {"ref": "TreeRef", "species": "Species"}


def test_case_and_spaces_around_a_name_do_not_matter() -> None:
    entry = layer_entry(fields=(REFERENCE, SPECIES))

    column_of, _ = match_columns(entry, (" treeref ", "TREE TYPE"))

    assert column_of == {"ref": " treeref ", "species": "TREE TYPE"}


def test_an_exact_name_wins_over_a_loose_one() -> None:
    entry = layer_entry(fields=(REFERENCE,))

    column_of, _ = match_columns(entry, ("treeref", "REF"))

    assert column_of == {"ref": "REF"}


def test_a_missing_required_column_stops_and_says_what_was_looked_for() -> None:
    entry = layer_entry(fields=(REFERENCE, SPECIES))

    with pytest.raises(CheckFailed) as caught:
        match_columns(entry, ("id", "Species"))

    assert caught.value.code == "COLUMN-MISSING"
    assert "no column for “Reference”" in str(caught.value)
    assert "Looked for: TreeRef, REF. The file has: id, Species." in str(caught.value)


def test_a_column_of_the_key_is_needed_although_it_is_not_required() -> None:
    entry = layer_entry(fields=(field_entry("ref"), SPECIES), key=("ref",))

    with pytest.raises(CheckFailed, match="no column for “Ref”"):
        match_columns(entry, ("Species",))


def test_a_missing_optional_column_is_noted() -> None:
    entry = layer_entry(fields=(REFERENCE, SPECIES))

    column_of, findings = match_columns(entry, ("TreeRef",))

    assert column_of == {"ref": "TreeRef"}
    [finding] = findings
    assert (finding.kind, finding.severity) == ("COLUMN-MISSING", "note")
    assert SPECIES.title in finding.message


def test_unused_columns_are_listed_but_not_those_with_coordinates() -> None:
    entry = layer_entry(fields=(REFERENCE,), source=source_entry(coordinates=(EASTING_NORTHING,)))

    _, findings = match_columns(entry, ("TreeRef", "Surveyor", "EASTING", "Northing", "Cost"))

    assert [finding.message for finding in findings] == ["Columns not used: Surveyor, Cost."]


def test_a_very_wide_header_is_not_listed_whole() -> None:
    names = ("TreeRef", *(f"c{number}" for number in range(100)))

    _, findings = match_columns(layer_entry(fields=(REFERENCE,)), names)

    assert findings[0].message.endswith("c39 and 60 more.")


def test_the_first_pair_of_coordinates_that_is_complete_is_used() -> None:
    entry = layer_entry(source=source_entry(coordinates=(EASTING_NORTHING, LONGITUDE_LATITUDE)))

    both = find_coordinates(entry, ("Latitude", "Longitude", "northing", "easting"))
    second = find_coordinates(entry, ("Easting", "Latitude", "Longitude"))

    assert (both.x, both.y, both.crs) == ("easting", "northing", "EPSG:27700")
    assert (second.x, second.y, second.crs) == ("Longitude", "Latitude", "EPSG:4326")


def test_no_pair_of_coordinates_stops_and_says_what_was_looked_for() -> None:
    with pytest.raises(CheckFailed) as caught:
        find_coordinates(layer_entry(), ("Easting", "Name"))

    assert caught.value.code == "COORDINATES-MISSING"
    assert "Looked for: Easting and Northing. The file has: Easting, Name." in str(caught.value)


def test_one_column_of_both_is_found_and_not_called_unused() -> None:
    entry = layer_entry(
        fields=(REFERENCE,), source=source_entry(coordinates=(), lat_lon="Location 1")
    )

    _, findings = match_columns(entry, ("REF", "location 1"))

    assert find_coordinates(entry, ("REF", "location 1")) == LatLonColumn("location 1")
    assert findings == ()


def test_a_file_without_the_column_of_wkt_is_stopped() -> None:
    entry = layer_entry(source=source_entry(coordinates=(), wkt="the_geom", crs="EPSG:4326"))

    with pytest.raises(CheckFailed, match=r"Looked for: the_geom\. The file has: REF") as caught:
        find_coordinates(entry, ("REF",))

    assert caught.value.code == "COORDINATES-MISSING"
