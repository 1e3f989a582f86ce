"""What the reader of the page of a place can do with it, and that it holds still meanwhile."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit

# Web Vitals call 0.1 good; here hardly anything moves.
MOST_SHIFT = 0.01
_NOTE_SHIFTS = """
window.shifts = 0
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value
}).observe({ type: 'layout-shift', buffered: true })
"""


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_nothing_moves_while_it_loads(visit: Callable[..., Visit], width: int) -> None:
    tab = visit(width=width)
    tab.page.add_init_script(_NOTE_SHIFTS)

    page = tab.open("/my-area/B11BB")

    assert page.evaluate("window.shifts") <= MOST_SHIFT


def test_the_answer_is_in_the_document_itself(visit: Callable[..., Visit]) -> None:
    page = visit(width=375, java_script=False).page
    page.goto("/my-area/B11BB")

    summary = page.locator(".place__sentences")

    expect(summary).to_contain_text("Ladywood ward")
    expect(summary).to_be_in_viewport()
    expect(page.locator(".share__copy")).to_be_hidden()
    expect(page.get_by_role("link", name="Link to this page")).to_be_visible()


def test_the_link_is_copied_and_that_is_said(visit: Callable[..., Visit]) -> None:
    tab = visit()
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = tab.open("/my-area/B11BB")

    page.get_by_role("button", name="Share or copy the link").click()

    expect(page.locator(".share [role=status]")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{tab.service}/my-area/B11BB"


def test_the_device_s_own_menu_is_used_where_there_is_one(visit: Callable[..., Visit]) -> None:
    tab = visit()
    tab.page.add_init_script(
        "navigator.share = (what) => { window.shared = what; return Promise.resolve() }"
    )
    page = tab.open("/my-area/B11BB")

    page.get_by_role("button", name="Share or copy the link").click()

    page.wait_for_function("window.shared")
    assert page.evaluate("window.shared") == {
        "title": "B1 1BB",
        "url": f"{tab.service}/my-area/B11BB",
    }


def test_the_easy_read_version_is_larger_and_leads_back(visit: Callable[..., Visit]) -> None:
    page = visit(width=375).open("/my-area/B11BB")
    usual = page.locator(".nearest__distance").first.evaluate("e => getComputedStyle(e).fontSize")

    page.get_by_role("link", name="Easy read version").click()

    line = page.locator(".easy__line").first
    assert float(line.evaluate("e => getComputedStyle(e).fontSize")[:-2]) > float(usual[:-2])
    page.get_by_role("link", name="Full version with a map").click()
    expect(page.locator(".map-block")).to_be_visible()


def test_paper_gets_the_answers_and_no_controls(visit: Callable[..., Visit]) -> None:
    page = visit().open("/my-area/B11BB")

    page.emulate_media(media="print")

    expect(page.locator(".place__sentences")).to_be_visible()
    expect(page.locator(".councillors__item").first).to_be_visible()
    for control in (".jumps", ".place__actions", ".nearest__show", ".map-block"):
        expect(page.locator(control).first).to_be_hidden()


@pytest.mark.parametrize("path", ["/my-area/B11BB", "/my-area/B11BB?words=easy"])
def test_at_four_hundred_percent_it_reflows(visit: Callable[..., Visit], path: str) -> None:
    # 1,280 pixels at 400 % are 320.
    page = visit(width=320).open(path)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_service_of_a_long_name_reflows_too(visit: Callable[..., Visit]) -> None:
    page = visit(width=320).open("/layers/")

    page.locator(".govuk-service-navigation__service-name a").evaluate(
        "link => { link.textContent = 'Bath and North East Somerset Council Maps' }"
    )

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
