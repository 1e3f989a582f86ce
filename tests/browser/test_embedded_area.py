"""The search box on another site: it answers in its frame, grows with the answer, and leads out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.visit import Scheme, Visit, accessibility_faults

# A documentation address (RFC 2606), answered by the test itself.
_OTHER_SITE = "http://other-site.example/"


def _frame(tab: Visit, *, path: str = "/embed/my-area/", has_script: bool = True) -> Frame:
    page: Page = tab.page
    script = f'<script src="{tab.service}/embed/frame.js" async></script>' if has_script else ""
    html = (
        '<!DOCTYPE html><html lang="en"><title>Other</title>'
        f'<iframe title="Search" src="{tab.service}{path}" width="100%" height="200"></iframe>'
        f"{script}"
    )
    page.route(f"{_OTHER_SITE}**", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(_OTHER_SITE)
    return page.frames[1]


def _search(frame: Frame, text: str) -> None:
    frame.get_by_label("Postcode, street or address").fill(text)
    frame.get_by_role("button", name="Search", exact=True).click()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_a_search_is_answered_in_the_frame(
    visit: Callable[..., Visit], width: int, scheme: Scheme
) -> None:
    tab = visit(width=width, scheme=scheme)
    frame = _frame(tab)
    _search(frame, "b1 1bb")

    expect(frame.locator("h1")).to_have_text("B1 1BB")
    assert tab.page.url == _OTHER_SITE
    assert accessibility_faults(frame) == []
    assert [url for url in tab.foreign_requests if not url.startswith(_OTHER_SITE)] == []
    assert tab.complaints == []


def test_the_frame_is_as_tall_as_what_it_shows(visit: Callable[..., Visit]) -> None:
    tab = visit()
    frame = _frame(tab)
    _search(frame, "b1 1bb")
    expect(frame.locator("h1")).to_have_text("B1 1BB")
    # Typefaces and the map change its height once more.
    frame.wait_for_load_state("networkidle")

    tall = frame.evaluate("document.documentElement.getBoundingClientRect().height")
    tab.page.wait_for_function(
        "(tall) => Math.abs(document.querySelector('iframe').clientHeight - tall) < 2", arg=tall
    )
    assert tall > 200


def test_other_sites_cannot_give_the_frame_a_height(visit: Callable[..., Visit]) -> None:
    tab = visit()
    frame = _frame(tab)
    expect(frame.locator("h1")).to_be_visible()
    tab.page.wait_for_function("document.querySelector('iframe').style.height !== ''")
    before = tab.page.evaluate("document.querySelector('iframe').style.height")

    tab.page.evaluate("window.postMessage({ councilMapsHeight: 9000 }, '*')")
    tab.page.wait_for_timeout(100)

    assert tab.page.evaluate("document.querySelector('iframe').style.height") == before


def test_without_any_script_it_answers_too(visit: Callable[..., Visit]) -> None:
    tab = visit(java_script=False)
    frame = _frame(tab, has_script=False)
    _search(frame, "no such place at all")

    expect(frame.locator(".govuk-error-message")).to_contain_text("We found no place")


def test_links_leave_the_frame(visit: Callable[..., Visit]) -> None:
    tab = visit()
    frame = _frame(tab, path="/embed/my-area/B11BB")

    frame.get_by_role("link", name="Everything about this place").click()
    tab.page.wait_for_url(f"{tab.service}/my-area/B11BB")


def test_several_places_are_chosen_from_in_the_frame(visit: Callable[..., Visit]) -> None:
    tab = visit()
    frame = _frame(tab, path="/embed/my-area/B11BB")
    frame.get_by_role("link", name="Look up another place").click()
    _search(frame, "high street")

    frame.locator(".result-list a").first.click()
    expect(frame.get_by_role("link", name="Everything about this place")).to_be_visible()
    assert tab.page.url == _OTHER_SITE


def test_an_unknown_place_is_said_to_be_unknown(visit: Callable[..., Visit]) -> None:
    frame = _frame(visit(), path="/embed/my-area/ZZ11ZZ")

    expect(frame.locator("h1")).to_contain_text("We do not know")
