"""Real extracts of OpenStreetMap through the basemap's templates, counted by other means."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from importers.catalogue.load import load_catalogue
from importers.models import ImportRun
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers.models import Feature, Layer
from tests.factories.processes import ROOT
from tests.factories.shared_data import SHARED_DATA, needs_shared_data

pytestmark = [needs_shared_data, pytest.mark.django_db]

XML_FILES = {
    "bristol": ("bristol_contraflow_cycleway.osm", "bristol_sausage_links.osm"),
    "trafford": ("kingsway_junction.osm",),
}
CASES = [(council, name) for council, names in XML_FILES.items() for name in names]


def _import(council: str, layer: str, file: Path) -> ImportReport:
    catalogue = load_catalogue(ROOT / "tests/fixtures/catalogue" / council)
    return import_layer(catalogue.layers[layer], catalogue.council, ImportRequest(str(file)))


def _tags(element: ET.Element) -> dict[str, str]:
    return {tag.get("k", ""): tag.get("v", "") for tag in element.findall("tag")}


def _is_closed(way: ET.Element) -> bool:
    refs = [node.get("ref") for node in way.findall("nd")]
    return len(refs) > 3 and refs[0] == refs[-1]


@pytest.mark.parametrize(("council", "name"), CASES)
def test_the_roads_are_those_that_the_xml_has(council: str, name: str) -> None:
    file = SHARED_DATA / "osm" / name
    ways = {f"way-{way.get('id')}": way for way in ET.parse(file).getroot().findall("way")}
    roads = {
        key: tags
        for key, way in ways.items()
        if (tags := _tags(way)).get("highway") and tags.get("area") != "yes"
    }

    report = _import(council, "osm-road", file)

    assert report.outcome == "published", report.reason
    found = {each.fid: each.properties for each in Feature.objects.filter(edition=report.edition)}
    assert set(found) <= set(roads)
    # Platforms and what is being built are no roads of ours; a closed way may be an area.
    missing = [key for key in set(roads) - set(found) if not _is_closed(ways[key])]
    assert {roads[key]["highway"] for key in missing} <= {
        "construction", "proposed", "platform", "corridor", "elevator", "raceway", "bus_stop",
    }  # fmt: skip
    for key, properties in found.items():
        assert properties.get("name") == roads[key].get("name")


@pytest.mark.parametrize(("council", "name"), CASES)
def test_the_buildings_are_those_that_the_xml_has(council: str, name: str) -> None:
    file = SHARED_DATA / "osm" / name
    ways = ET.parse(file).getroot().findall("way")
    buildings = {
        f"way-{way.get('id')}" for way in ways if _tags(way).get("building") and _is_closed(way)
    }

    report = _import(council, "osm-building", file)

    assert report.outcome == "published", report.reason
    found = set(Feature.objects.filter(edition=report.edition).values_list("fid", flat=True))
    assert {fid for fid in found if fid.startswith("way-")} == buildings
    assert len(found) >= 8


def test_everything_of_an_extract_goes_into_the_layers_of_the_basemap() -> None:
    file = SHARED_DATA / "osm/london.osm.pbf"
    published = {
        part: _import("greater-london", f"osm-{part}", file).published
        for part in ("road", "rail", "station", "water-area", "green", "building", "place")
    }
    assert published["road"] > 2_500
    assert published["building"] > 2_000
    assert all(published.values()), published


def test_the_licence_of_openstreetmap_comes_with_it() -> None:
    _import("leeds", "osm-road", SHARED_DATA / "osm/its-example.osm.pbf")
    layer = Layer.objects.get(slug="osm-road")
    assert layer.licence.startswith("Open Database License")
    assert "OpenStreetMap contributors" in layer.attribution
    assert layer.role == "basemap-road"


def test_what_is_left_out_on_purpose_is_counted() -> None:
    report = _import("leeds", "osm-road", SHARED_DATA / "osm/its-example.osm.pbf")
    run = ImportRun.objects.first()
    assert run is not None
    assert report.rows_read == report.published + report.quarantined == 189
    kinds = set(run.quarantined_rows.values_list("kind", flat=True))
    assert kinds == {"FILTERED"}


def _spoilt(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_torn_or_damaged_extract_publishes_nothing(tmp_path: Path) -> None:
    whole = (SHARED_DATA / "osm/its-example.osm.pbf").read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 0x5A]) + whole[middle + 1 :]
    for name, content in (
        ("torn.osm.pbf", whole[:middle]),
        ("flipped.osm.pbf", flipped),
        ("longer.osm.pbf", whole + b"\x00\x00\x00\x40more"),
    ):
        report = _import("leeds", "osm-road", _spoilt(tmp_path, name, content))
        assert (report.outcome, report.code) == ("unreadable", "FILE-CORRUPT"), name
    assert not Layer.objects.filter(published_edition__isnull=False).exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<?xml version='1.0'?><osmChange version='0.6'></osmChange>", "FMT-MISMATCH"),
        (b"<?xml version='1.0'?><osm version='0.6'><node id='1' lat='1' lon='1'/>", "XML-SYNTAX"),
        (b"<?xml version='1.0'?><!DOCTYPE osm [<!ENTITY a 'b'>]><osm></osm>", "XML-DTD"),
        (b"<?xml version='1.0'?><osm version='0.6'></osm>", "NO-ROWS"),
        (b"<?xml version='1.0'?><html><body>Sign in</body></html>", "FMT-MISMATCH"),
    ],
)
def test_xml_that_is_no_extract_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    report = _import("bristol", "osm-road", _spoilt(tmp_path, "extract.osm", content))
    assert report.code == code, report.reason
    assert report.published == 0
