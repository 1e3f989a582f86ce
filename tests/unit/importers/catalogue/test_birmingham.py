"""The catalogue that the repository ships: it loads, and keeps what it promises."""

import gzip
import json
from pathlib import Path
from typing import get_args

import pytest

from importers.catalogue.entries import Catalogue, FieldType, LayerEntry, Role, Theme
from importers.catalogue.load import load_catalogue
from importers.transform.column_names import ColumnNames
from layers.models import Field
from layers.models import Theme as StoredTheme
from waste.roles import OURS

ROOT = Path(__file__).resolve().parents[4]
SHARED_DATA = ROOT.parent / "shared" / "data"

needs_shared_data = pytest.mark.skipif(
    not SHARED_DATA.is_dir(), reason="the shared set of real files is not on this machine"
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "catalogue" / "birmingham")


def source_columns(entry: LayerEntry) -> set[str]:
    return {column for field in entry.fields for column in field.source}


def test_every_layer_that_residents_and_planners_ask_for_is_there(catalogue: Catalogue) -> None:
    services = {slug for slug, layer in catalogue.layers.items() if layer.is_service}
    constraints = {slug for slug, layer in catalogue.layers.items() if layer.is_constraint}

    assert {"schools", "recycling-centres", "bring-banks", "libraries", "parks"} <= services
    assert {"conservation-areas", "listed-buildings", "flood-zones"} <= constraints
    assert {"wards", "brownfield", "planning-applications"} <= set(catalogue.layers)


def test_the_gazetteer_finds_its_layers(catalogue: Catalogue) -> None:
    roles = {layer.role: slug for slug, layer in catalogue.layers.items() if layer.role}

    assert roles["postcode"] == "postcodes"
    assert roles["address"] == "addresses"


def test_collections_find_a_layer_of_each_role(catalogue: Catalogue) -> None:
    roles = {layer.role for layer in catalogue.layers.values()}

    assert set(OURS) <= roles <= set(get_args(Role))


def test_licensed_addresses_and_lists_of_homes_are_not_public(catalogue: Catalogue) -> None:
    hidden = [slug for slug, layer in catalogue.layers.items() if not layer.is_public]

    assert hidden == ["addresses", "collection-dates", "collection-premises"]
    assert catalogue.layers["addresses"].licence_restricted


def test_every_number_has_a_unit_or_counts_something_plain(catalogue: Catalogue) -> None:
    bare = {
        f"{slug}.{field.name}"
        for slug, layer in catalogue.layers.items()
        for field in layer.fields
        if field.type in ("integer", "number") and not field.unit
    }

    assert bare == {
        "collection-rounds.week_of_month",
        "libraries.year_opened",
        "listed-buildings.list_entry",
        "postcodes.quality",
    }


def test_nobody_is_named_by_a_public_field(catalogue: Catalogue) -> None:
    personal = {"HeadFirstName", "HeadLastName", "TelephoneNum", "Agent", "ReportTel", "LEGAL_NAME"}

    named = {
        slug: personal & source_columns(layer)
        for slug, layer in catalogue.layers.items()
        if personal & source_columns(layer)
    }

    assert named == {}


def test_the_loaders_words_are_the_databases() -> None:
    assert set(get_args(Theme)) == set(StoredTheme.values)
    # A postcode is a text once it is read.
    assert set(get_args(FieldType)) - {"postcode", "uprn"} == set(Field.Type.values)


@needs_shared_data
@pytest.mark.parametrize(
    ("layer", "file"),
    [
        ("wards", "boundaries/birmingham-wards.geojson"),
        ("schools", "schools/birmingham_schools.geojson"),
        ("conservation-areas", "planning/conservation-areas/leicester.geojson"),
        ("listed-buildings", "planning/listed-buildings/he_listed_buildings.geojson"),
        ("bring-banks", "bins/edinburgh/recycle-points.geojson"),
        ("parks", "assets/bathnes/banes_gss_parks_recreation.geojson"),
    ],
)
def test_real_geojson_has_a_column_for_all_that_is_required(
    catalogue: Catalogue, layer: str, file: str
) -> None:
    features = json.loads((SHARED_DATA / file).read_text(encoding="utf-8"))["features"]

    assert_covers(catalogue.layers[layer], set(features[0]["properties"]))


@needs_shared_data
@pytest.mark.parametrize(
    ("layer", "file"),
    [
        ("schools", "schools/birmingham_schools.csv"),
        ("brownfield", "planning/brownfield/local-authority-eng-bir.csv"),
        ("brownfield", "planning/brownfield/birmingham-2018-raw-EXCERPT.csv"),
        ("brownfield", "planning/brownfield/dudley-raw.csv"),
        ("brownfield", "planning/brownfield/rochdale-raw.csv"),
        ("brownfield", "planning/brownfield/wychavon-raw.csv"),
        ("brownfield", "planning/brownfield/mole-valley-raw.csv"),
        ("brownfield", "planning/brownfield/nw-leicestershire-raw.csv"),
    ],
)
def test_a_real_csv_has_a_column_for_all_that_is_required(
    catalogue: Catalogue, layer: str, file: str
) -> None:
    header = (SHARED_DATA / file).read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    entry = catalogue.layers[layer]

    assert_covers(entry, set(header))
    names = ColumnNames(header)
    assert any(names.find([pair.x]) and names.find([pair.y]) for pair in entry.source.coordinates)


@needs_shared_data
def test_both_forms_of_code_point_open_fit_the_columns(catalogue: Catalogue) -> None:
    folder = SHARED_DATA / "postcodes"
    whole = (folder / "codepoint-open-2014" / "b.csv").read_text().splitlines()[0]
    cut = gzip.decompress((folder / "codepoint-open-2025" / "b.csv.gz").read_bytes()).decode()

    columns = catalogue.layers["postcodes"].source.columns

    assert len(whole.split(",")) == len(columns)
    assert columns[:4] == ("Postcode", "Positional_quality_indicator", "Eastings", "Northings")
    assert len(cut.splitlines()[0].split(",")) == 4


def assert_covers(entry: LayerEntry, columns: set[str]) -> None:
    needed = [field for field in entry.fields if field.required or field.name in entry.key]
    names = ColumnNames(columns)
    missing = [field.name for field in needed if names.find(field.source) is None]
    assert missing == [], f"{entry.slug}: no column for {missing} among {sorted(columns)}"
