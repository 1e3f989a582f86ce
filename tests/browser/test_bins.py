"""Bin days as people use them: read, subscribed to, and printed."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import Visit
from tests.factories.calendar_file import events, read_calendar

HOME = "/bins/990000000017"
_A4_PT = (595, 842)


@pytest.fixture
def page(visit: Callable[..., Visit]) -> Page:
    return visit(java_script=False).page


def pdf_of(page: Page) -> bytes:
    """Return what a printer gets that leaves backgrounds out."""
    return page.pdf(prefer_css_page_size=True, print_background=False)


def sheets(pdf: bytes) -> list[tuple[int, int]]:
    """Return the width and height of each sheet in points."""
    pages = re.findall(rb"/Type\s*/Page\b(?!s)", pdf)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", pdf)
    assert len(boxes) == len(pages)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def test_the_next_collection_is_the_first_thing_said(page: Page) -> None:
    page.goto(HOME)

    expect(page.locator(".page-intro")).to_contain_text(re.compile(r"^Your .+ goe?s? "))
    first = page.locator(".bins__item").first
    day = date.fromisoformat(first.locator("time").get_attribute("datetime") or "")
    assert day >= date.today()
    assert f"{day:%A} {day.day} {day:%B}" in first.inner_text()


def test_the_calendar_that_the_button_names_is_one(page: Page) -> None:
    page.goto(HOME)
    button = page.get_by_role("link", name="Add to my calendar")
    address = (button.get_attribute("href") or "").replace("webcal:", "http:")

    response = page.request.get(address)

    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    days = {event["DTSTART"] for event in events(read_calendar(response.body()))}
    next_day = page.locator(".bins__item time").first.get_attribute("datetime") or ""
    assert next_day.replace("-", "") in days


def test_what_to_do_on_each_phone_opens_without_a_script(page: Page) -> None:
    page.goto(HOME)

    page.get_by_text("If nothing happens, or on a computer").click()

    expect(page.get_by_role("heading", name="Android phone with Google Calendar")).to_be_visible()


def test_the_year_prints_on_one_sheet_of_a4(page: Page) -> None:
    page.goto(HOME)
    page.get_by_role("link", name="A calendar of the year to print").click()

    [(width, height)] = sheets(pdf_of(page))

    assert abs(width - _A4_PT[0]) <= 1
    assert abs(height - _A4_PT[1]) <= 1


def test_the_printed_year_needs_no_colour(page: Page) -> None:
    page.goto(f"{HOME}/calendar")
    page.emulate_media(media="print")

    legend = page.locator(".bin-year__legend .bin-mark").all()
    letters = [mark.inner_text() for mark in legend]
    backgrounds = {
        mark.evaluate("(element) => getComputedStyle(element).backgroundColor") for mark in legend
    }

    assert len(set(letters)) == len(letters) > 1
    assert backgrounds == {"rgba(0, 0, 0, 0)"}
    expect(page.locator("header").first).to_be_hidden()


def test_the_list_of_days_prints_without_menus(page: Page) -> None:
    page.goto(HOME)
    page.emulate_media(media="print")

    expect(page.get_by_role("link", name="Add to my calendar")).to_be_hidden()
    expect(page.locator(".page-intro")).to_be_visible()
