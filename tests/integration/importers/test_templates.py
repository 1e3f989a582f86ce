"""Files of known sources through the shipped templates, with the traps that they are known for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from importers.catalogue.entries import ChecksEntry
from importers.catalogue.load import load_catalogue
from importers.models import ImportRun
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers.models import Feature
from tests.factories.processes import ROOT
from tests.factories.source_files import write_csv

pytestmark = pytest.mark.django_db

OURS, THEIRS = "E07000001", "E07000002"
OLD_NAMES = {
    "district": "oslaua",
    "ward": "osward",
    "x": "oseast1m",
    "y": "osnrth1m",
    "grid": "osgrdind",
}
NEW_NAMES = {
    "district": "lad26cd",
    "ward": "wd26cd",
    "x": "east1m",
    "y": "north1m",
    "grid": "gridind",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Smallville's folder of the catalogue, without any layer."""
    folder = tmp_path / "smallville"
    folder.mkdir()
    council = ROOT / "tests/fixtures/catalogue/smallville/council.toml"
    (folder / "council.toml").write_bytes(council.read_bytes())
    return folder


def import_on(template: str, folder: Path, file: Path, own: str = "") -> ImportReport:
    """Import a small file into a layer on a template, however few its rows are."""
    (folder / "layer.toml").write_text(f'template = "{template}"\n{own}', encoding="utf-8")
    catalogue = load_catalogue(folder)
    checks = ChecksEntry(extent_margin_m=500, max_quarantined_share=1.0, min_rows=1)
    entry = replace(catalogue.layers["layer"], checks=checks)
    return import_layer(entry, catalogue.council, ImportRequest(str(file)))


def kept_out() -> Counter[str]:
    run = ImportRun.objects.first()
    assert run is not None
    return Counter(run.quarantined_rows.values_list("kind", flat=True))


def published(report: ImportReport) -> list[Feature]:
    return list(Feature.objects.filter(edition=report.edition).order_by("id"))


def postcodes(names: Mapping[str, str]) -> list[dict[str, str]]:
    """Return one postcode in use, and one of each kind that is left out."""
    good = {
        "pcds": "AB1 1AA",
        "dointr": "198001",
        "doterm": "",
        names["district"]: OURS,
        names["ward"]: "E05000001",
        names["x"]: "0405000",
        names["y"]: "0285000",
        names["grid"]: "1",
    }
    nowhere = {names["grid"]: "9", names["x"]: "", names["y"]: ""}
    return [
        good,
        good | {"pcds": "AB1 1AB", "doterm": "202103"},
        good | {"pcds": "AB1 1AC"} | nowhere,
        good | {"pcds": "AB1 1AD", names["district"]: THEIRS},
    ]


@pytest.mark.parametrize("names", [OLD_NAMES, NEW_NAMES], ids=["until 2024", "since 2025"])
@pytest.mark.parametrize("template", ["onspd", "nspl"])
def test_postcodes_in_use_are_taken_and_others_counted_as_left_out(
    template: str, names: Mapping[str, str], folder: Path
) -> None:
    # Columns in another order are the same file: none is found by its place.
    rows = [dict(reversed(row.items())) for row in postcodes(names)]

    report = import_on(template, folder, write_csv(folder.parent / "postcodes.csv", rows))

    assert report.outcome == "published", report.reason
    assert kept_out() == {"FILTERED": 3}
    [feature] = published(report)
    assert feature.properties["postcode"] == "AB1 1AA"
    assert feature.properties["introduced"] == "1980-01"
    assert feature.properties["ward_code"] == "E05000001"
    assert feature.geom_27700.coords == (405_000, 285_000)


def toilet(uprn: str, x: str, y: str, crs: str) -> dict[str, str]:
    return {
        "UPRN": uprn,
        "LocationText": "Market Place",
        "CoordinateReferenceSystem": crs,
        "GeoX": x,
        "GeoY": y,
    }


def test_each_toilet_is_read_in_the_system_that_its_row_says(folder: Path) -> None:
    # By OSTN15 (406000, 286000) is (-1.91309487, 52.47191708).
    rows = [
        toilet("1", "406000", "286000", "OSGB36"),
        toilet("2", "-1.91309487", "52.47191708", "WGS84"),
        toilet("3", "406000", "286000", "Grid"),
    ]

    report = import_on("lga-public-toilets", folder, write_csv(folder.parent / "wc.csv", rows))

    assert report.crs == "as “CoordinateReferenceSystem” says"
    assert kept_out() == {"CRS-UNKNOWN": 1}
    for feature in published(report):
        assert feature.geom_27700.coords == pytest.approx((406_000, 286_000), abs=0.01)


def test_toilets_that_all_say_the_wrong_system_are_refused(folder: Path) -> None:
    rows = [toilet(str(n), "406000", "286000", "WGS84") for n in range(3)]

    report = import_on("lga-public-toilets", folder, write_csv(folder.parent / "wc.csv", rows))

    assert report.code == "CRS-MISMATCH"
    assert "read as eastings and northings (British National Grid), 3 are inside" in report.reason


def test_open_names_are_read_without_a_header(folder: Path) -> None:
    rows = [
        open_name("osgb1", "High Street", 405_000, 285_000),
        open_name("osgb2", "Far Lane", 455_000, 285_000),
    ]
    file = folder.parent / "SP08.csv"
    file.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8-sig")

    report = import_on("os-open-names", folder, file)

    assert report.outcome == "published", report.reason
    assert kept_out() == {"FILTERED": 1}
    [feature] = published(report)
    assert (feature.fid, feature.properties["name"]) == ("osgb1", "High Street")
    assert feature.properties["district"] == "Smallville"


def open_name(key: str, name: str, x: int, y: int) -> Sequence[str]:
    start = [key, f"https://data.example.org/{key}", name, "", "", "", "transportNetwork"]
    middle = ["Named Road", str(x), str(y), "1", "2", "0", "0", "1", "1", "AB1", "", "Ham", ""]
    end = ["", "Smallville", *[""] * 12]
    assert len(start + middle + end) == 34
    return start + middle + end


def test_schools_are_read_from_windows_1252_and_closed_ones_left_out(folder: Path) -> None:
    school = {
        "URN": "100000",
        "LA (code)": "330",
        "EstablishmentNumber": "2001",
        "EstablishmentName": "St Mary’s Café School",
        "EstablishmentStatus (name)": "Open",
        "OpenDate": "01-09-1990",
        "DistrictAdministrative (code)": OURS,
        "Easting": "405000",
        "Northing": "285000",
    }
    closed = {"EstablishmentNumber": "2002", "EstablishmentStatus (name)": "Closed"}
    theirs = {"EstablishmentNumber": "2003", "DistrictAdministrative (code)": THEIRS}
    nowhere = {"EstablishmentNumber": "2004", "Easting": "", "Northing": ""}
    rows = [school, school | closed, school | theirs, school | nowhere]
    file = write_csv(folder.parent / "edubasealldata20260130.csv", rows, encoding="windows-1252")

    report = import_on("gias-schools", folder, file)

    assert report.outcome == "published", report.reason
    assert kept_out() == {"FILTERED": 2, "NO-LOCATION": 1}
    [feature] = published(report)
    assert feature.properties["name"] == "St Mary’s Café School"
    assert feature.properties["opened_on"] == "1990-09-01"


def test_an_area_that_has_ended_is_left_out_of_the_platforms_csv(folder: Path) -> None:
    area = {
        "reference": "CA1",
        "name": "Old Town",
        "end-date": "",
        "geometry": "POLYGON ((-1.92 52.47, -1.91 52.47, -1.91 52.48, -1.92 52.48, -1.92 52.47))",
        "point": "POINT (-1.915 52.475)",
    }
    rows = [area, area | {"reference": "CA2", "end-date": "2020-01-01"}]

    report = import_on(
        "planning-data-conservation-area", folder, write_csv(folder.parent / "ca.csv", rows)
    )

    assert report.outcome == "published", report.reason
    assert kept_out() == {"FILTERED": 1}
    assert [feature.properties["reference"] for feature in published(report)] == ["CA1"]
