"""The example for notebooks, against a live service, with geopandas and folium as they are."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import geopandas
import pytest
from playwright.sync_api import Browser, expect
from shapely import Point

EXAMPLE = Path(__file__).resolve().parents[2] / "docs/developers/examples/notebook.py"


@pytest.fixture(scope="module")
def notebook() -> Any:
    spec = spec_from_file_location("notebook", EXAMPLE)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_reads_every_page_of_a_layer(notebook: Any, service: str) -> None:
    applications = notebook.read_layer(service, "planning-applications")

    assert len(applications) == 3001
    assert applications.crs == "EPSG:4326"
    live = notebook.read_layer(service, "planning-applications", filter="status = 'live'")
    assert 0 < len(live) < 3001
    assert set(live.status) == {"live"}


def test_it_reads_a_search_of_applications(notebook: Any, service: str) -> None:
    found = notebook.read_applications(service, q="oak tree")
    assert len(found)
    assert all("oak tree" in text for text in found.description)
    assert notebook.read_applications(service, q="zeppelin").empty


def test_it_shows_them_as_a_map_and_asks_the_service_alone(
    notebook: Any, service: str, browser: Browser, tmp_path: Path
) -> None:
    wards = notebook.read_layer(service, "wards")
    file = tmp_path / "map.html"
    notebook.show(wards[wards.name > "M"], colour="#b10e1e").save(file)
    asked: list[str] = []
    faults: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))

    page.goto(file.as_uri())

    expect(page.locator("path.leaflet-interactive")).to_have_count(sum(wards.name > "M"))
    page.locator("path.leaflet-interactive").first.dispatch_event("click")
    expect(page.locator(".leaflet-popup-content")).to_contain_text("E0")
    page.close()
    assert faults == []
    assert {url for url in asked if not url.startswith((service, "file:", "data:"))} == set()


def test_it_asks_nobody_else_when_it_does_not_know_the_service(notebook: Any) -> None:
    own = geopandas.GeoDataFrame(geometry=[Point(-1.9, 52.48)], crs="EPSG:4326")

    with pytest.raises(ValueError, match="Say whose Leaflet to use"):
        notebook.show(own)

    page = notebook.show(own, service="https://maps.example.gov.uk").get_root().render()
    assert "https://maps.example.gov.uk/static/exported.js" in page


def test_it_repeats_what_the_service_says_is_wrong(notebook: Any, service: str) -> None:
    with pytest.raises(ValueError, match="no queryable “height”"):
        notebook.read_layer(service, "wards", filter="height > 2")
