"""What a page costs a phone before it can be read, and what comes only when it is wanted."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Response, expect

from tests.browser.visit import Visit

# A phone of 375 by 812. Everything counts that is asked for until the page is at rest, without
# scrolling, as it is sent.
FIRST_VIEW_BYTES = {
    "/": 85_000,
    "/my-area/B11BB": 85_000,
    "/my-area/B11BB?words=easy": 75_000,
}
# What a page asks for by itself, later than this after its load, is no part of its first view.
_AT_REST_MS = 1_500
_DRAWING = "**/map-in-view*.js"


def _transferred(page: Page, path: str) -> dict[str, int]:
    """Return the compressed bytes of every answer that the first view needs, by path."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(_AT_REST_MS)
    page.wait_for_load_state("networkidle")
    sizes: dict[str, int] = {}
    for answer in answers:
        address = urlsplit(answer.url).path
        sizes[address] = sizes.get(address, 0) + answer.request.sizes()["responseBodySize"]
    return sizes


@pytest.mark.parametrize(("path", "most_bytes"), FIRST_VIEW_BYTES.items())
def test_the_first_view_fits_a_slow_line(
    visit: Callable[..., Visit], path: str, most_bytes: int
) -> None:
    sizes = _transferred(visit(width=375, height=812).page, path)

    assert sizes[urlsplit(path).path] > 1_000
    assert any(name.endswith(".woff2") for name in sizes)
    assert sum(sizes.values()) < most_bytes, sizes


def _note_drawing(page: Page) -> list[Request]:
    asked: list[Request] = []
    page.on("request", lambda each: asked.append(each) if "map-in-view" in each.url else None)
    return asked


def test_a_map_is_drawn_when_somebody_comes_to_it(visit: Callable[..., Visit]) -> None:
    page = visit(width=375, height=812).page
    asked = _note_drawing(page)
    page.goto("/my-area/B11BB")
    page.wait_for_load_state("networkidle")
    stage = page.locator(".map-block__stage")
    room = stage.bounding_box()

    assert asked == []
    assert room is not None and room["height"] > 300
    page.locator(".map-block").scroll_into_view_if_needed()

    expect(page.locator(".map-marker").first).to_be_attached()
    expect(page.locator(".map-block__needs-script")).to_have_count(0)
    after = stage.bounding_box()
    assert after is not None and after["height"] == room["height"]
    assert len(asked) == 1


def test_showing_an_item_brings_the_map_to_it(visit: Callable[..., Visit]) -> None:
    page = visit(width=375, height=812).page
    asked = _note_drawing(page)
    page.goto("/my-area/B11BB")
    button = page.locator("[data-map-item]").last.get_by_role("button")
    expect(button).to_be_visible()
    assert asked == []

    # Without the scrolling of a real press, which may bring the map by itself.
    button.evaluate("button => button.focus({ preventScroll: true })")
    button.evaluate("button => button.click()")

    popup = page.locator(".map-popup")
    expect(popup).to_be_focused()
    name = page.locator("[data-map-item] [data-map-name]").last.inner_text()
    expect(popup).to_contain_text(name)
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    expect(button).to_be_focused()


def test_a_map_that_cannot_be_loaded_says_so_and_is_tried_again(
    visit: Callable[..., Visit],
) -> None:
    page = visit(width=375, height=812).page
    page.route(_DRAWING, lambda route: route.abort())
    page.goto("/my-area/B11BB")
    page.locator(".map-block").scroll_into_view_if_needed()

    status = page.locator(".map-block__status")
    expect(status).to_contain_text("The map could not be loaded.")
    assert "Loading" not in page.locator(".map-block").inner_text()
    page.unroute(_DRAWING)
    retry = page.get_by_role("button", name="Try the map again")
    retry.press("Enter")

    expect(page.locator(".map-marker").first).to_be_attached()
    expect(status).to_contain_text("in view")
    expect(retry).to_be_hidden()
    expect(page.locator(".map-block__canvas")).to_be_focused()


def test_while_it_is_loading_that_is_said_in_its_place(visit: Callable[..., Visit]) -> None:
    page = visit(width=375, height=812).page
    held: list[Callable[[], None]] = []
    page.route(_DRAWING, lambda route: held.append(route.continue_))
    page.goto("/my-area/B11BB")
    page.locator(".map-block").scroll_into_view_if_needed()

    note = page.locator(".map-block__needs-script")
    expect(note).to_have_text("Loading the map…")
    expect(note).to_be_visible()
    held[0]()

    expect(page.locator(".map-marker").first).to_be_attached()
    expect(note).to_have_count(0)
