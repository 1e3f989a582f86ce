"""A map in one file, opened from the disk: it asks nobody, and runs nothing of the data."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from maps.folium_page.exported_layer import ExportedLayer
from maps.folium_page.exported_map import write_map
from tests.browser.visit import accessibility_faults
from tests.unit.maps.published import make_published_layer

_RUN = "document.title='run'"
HOSTILE = f'</script><script>{_RUN}</script><img src=x onerror="{_RUN}">'
# How many of a layer's pixels are more opaque than `least`, in the order of the layers' panes.
_PAINTED = """(least = 0) => [...document.querySelectorAll('.map-tiles')].map((pane) => {
  let painted = 0
  for (const canvas of pane.querySelectorAll('.map-tile > canvas')) {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    for (let at = 3; at < data.length; at += 4) painted += data[at] > least
  }
  return painted
})"""
_ALL_PAINTED = f"() => ({_PAINTED})().every((painted) => painted > 0)"


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


def _write(file: Path, **style: str) -> Path:
    corners = [[-1.95, 52.42], [-1.85, 52.42], [-1.85, 52.5], [-1.95, 52.42]]
    layers = [
        _layer("Trees", {"type": "Point", "coordinates": [-1.94, 52.49]}, 5, symbol="triangle"),
        _layer("Zones", {"type": "Polygon", "coordinates": [corners]}, 1, **style),
    ]
    file.write_text(write_map(layers, "Trees and zones"), encoding="utf-8")
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return _write(tmp_path / "map.html", line="dashed")


def _open(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.wait_for_function(_ALL_PAINTED)


def test_it_asks_nobody_for_anything_and_runs_nothing_of_the_data(
    browser: Browser, file: Path
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    _open(page, file)
    page.locator("summary").first.click()
    page.locator(".exported__list button").first.click()

    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert complaints == []
    assert page.title() == "Trees and zones"
    assert HOSTILE in page.locator(".map-popup").inner_text()
    page.close()


def test_layers_are_listed_and_switched_off(browser: Browser, file: Path) -> None:
    page = browser.new_page()
    _open(page, file)
    status = page.locator("[role=status]")

    assert len(page.evaluate(_PAINTED)) == 2
    expect(status).to_have_text("Features on the map: 6.")
    page.locator("input").first.uncheck()
    expect(status).to_have_text("Features on the map: 1.")
    assert len(page.evaluate(_PAINTED)) == 1
    page.locator("input").last.uncheck()
    expect(status).to_have_text("Nothing is on the map: every layer is switched off.")
    page.close()


def test_what_is_clicked_says_what_it_is(browser: Browser, file: Path) -> None:
    page = browser.new_page()
    _open(page, file)
    canvas = page.locator(".map-block__canvas")
    box = canvas.bounding_box()
    assert box
    middle = {"x": box["width"] / 2, "y": box["height"] / 2}

    canvas.click(position={"x": 8, "y": box["height"] - 8})
    expect(page.locator(".map-popup")).to_have_count(0)
    # The middle lies on the longest side of the zone.
    canvas.click(position=middle)
    expect(page.locator(".map-popup")).to_be_visible()
    expect(page.locator(".map-tile__marks")).not_to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".map-tile__marks")).to_have_count(0)
    page.close()


def test_areas_are_hatched_as_on_other_maps(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    zones = {}
    for fill in ("plain", "hatched", "none"):
        _open(page, _write(tmp_path / f"{fill}.html", fill=fill))
        zones[fill] = page.evaluate(_PAINTED)[1], page.evaluate(_PAINTED, 128)[1]
    page.close()

    # A plain area is faint but for its outline; a hatch is as strong as that.
    assert zones["plain"][0] > 4 * zones["none"][0]
    assert zones["hatched"][1] > 2 * zones["plain"][1]


def test_it_can_be_printed(browser: Browser, file: Path) -> None:
    page = browser.new_page()
    _open(page, file)
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".map-block__canvas")).to_be_visible()
    expect(page.locator(".map-block__controls")).to_be_hidden()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_on_a_phone(browser: Browser, file: Path, scheme: str) -> None:
    # axe is no script of the page, which would refuse it.
    context = browser.new_context(
        bypass_csp=True, viewport={"width": 320, "height": 800}, color_scheme=scheme
    )
    page = context.new_page()
    _open(page, file)

    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
