"""Matching a source's columns to a layer's fields and coordinates."""

import pytest

from importers.catalogue.entries import CoordinateColumns, Crs, LatLonColumn
from importers.errors import CheckFailed
from importers.transform.columns import find_coordinates, match_columns
from tests.factories.entries import (
    EASTING_NORTHING,
    LONGITUDE_LATITUDE,
    field_entry,
    layer_entry,
    source_entry,
)

CRS: Crs = "EPSG:27700"
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


def test_a_missing_column_is_answered_with_the_names_that_are_near() -> None:
    entry = layer_entry(fields=(REFERENCE, SPECIES))

    with pytest.raises(CheckFailed, match="Is it “Tree_Ref”"):
        match_columns(entry, ("Species", "Height", "Tree_Ref"))


def test_a_column_that_a_person_chose_wins() -> None:
    entry = layer_entry(fields=(REFERENCE, SPECIES))

    column_of, findings = match_columns(entry, ("TreeRef", "id", "Species"), {"ref": "id"})

    assert column_of == {"ref": "id", "species": "Species"}
    assert [finding.message for finding in findings] == ["Columns not used: TreeRef."]


@pytest.mark.parametrize("chosen", [{"ref": "nowhere"}, {"no_field": "TreeRef"}])
def test_a_choice_of_what_is_not_there_is_refused(chosen: dict[str, str]) -> None:
    entry = layer_entry(fields=(REFERENCE,))

    with pytest.raises(CheckFailed) as caught:
        match_columns(entry, ("TreeRef",), chosen)

    assert caught.value.code == "CHOICE-UNKNOWN"


def test_coordinates_are_found_by_pattern() -> None:
    pair = CoordinateColumns("pattern:^(oseast1m|east1m)$", "pattern:^(osnrth|north)1m$", CRS)
    entry = layer_entry(fields=(REFERENCE,), source=source_entry(coordinates=(pair,)))

    found = find_coordinates(entry, ("REF", "osnrth1m", "oseast1m"))

    assert found == CoordinateColumns("oseast1m", "osnrth1m", CRS)


def test_a_column_that_says_the_crs_is_found_and_not_called_unused() -> None:
    pair = CoordinateColumns("Easting", "Northing", CRS, "CoordinateReferenceSystem")
    entry = layer_entry(fields=(REFERENCE,), source=source_entry(coordinates=(pair,)))
    names = ("REF", "Easting", "Northing", "coordinatereferencesystem")

    _, findings = match_columns(entry, names)

    assert find_coordinates(entry, names).crs_column == "coordinatereferencesystem"
    assert find_coordinates(entry, names[:3]).crs_column is None
    assert findings == ()


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


@pytest.mark.parametrize(
    ("coordinates", "says_columns"), [((), False), ((EASTING_NORTHING,), True)]
)
def test_a_form_with_geometries_that_has_none_is_told_so(
    coordinates: tuple[CoordinateColumns, ...], says_columns: bool
) -> None:
    entry = layer_entry(source=source_entry(coordinates=coordinates))

    with pytest.raises(CheckFailed, match="No row has a geometry that can be used") as caught:
        find_coordinates(entry, ("ref", "name"), is_table=False)

    assert caught.value.code == "COORDINATES-MISSING"
    assert ("Looked for: Easting and Northing." in str(caught.value)) is says_columns
    assert "The file has: ref, name." in str(caught.value)


def test_coordinates_whose_names_are_near_are_asked_after() -> None:
    with pytest.raises(CheckFailed, match="Are they “EASTINGS” and “NORTHINGS”"):
        find_coordinates(layer_entry(), ("REF", "NORTHINGS", "EASTINGS"))


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
