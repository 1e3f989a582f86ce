"""From the search box to a place, with nothing of the search left behind in an address."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import Visit, accessibility_faults


def _search(page: Page, text: str) -> None:
    page.goto("/")
    page.get_by_label("Postcode, street or address").fill(text)
    page.get_by_role("button", name="Search").click()


@pytest.fixture
def street(visit: Callable[..., Visit]) -> str:
    """A street that the sample city has addresses in, read from a planning application."""
    page = visit().page
    found = page.request.get("/api/collections/planning-applications/items?limit=1").json()
    address = found["features"][0]["properties"]["address"]
    return re.sub(r"^\d+[A-Za-z]?\s+", "", address.split(",")[0])


@pytest.mark.parametrize("typed", ["B1 1BB", "b11bb", " b1  1bb "])
def test_a_postcode_leads_to_its_page(visit: Callable[..., Visit], typed: str) -> None:
    page = visit().page

    _search(page, typed)

    assert page.url.endswith("/my-area/B11BB")
    expect(page.get_by_role("heading", level=1)).to_have_text("B1 1BB")


def test_a_street_gives_a_choice_of_its_addresses(visit: Callable[..., Visit], street: str) -> None:
    page = visit(width=320).page

    _search(page, street)

    choices = page.locator(".result-list__item a")
    assert choices.count() > 1
    assert all(street in text for text in choices.all_inner_texts())
    assert accessibility_faults(page) == []
    assert "?" not in page.url


def test_back_from_a_wrong_choice_shows_the_choices_again(
    visit: Callable[..., Visit], street: str
) -> None:
    page = visit().page
    _search(page, street)
    choices = page.locator(".result-list__item a")
    expected = choices.all_inner_texts()
    choices.first.click()

    page.go_back()

    assert page.locator(".result-list__item a").all_inner_texts() == expected


def test_a_number_that_a_street_has_not_gives_what_it_has(
    visit: Callable[..., Visit], street: str
) -> None:
    page = visit().page

    _search(page, f"9999 {street}")

    expect(page.get_by_text("We know no such number there")).to_be_visible()
    assert page.locator(".result-list__item a").count() > 1


def test_a_chosen_address_has_a_page(visit: Callable[..., Visit], street: str) -> None:
    page = visit().page
    _search(page, street)
    chosen = page.locator(".result-list__item a").first
    label = chosen.inner_text()

    chosen.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(label)
    assert "/my-area/uprn-" in page.url


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Enter a postcode, street or address"),
        ("ZZ1 1ZZ", "We do not know the postcode ZZ1 1ZZ"),
        ("<b>nowhere</b>", "We found no place called “<b>nowhere</b>”"),
    ],
)
def test_what_is_not_found_is_said_with_help(
    visit: Callable[..., Visit], typed: str, message: str
) -> None:
    tab = visit()

    _search(tab.page, typed)

    expect(tab.page.locator(".govuk-error-summary")).to_be_focused()
    expect(tab.page.locator(".govuk-error-summary a")).to_have_text(message)
    expect(tab.page.get_by_text("Enter a full UK postcode, like B1 1BB")).to_be_visible()
    assert tab.page.title().startswith("Error:")
    assert accessibility_faults(tab.page) == []
    assert tab.complaints == []


def test_the_page_of_a_place_is_kept_by_no_cache_and_no_index(
    visit: Callable[..., Visit],
) -> None:
    page = visit().page

    response = page.goto("/my-area/B11BB")

    assert response is not None
    assert "no-store" in response.headers["cache-control"]
    assert response.headers["referrer-policy"] == "no-referrer"
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"


def test_another_spelling_of_a_postcode_leads_to_the_one_address(
    visit: Callable[..., Visit],
) -> None:
    page = visit().page

    page.goto("/my-area/b1%201bb")

    assert page.url.endswith("/my-area/B11BB")
