"""Suggestions under the search box: for keyboards, screen readers and fingers, and never needed."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.visit import Scheme, Visit, accessibility_faults


def _type(page: Page, text: str) -> None:
    page.get_by_label("Postcode, street or address").press_sequentially(text, delay=20)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")])
def test_typing_suggests_places(visit: Callable[..., Visit], width: int, scheme: Scheme) -> None:
    tab = visit(width=width, scheme=scheme)
    page = tab.open("/")
    _type(page, "b1 1b")

    expect(page.get_by_role("option").first).to_contain_text("B1 1B")
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.complaints == []
    assert tab.foreign_requests == []


@pytest.mark.parametrize("path", ["/", "/my-area/", "/embed/my-area/"])
def test_suggestions_leave_the_button_free(visit: Callable[..., Visit], path: str) -> None:
    page = visit(width=320).open(path)
    _type(page, "b1 1bb")
    expect(page.get_by_role("option").first).to_be_visible()

    page.get_by_role("button", name="Search", exact=True).click(timeout=5000)

    page.wait_for_url("**/my-area/B11BB")


def test_a_suggestion_is_chosen_by_keyboard(visit: Callable[..., Visit]) -> None:
    page = visit().open("/")
    _type(page, "b1 1bb")
    expect(page.get_by_role("option").first).to_contain_text("B1 1BB")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/my-area/B11BB")


def test_enter_searches_for_what_was_typed(visit: Callable[..., Visit]) -> None:
    page = visit().open("/my-area/")
    _type(page, "B1 1BB")
    page.keyboard.press("Enter")

    page.wait_for_url("**/my-area/B11BB")


def test_enter_searches_while_suggestions_are_open(visit: Callable[..., Visit]) -> None:
    page = visit().open("/")
    _type(page, "B1 1BB")
    expect(page.get_by_role("option").first).to_be_visible()

    page.keyboard.press("Enter")

    page.wait_for_url("**/my-area/B11BB")


def test_on_the_map_suggestions_lie_under_their_box_until_enter(
    visit: Callable[..., Visit],
) -> None:
    page = visit().open("/map")
    box = page.get_by_label("Go to a place")
    box.press_sequentially("B1 1BB", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    above = box.bounding_box()
    below = page.locator(".autocomplete__menu").bounding_box()
    assert above is not None and below is not None
    assert below["x"] == pytest.approx(above["x"], abs=2)
    assert below["y"] == pytest.approx(above["y"] + above["height"], abs=4)
    # Nothing of the map shows through: beside its words the last one has one colour.
    last = page.get_by_role("option").last.bounding_box()
    assert last is not None
    clip = {"x": last["x"] + 500, "y": last["y"] + 5, "width": 150, "height": last["height"] - 10}
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip)))
    assert len(picture.getcolors()) == 1

    page.keyboard.press("Enter")

    expect(page.locator("[data-place-status]")).to_have_text("Map moved to B1 1BB.")
    expect(page.get_by_role("option").first).to_be_hidden()
    expect(box).to_be_focused()


# Before the service is asked, and while it is.
@pytest.mark.parametrize("pause_ms", [0, 250])
@pytest.mark.parametrize("width", [1280, 390])
def test_on_the_map_no_suggestions_come_after_the_search(
    visit: Callable[..., Visit], width: int, pause_ms: int
) -> None:
    page = visit(width=width).open("/map")
    page.route("**/api/places**", lambda route: (page.wait_for_timeout(300), route.continue_()))
    box = page.get_by_label("Go to a place")
    expect(box).to_have_attribute("role", "combobox")
    box.press_sequentially("B1 1BB")
    page.wait_for_timeout(pause_ms)

    if width == 390:
        page.get_by_role("button", name="Go", exact=True).click()
    else:
        page.keyboard.press("Enter")

    expect(page.locator("[data-place-status]")).to_have_text("Map moved to B1 1BB.")
    page.wait_for_timeout(600)
    expect(page.get_by_role("option")).to_have_count(0)


def test_what_was_searched_for_stays_in_the_box(visit: Callable[..., Visit]) -> None:
    page = visit().open("/my-area/")
    _type(page, "no such place at all")
    page.get_by_role("button", name="Search", exact=True).click()

    box = page.get_by_label("Postcode, street or address")
    expect(box).to_have_value("no such place at all")
    expect(page.locator(".govuk-error-message")).to_be_visible()


def test_without_an_answer_the_form_still_works(visit: Callable[..., Visit]) -> None:
    page = visit().open("/")
    page.route("**/api/places**", lambda route: route.abort())
    _type(page, "B1 1BB")
    page.keyboard.press("Enter")

    page.wait_for_url("**/my-area/B11BB")


def test_a_name_with_markup_is_shown_as_text(visit: Callable[..., Visit]) -> None:
    page = visit().open("/")
    place = {"label": "<img src=x onerror=alert(1)> Road", "slug": "x", "detail": "<b>bold</b>"}
    page.route(
        "**/api/places**", lambda route: route.fulfill(json={"features": [{"properties": place}]})
    )
    _type(page, "road")

    expect(page.get_by_role("option").first).to_contain_text("<img src=x onerror=alert(1)> Road")
    assert page.locator(".autocomplete__menu img, .autocomplete__menu b").count() == 0


def test_one_question_is_asked_for_one_pause(visit: Callable[..., Visit]) -> None:
    page = visit().open("/")
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.url) if "places" in request.url else None
    )
    _type(page, "high street")
    expect(page.get_by_role("option").first).to_be_visible()

    assert len(asked) < len("high street") / 2
