"""What lies under the maps: our own tiles, another host's pictures, or pictures that fail."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from maps.basemap_palettes import PALETTES
from tests.browser.sample_service import serving_otherwise
from tests.browser.visit import Visit

HOST = "tiles.example.org"
PICTURES = {
    "BASEMAP": "xyz",
    "BASEMAP_URL": f"https://{HOST}/{{z}}/{{x}}/{{y}}.png",
    "BASEMAP_ATTRIBUTION": "© Somebody Else",
}
_FAILED = "could not be loaded"
_AT_CENTRE = "#15/52.4793/-1.8985"
# One grey pixel.
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6368686868000003030180fb2b0d300000000049454e44ae426082"
)
_COLOURS = """() => {
    const found = new Set()
    for (const canvas of document.querySelectorAll('.map-tile canvas')) {
        const { width, height } = canvas
        const copy = Object.assign(document.createElement('canvas'), { width, height })
        const context = copy.getContext('2d', { willReadFrequently: true })
        context.drawImage(canvas, 0, 0)
        const { data } = context.getImageData(0, 0, width, height)
        for (let i = 0; i < data.length; i += 4) {
            if (data[i + 3] !== 255) continue
            const parts = [0, 1, 2].map((n) => data[i + n].toString(16).padStart(2, '0'))
            found.add('#' + parts.join(''))
        }
    }
    return [...found]
}"""


def _wait_for_colours(page: Page, theme: str, names: tuple[str, ...]) -> None:
    palette = PALETTES[theme]  # type: ignore[index]  # light or dark
    wanted = [palette[name] for name in names]
    all_found = f"(wanted) => (({_COLOURS})()).filter((c) => wanted.includes(c)).length"
    page.wait_for_function(f"(wanted) => ({all_found})(wanted) === wanted.length", arg=wanted)


@pytest.mark.parametrize("path", ["/layers/libraries", "/embed/libraries"])
def test_our_own_is_drawn_in_the_colours_of_the_scheme_and_asks_nobody(
    visit: Callable[..., Visit], path: str
) -> None:
    tab = visit()
    page = tab.open(path)

    _wait_for_colours(page, "light", ("water", "a-road", "motorway"))
    page.emulate_media(color_scheme="dark")
    _wait_for_colours(page, "dark", ("water", "a-road", "motorway"))

    assert "Contains OS data" in page.locator(".map-block__source").inner_text()
    assert page.locator(".map-block__basemap-status").inner_text() == ""
    assert tab.foreign_requests == []
    assert tab.complaints == []


def test_names_of_wards_give_way_to_those_of_the_background(visit: Callable[..., Visit]) -> None:
    page = visit().open("/map#13.5/52.4793/-1.8985")
    ward = page.locator(".map-label span", has_text="Bordesley & Highgate")

    # Where Bordesley is written.
    expect(ward).to_have_css("visibility", "hidden")
    expect(page.locator(".map-label span", has_text="Ladywood").last).to_be_visible()
    page.get_by_label("Off", exact=True).check()

    expect(ward).to_be_visible()


def test_without_its_rules_the_map_goes_on_and_says_so(visit: Callable[..., Visit]) -> None:
    tab = visit()
    tab.page.route("**/map/basemap/*.json", lambda route: route.abort())

    page = tab.open("/layers/libraries")

    line = page.locator(".map-block__basemap-status")
    line.filter(has_text="The background map could not be loaded.").wait_for()
    assert page.locator("path.map-ward").count() > 10


@pytest.mark.parametrize("path", ["/map?layer=libraries", "/layers/libraries"])
def test_tiles_of_the_background_that_fail_are_said_until_they_are_had(
    visit: Callable[..., Visit], path: str
) -> None:
    tab = visit()
    tab.page.route("**/tiles/basemap/**", _fail)

    page = tab.open(path)

    line = page.locator(".map-block__basemap-status")
    expect(line).to_have_text(re.compile("The background map could not be loaded"))
    assert page.locator("path.map-ward").count() > 10

    tab.page.unroute("**/tiles/basemap/**")
    page.get_by_role("button", name="Zoom in").click()

    expect(line).to_have_text("")


def test_the_printed_map_names_what_lies_under_it(visit: Callable[..., Visit]) -> None:
    page = visit().open(f"/map?layer=libraries{_AT_CENTRE}")
    _wait_for_colours(page, "light", ("water",))

    page.emulate_media(media="print")

    source = page.locator(".map-block__source")
    assert page.locator(".map-block__canvas").is_visible()
    assert source.is_visible()
    assert "Contains OS data" in source.inner_text()


@pytest.fixture(scope="module")
def elsewhere(service: str, service_folder: Path) -> Iterator[str]:
    """The service with pictures of another host under its maps."""
    with serving_otherwise(service_folder, PICTURES) as address:
        yield address


@pytest.fixture
def tab(browser: Browser, elsewhere: str) -> Iterator[Visit]:
    made = Visit(browser, elsewhere)
    yield made
    made.close()


def test_pictures_come_from_their_host_alone(tab: Visit) -> None:
    tab.page.route(
        f"https://{HOST}/**", lambda route: route.fulfill(body=_PIXEL, content_type="image/png")
    )
    page = tab.open("/layers/libraries")
    page.wait_for_selector(".leaflet-tile-loaded")

    assert {urlsplit(address).hostname for address in tab.foreign_requests} == {HOST}
    assert page.locator(".map-block__source").inner_text() == "© Somebody Else"
    assert page.locator(".map-block__basemap-status").inner_text() == ""
    assert tab.complaints == []


def _fail(route: Route) -> None:
    route.abort()


def test_the_map_of_all_layers_says_that_pictures_failed(tab: Visit) -> None:
    tab.page.route(f"https://{HOST}/**", _fail)
    page = tab.open("/map?layer=parks")
    line = page.locator(".map-block__basemap-status")
    line.filter(has_text=_FAILED).wait_for()

    page.locator(".map-block__status", has_text="The map shows all layers").wait_for()
    assert page.locator(".map-tile canvas").count() > 0
    page.get_by_label("Off", exact=True).check()
    assert line.inner_text() == ""


def test_the_map_of_all_layers_stays_at_zooms_at_which_pictures_are_sharp(tab: Visit) -> None:
    tab.page.route(
        f"https://{HOST}/**", lambda route: route.fulfill(body=_PIXEL, content_type="image/png")
    )
    page = tab.page

    page.goto("/map?layer=parks")
    page.wait_for_selector("img.leaflet-tile-loaded")

    widths = page.locator("img.leaflet-tile-loaded").evaluate_all(
        "(all) => all.map((picture) => picture.getBoundingClientRect().width)"
    )
    assert set(widths) == {256}


def test_pictures_that_fail_are_said_and_everything_else_is_there(tab: Visit) -> None:
    tab.page.route(f"https://{HOST}/**", _fail)
    page = tab.open("/layers/libraries")
    line = page.locator(".map-block__basemap-status")
    line.filter(has_text=_FAILED).wait_for()

    assert HOST in line.inner_text()
    assert page.locator("path.map-feature, .map-tile canvas").count() > 0
    assert page.locator("path.map-ward").count() > 10


def test_privacy_says_who_is_asked(tab: Visit, visit: Callable[..., Visit]) -> None:
    assert HOST in tab.open("/privacy").inner_text("main")
    assert HOST not in visit().open("/privacy").inner_text("main")
