"""A map in one file, opened from the disk: it asks nobody, and runs nothing of the data."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from maps.folium_page.exported_layer import ExportedLayer
from maps.folium_page.exported_map import write_map
from tests.browser.visit import accessibility_faults
from tests.unit.maps.published import make_published_layer

_RUN = "document.title='run'"
HOSTILE = f'</script><script>{_RUN}</script><img src=x onerror="{_RUN}">'


def _layer(title: str, geometry: dict[str, object], count: int, **style: str) -> ExportedLayer:
    features = [
        {"type": "Feature", "id": str(n), "geometry": geometry, "properties": {"name": HOSTILE}}
        for n in range(count)
    ]
    layer = make_published_layer(
        title.lower(),
        title=title,
        geometry_type=geometry["type"],
        title_field="name",
        style=style,
        extent_4326=(-1.95, 52.42, -1.85, 52.5),
    )
    return ExportedLayer(layer, count, json.dumps(features)[1:-1].encode())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    corners = [[-1.95, 52.42], [-1.85, 52.42], [-1.85, 52.5], [-1.95, 52.42]]
    layers = [
        _layer("Trees", {"type": "Point", "coordinates": [-1.9, 52.45]}, 5, symbol="triangle"),
        _layer("Zones", {"type": "Polygon", "coordinates": [corners]}, 1, line="dashed"),
    ]
    path = tmp_path / "map.html"
    path.write_text(write_map(layers, "Trees and zones"), encoding="utf-8")
    return path


def test_it_asks_nobody_for_anything_and_runs_nothing_of_the_data(
    browser: Browser, file: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(file.as_uri())
    page.wait_for_selector(".leaflet-marker-pane svg", state="attached")
    page.locator("summary").first.click()
    page.locator(".exported__list button").first.click()

    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert complaints == []
    assert page.title() == "Trees and zones"
    assert page.locator(".leaflet-marker-pane svg").count() == 5
    assert page.locator(".leaflet-overlay-pane path").get_attribute("stroke-dasharray")
    assert HOSTILE in page.locator(".map-popup").inner_text()
    assert page.locator("[role=status]").inner_text() == "Features on the map: 6."
    page.locator("input").first.uncheck()
    assert page.locator("[role=status]").inner_text() == "Features on the map: 1."
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_on_a_phone(browser: Browser, file: Path, scheme: str) -> None:
    # axe is no script of the page, which would refuse it.
    context = browser.new_context(
        bypass_csp=True, viewport={"width": 320, "height": 800}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector(".leaflet-marker-pane svg", state="attached")

    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
