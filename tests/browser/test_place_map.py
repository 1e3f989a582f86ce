"""The map of a place says what its lists say, to pointer and keyboard alike."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import Visit


@pytest.fixture
def page(visit: Callable[..., Visit]) -> Page:
    return visit().open("/my-area/B11BB")


def test_map_and_lists_hold_the_same_numbers(page: Page) -> None:
    listed = page.locator("[data-map-item] > .symbol").all_inner_texts()

    mapped = page.locator(".map-marker .symbol").all_text_contents()

    assert listed == [str(number) for number in range(1, len(listed) + 1)]
    assert mapped == listed


def test_every_sort_of_list_is_on_the_map_and_nothing_else(page: Page) -> None:
    sections = ("near-waste", "near-leisure", "schools", "planning")
    listed = [page.locator(f".area-section--{each} [data-map-item]").count() for each in sections]
    every = page.locator(".area-section [data-map-item]").count()

    assert all(listed), dict(zip(sections, listed, strict=True))
    assert page.locator(".map-marker .symbol").count() == every
    assert page.locator("[data-map-item]").count() == every


def test_numbers_are_of_one_shape_within_a_list_and_on_the_map(page: Page) -> None:
    listed = page.locator("[data-map-item] > .symbol").evaluate_all(
        "marks => marks.map(mark => mark.className)"
    )

    mapped = page.locator(".map-marker .symbol").evaluate_all(
        "marks => marks.map(mark => mark.className)"
    )

    assert mapped == listed


def test_the_legend_has_the_shape_of_every_list(page: Page) -> None:
    listed = page.locator("[data-map-item] > .symbol").evaluate_all(
        "marks => [...new Set(marks.map(mark => mark.className))]"
    )

    explained = page.locator(".map-block__legend .symbol").evaluate_all(
        "marks => marks.map(mark => mark.className)"
    )

    assert sorted(explained) == sorted(listed)


def test_show_on_map_says_the_item_again_and_escape_goes_back(page: Page) -> None:
    item = page.locator("[data-map-item]").first
    button = item.get_by_role("button")

    button.focus()
    page.keyboard.press("Enter")
    popup = page.locator(".map-popup")
    expect(popup).to_be_focused()
    expect(popup).to_contain_text(item.locator("[data-map-name]").inner_text())
    expect(popup).to_contain_text(item.locator(".nearest__distance").inner_text())
    page.keyboard.press("Escape")

    expect(popup).to_have_count(0)
    expect(button).to_be_focused()


def test_the_map_is_one_named_stop_and_can_be_skipped(page: Page) -> None:
    canvas = page.locator(".map-block__canvas")
    page.get_by_role("link", name="Skip the map").focus()
    page.keyboard.press("Tab")
    expect(canvas).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Zoom in")).to_be_focused()

    page.get_by_role("link", name="Skip the map").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#after-map")).to_be_focused()
    assert canvas.get_attribute("role") == "region"
    assert "Map around B1 1BB" in (canvas.get_attribute("aria-label") or "")


def test_buttons_move_the_map_without_dragging(page: Page) -> None:
    status = page.locator(".map-block__status")
    at_start = status.inner_text()

    for _ in range(3):
        page.get_by_role("button", name="Move north").click()
    expect(status).not_to_have_text(at_start)
    page.get_by_role("button", name="Reset").click()

    expect(status).to_have_text(at_start)


@pytest.mark.parametrize("name", ["Zoom in", "Move west", "Reset"])
def test_buttons_are_large_enough_for_a_thumb(page: Page, name: str) -> None:
    box = page.get_by_role("button", name=name).bounding_box()

    assert box is not None
    assert box["width"] >= 44
    assert box["height"] >= 44


def test_paper_gets_the_lists_and_not_the_map(page: Page) -> None:
    page.emulate_media(media="print")

    expect(page.locator(".map-block")).to_be_hidden()
    expect(page.locator("[data-map-item]").first).to_be_visible()
    expect(page.locator(".govuk-generic-header__homepage-link")).to_have_css(
        "color", "rgb(0, 0, 0)"
    )
