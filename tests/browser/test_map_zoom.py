"""How near the map is at first, and that it is sharp and right at zooms between whole ones."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visit import Visit

_READY = re.compile("The map shows all layers")
# How much of the map's width and height the wards take.
_SHARES_OF_THE_MAP = """() => {
    const map = document.querySelector('.web-map__canvas').getBoundingClientRect()
    const boxes = [...document.querySelectorAll('path.map-ward')]
      .map((ward) => ward.getBoundingClientRect())
    const across = (low, high) =>
      Math.max(...boxes.map((box) => box[high])) - Math.min(...boxes.map((box) => box[low]))
    return [across('left', 'right') / map.width, across('top', 'bottom') / map.height]
}"""
# By how many pixels a tile's canvas is larger or smaller than it is shown, at most.
_UNSHARP_PX = """() => Math.max(...[...document.querySelectorAll('.map-tile > canvas')]
    .map((canvas) => Math.abs(canvas.width - canvas.getBoundingClientRect().width)))"""


# By how many pixels what is painted is larger or smaller than its tile, at most.
_MISPLACED_PX = """() => Math.max(...[...document.querySelectorAll('.map-tile > canvas')]
    .map((canvas) => [canvas, canvas.parentElement].map((part) => part.getBoundingClientRect()))
    .map(([painted, tile]) => Math.abs(painted.width - tile.width)))"""


def _open(tab: Visit, path: str) -> Page:
    page = tab.page
    page.goto(path)
    expect(page.locator(".map-block__status")).to_have_text(_READY)
    return page


def test_the_whole_council_fills_the_map_at_first(visit: Callable[..., Visit]) -> None:
    page = visit().page
    page.goto("/map")
    expect(page.locator("path.map-ward").first).to_be_attached()

    shares = page.evaluate(_SHARES_OF_THE_MAP)

    # The next step, a quarter of a zoom, is 2 ** 0.25 = 1.19 times as large.
    assert 0.75 < max(shares) <= 1


def test_between_whole_zooms_tiles_are_painted_as_large_as_they_are_shown(
    visit: Callable[..., Visit],
) -> None:
    tab = visit()
    tab.page.emulate_media(reduced_motion="no-preference")
    page = _open(tab, "/map?layer=parks#13.5/52.4793/-1.8985")
    assert page.evaluate(_UNSHARP_PX) < 1
    page.locator(".map-block__canvas").focus()
    page.locator(".map-block__canvas").hover()

    # To another zoom that has the same tiles.
    page.mouse.wheel(0, -20)

    expect(page).to_have_url(re.compile(r"#13\.75/"))
    page.wait_for_function(f"() => ({_UNSHARP_PX})() < 1")


@pytest.mark.parametrize("path", ["/map?layer=parks", "/layers/parks", "/embed/parks"])
def test_what_is_painted_is_in_its_place_on_a_screen_of_fine_pixels(
    browser: Browser, service: str, path: str
) -> None:
    with browser.new_context(device_scale_factor=2, base_url=service) as context:
        page = context.new_page()

        page.goto(path)

        page.locator(".map-block").scroll_into_view_if_needed()
        expect(page.locator(".map-tile > canvas").first).to_be_attached()
        assert page.evaluate(_MISPLACED_PX) < 1


def test_between_whole_zooms_what_the_pointer_is_over_is_named(
    visit: Callable[..., Visit],
) -> None:
    page = _open(visit(), "/map?layer=schools#15.25/52.4793/-1.8985")
    # Until then it is the list of everywhere.
    expect(page.locator("[data-list-status]")).not_to_be_empty()
    listed = page.locator("[data-listed='schools'] .map-list__name").first
    name = listed.inner_text()
    page.get_by_role("button", name=f"Show on map {name}").click()
    expect(page.locator(".map-tile__marks")).to_have_count(1)

    # The middle, where it has been brought.
    page.locator(".map-block__canvas").hover()

    expect(page.locator(".map-hint")).to_have_text(name)
    expect(page).to_have_url(re.compile(r"#15\.25/"))
