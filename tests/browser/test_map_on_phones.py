"""The map of all layers where its panel is below it: what a tap finds stays beside the map."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import Visit, accessibility_faults

_PHONE = {"width": 390, "height": 844}
_AT_CENTRE = "#15/52.4793/-1.8985"


def _tap_the_middle(page: Page) -> None:
    page.locator(".map-block__canvas").click()
    expect(page.locator("#here-title")).to_be_focused()
    expect(page.locator("[data-answer] [data-here]")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640)])
def test_what_is_here_comes_onto_the_screen_and_the_place_stays(
    visit: Callable[..., Visit], width: int, height: int
) -> None:
    page = visit(width=width, height=height).open(f"/map?layer=wards&layer=schools{_AT_CENTRE}")

    _tap_the_middle(page)

    for part in ("#here-title", "[data-here] .map-here-list__place", ".map-asked"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    assert accessibility_faults(page) == []

    page.get_by_role("button", name="Close").click()

    expect(page.locator("[data-answers]")).to_be_hidden()
    expect(page.locator(".map-block__canvas")).to_be_focused()
    expect(page.locator(".map-block__canvas")).to_be_in_viewport(ratio=0.95)


def test_beside_a_wide_map_what_is_here_stands_in_the_panel(visit: Callable[..., Visit]) -> None:
    page = visit(**_PHONE).open(f"/map?layer=wards{_AT_CENTRE}")
    _tap_the_middle(page)
    page.set_viewport_size({"width": 1280, "height": 900})

    _tap_the_middle(page)

    expect(page.locator(".web-map__side [data-answers]")).to_be_visible()


def test_the_source_of_the_ground_is_named_once(visit: Callable[..., Visit]) -> None:
    page = visit(**_PHONE).open("/map?layer=wards")
    attribution = page.locator(".map-block__attribution")
    expect(attribution).to_have_text(re.compile("Wards: "))
    assert attribution.inner_text().count("Wards: ") == 1

    page.get_by_role("button", name="Remove Wards").click()

    expect(page.locator("[data-attributions]")).to_be_empty()
    assert attribution.inner_text().count("Wards: ") == 1


def test_all_tools_are_as_high_and_have_no_gap(visit: Callable[..., Visit]) -> None:
    page = visit(**_PHONE).open("/map")
    tools = page.locator(".map-tools").first.locator(".map-block__button")
    expect(page.get_by_role("button", name="Share this map")).to_be_visible()

    heights = tools.evaluate_all("(all) => all.map((tool) => tool.getBoundingClientRect().height)")
    assert len(set(heights)) == 1, heights
    print_link = page.locator("[data-print]")
    empty_px = print_link.evaluate("""(link) => {
        const words = document.createRange()
        words.selectNodeContents(link)
        const [all, text] = [link, words].map((part) => part.getBoundingClientRect())
        return Math.abs((text.left - all.left) - (all.right - text.right))
    }""")
    assert empty_px < 1


@pytest.mark.parametrize("zoom", [12, 14])
def test_the_scale_and_whose_map_it_is_stay_in_their_places(
    visit: Callable[..., Visit], zoom: int
) -> None:
    page = visit(width=320, height=740).open(f"/map#{zoom}/52.4793/-1.8985")
    source = page.locator(".map-block__source")
    # As OpenStreetMap wants to be named.
    source.evaluate("(line) => { line.textContent += ' © (www.openstreetmap.org/copyright)' }")

    for part in (source, *page.locator(".leaflet-control-scale-line").all()):
        assert part.evaluate("(box) => box.scrollWidth <= box.clientWidth"), part.inner_text()
    ends, begins = source.bounding_box(), page.locator(".leaflet-control-scale").bounding_box()
    assert ends
    assert begins
    assert ends["x"] + ends["width"] <= begins["x"]


def test_a_hint_breaks_no_name_that_fits(visit: Callable[..., Visit]) -> None:
    page = visit(**_PHONE).open("/map?layer=wards#14/52.4793/-1.8985")
    page.wait_for_load_state("networkidle")

    page.locator(".map-block__canvas").hover(position={"x": 200, "y": 208})

    words = page.locator(".map-hint span")
    expect(words).to_have_text("Bordesley & Highgate")
    assert words.evaluate("(words) => words.getClientRects().length") == 1
