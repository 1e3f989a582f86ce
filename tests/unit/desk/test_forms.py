"""What the desk's forms take, and what they say when they do not."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from desk.forms import DecisionForm, MappingForm, SourceForm
from importers.models import ImportRun
from tests.factories.entries import layer_entry


def source_form(members: dict[str, Any], files: int = 0, **options: Any) -> SourceForm:
    uploads = [SimpleUploadedFile(f"{n}.csv", b"a") for n in range(files)]
    options = {"may_publish": True, **options}
    return SourceForm(
        {"afterwards": "look", **members}, MultiValueDict({"upload": uploads}), **options
    )


def test_it_takes_the_parts_of_one_source():
    form = source_form({}, files=3)

    assert form.is_valid(), form.errors
    assert [each.name for each in form.cleaned_data["upload"]] == ["0.csv", "1.csv", "2.csv"]


@pytest.mark.parametrize(
    ("members", "files", "field", "words"),
    [
        ({}, 0, "upload", "Choose a file"),
        ({"address": "https://example.org/a.csv"}, 1, "address", "not both"),
        ({"address": "http://example.org/a.csv"}, 0, "address", "begins with https://"),
        ({"address": "file:///etc/passwd"}, 0, "address", ""),
    ],
)
def test_it_says_what_is_wrong_beside_the_field(members, files, field, words):
    form = source_form(members, files)

    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert words in form.errors[field][0]


def test_a_file_that_was_too_big_is_named_as_such():
    form = source_form({}, was_too_big=True)

    assert "larger than 250 MB" in form.errors["upload"][0]


def test_only_publishers_may_publish_at_once():
    assert source_form({"afterwards": "publish"}, 1).is_valid()
    assert not source_form({"afterwards": "publish"}, 1, may_publish=False).is_valid()


def test_publishing_in_spite_of_a_check_needs_its_reason():
    assert DecisionForm({"reason": ""}).is_valid()
    assert not DecisionForm({"reason": "  "}, needs_reason=True).is_valid()


def run_of(names: list[str], **parts: Any) -> ImportRun:
    columns = [{"name": name, "kind": "text", "samples": ["a"]} for name in names]
    return ImportRun(understanding={"columns": columns, "coordinates": []}, **parts)


def mapping_form(run: ImportRun, members: dict[str, Any] | None = None) -> MappingForm:
    return MappingForm(members, run=run, entry=layer_entry())


def test_a_column_of_another_name_is_suggested_and_not_chosen():
    form = mapping_form(run_of(["ref", "Tree name", "Easting", "Northing"]))

    row = next(row for row in form.rows() if row["field"].name == "name")
    assert row["suggestions"] == ["Tree name"]
    assert form["column-name"].value() == ""


def test_only_what_the_catalogue_would_not_find_becomes_a_fix():
    run = run_of(["ref", "Tree name", "Easting", "Northing"])
    chosen = {"column-ref": "ref", "column-name": "Tree name", "x": "Easting", "y": "Northing"}

    form = mapping_form(run, chosen)

    assert form.is_valid(), form.errors
    assert form.fixes().as_json() == {"columns": {"name": "Tree name"}}


def test_coordinates_of_other_names_and_the_wrong_way_round_become_fixes():
    run = run_of(["ref", "E", "N"])

    form = mapping_form(run, {"x": "N", "y": "E", "swap_axes": "on", "crs": "EPSG:27700"})

    assert form.is_valid(), form.errors
    expected = {"x": "N", "y": "E", "swap_axes": True, "crs": "EPSG:27700"}
    assert form.fixes().as_json() == expected


def test_what_was_confirmed_before_is_chosen_already():
    run = run_of(["ref", "Tree name"], fixes={"columns": {"name": "Tree name"}, "swap_axes": True})

    form = mapping_form(run)

    assert form["column-name"].value() == "Tree name"
    assert form["swap_axes"].value() is True


def test_half_a_pair_of_coordinates_is_refused():
    form = mapping_form(run_of(["ref", "E"]), {"x": "E"})

    assert not form.is_valid()
    assert "both columns" in form.errors["y"][0]


def test_a_column_that_the_file_does_not_have_is_refused():
    assert not mapping_form(run_of(["ref"]), {"column-name": "secret"}).is_valid()
