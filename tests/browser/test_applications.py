"""The search of planning applications in a browser: by keyboard, by drawing, without scripts."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visit import Visit, accessibility_faults

PAGE = "/planning/applications"


def _total(text: str) -> int:
    found = re.search(r"[\d,]+", text)
    assert found
    return int(found.group().replace(",", ""))


def test_a_search_by_keyboard_leads_to_an_address_that_can_be_shared(
    visit: Callable[..., Visit],
) -> None:
    tab = visit()
    page = tab.open(PAGE)
    everything = _total(page.locator("#list-title").inner_text())

    page.locator("#field-q").focus()
    page.keyboard.type("extension rear")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#field-near").fill("B1 1BB")
    page.keyboard.press("Enter")
    page.wait_for_url("**/planning/applications?**")

    assert page.url.endswith("?q=extension+rear&near=B11BB&within=500&sort=newest")
    assert page.locator("#field-near").input_value() == "B1 1BB"
    assert _total(page.locator("#list-title").inner_text()) < everything
    assert tab.foreign_requests == []
    assert tab.complaints == []


def test_the_map_has_the_numbers_of_the_list_and_goes_on_with_them(
    visit: Callable[..., Visit],
) -> None:
    tab = visit()
    page = tab.open(PAGE)
    placed = page.locator(".nearest__item").filter(has_not_text="Not on the map")
    expect(page.locator(".map-marker")).to_have_count(placed.count())
    page.locator(".govuk-pagination__next a").click()
    expect(page.locator(".nearest__item .symbol").first).to_have_text("26")
    expect(page.locator(".map-marker")).to_have_count(placed.count())

    listed = page.locator(".nearest__item .symbol").all_inner_texts()
    on_the_map = placed.locator(".symbol").all_inner_texts()

    assert listed == [str(number) for number in range(26, 51)]
    assert len(on_the_map) >= 24
    assert sorted(page.locator(".map-marker").all_inner_texts()) == sorted(on_the_map)


def test_an_area_is_searched_as_it_is_drawn(visit: Callable[..., Visit]) -> None:
    tab = visit()
    page = tab.open(PAGE)
    everything = _total(page.locator("#list-title").inner_text())
    page.locator("[data-draw='corners']").click()
    box = page.locator(".map-block__canvas").bounding_box()
    assert box
    for across, down in ((0.35, 0.75), (0.65, 0.75), (0.5, 0.45)):
        page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
    page.locator("[data-draw='search']").click()
    page.wait_for_url("**shape=**")

    found = _total(page.locator("#list-title").inner_text())
    assert 0 < found < everything
    assert len(page.locator("#field-shape").input_value().split()) == 3
    # The map of what was found is drawn when somebody comes to it.
    page.locator(".map-block").scroll_into_view_if_needed()
    page.wait_for_selector("path.map-sketch--closed", state="attached")
    assert accessibility_faults(page) == []
    assert tab.complaints == []


def test_a_corner_may_lie_on_a_marker(visit: Callable[..., Visit]) -> None:
    page = visit().open(PAGE)
    page.locator("[data-draw='corners']").click()
    page.locator(".map-marker").first.click(force=True)

    expect(page.locator(".map-block__status")).to_contain_text("Corners: 1.")
    expect(page.locator(".map-popup")).to_have_count(0)
    page.locator("[data-draw='corners']").click()
    page.locator(".map-marker").first.click(force=True)
    expect(page.locator(".map-popup")).to_have_count(1)


def test_it_works_without_scripts(visit: Callable[..., Visit]) -> None:
    tab = visit(java_script=False, width=320)
    page = tab.open(PAGE)
    page.locator("summary", has_text="More ways").click()
    page.locator("#field-type").select_option("Full")
    page.locator("#field-ward").select_option(index=3)
    page.locator("button", has_text="Search").first.click()
    listed = _total(page.locator("#list-title").inner_text())

    page.locator("a", has_text="Counts and charts").click()

    assert "ward=" in page.url
    assert f"{listed} application" in page.locator(".place__sentence").inner_text()
    totals = page.locator(".bar-table tfoot td").all_text_contents()
    assert {_total(total) for total in totals} == {listed}
    assert page.locator(".columns-chart__drawing").get_attribute("aria-label")
