"""The example for notebooks, against a live service, with geopandas and folium as they are."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

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


def test_it_shows_them_as_a_map(notebook: Any, service: str) -> None:
    web_map = notebook.show(notebook.read_layer(service, "wards"), colour="#b10e1e")
    page = web_map.get_root().render()
    assert "geo_json" in page
    assert "tile.openstreetmap" not in page


def test_it_repeats_what_the_service_says_is_wrong(notebook: Any, service: str) -> None:
    with pytest.raises(ValueError, match="no queryable “height”"):
        notebook.read_layer(service, "wards", filter="height > 2")
