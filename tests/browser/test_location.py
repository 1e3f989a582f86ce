"""“Use my location”: asked of the browser once for a press, and plain words where it is no use."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.visit import Visit, accessibility_faults

BUTTON = "Use my location"
# Counts how often the page asks the browser, and answers in its stead.
FAILING = """(code) => {
  window.timesAsked = 0
  navigator.geolocation.getCurrentPosition = (found, failed) => {
    window.timesAsked += 1
    failed({ code, PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3 })
  }
}"""
SILENT = """() => {
  window.timesAsked = 0
  navigator.geolocation.getCurrentPosition = () => { window.timesAsked += 1 }
}"""


@pytest.fixture
def tab(visit: Callable[..., Visit]) -> Visit:
    return visit()


@pytest.fixture
def context(tab: Visit) -> Iterator[BrowserContext]:
    yield tab.page.context


@pytest.fixture
def home(tab: Visit) -> dict[str, Any]:
    """Where a postcode of the sample city is."""
    page = tab.page
    found = page.request.get("/api/collections/postcodes/items/B11BB").json()
    longitude, latitude = found["geometry"]["coordinates"]
    return {"longitude": longitude, "latitude": latitude, "accuracy": 40}


def press(page: Page, path: str = "/") -> None:
    page.goto(path)
    page.get_by_role("button", name=BUTTON).click()


def status(page: Page) -> Any:
    return page.locator(".use-location").get_by_role("status")


@pytest.mark.parametrize("path", ["/", "/my-area/"])
def test_a_press_leads_to_the_addresses_near_with_no_position_in_any_address(
    tab: Visit, context: BrowserContext, home: dict[str, Any], path: str
) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation(home)
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url))

    press(tab.page, path)

    expect(tab.page.get_by_role("heading", level=1)).to_have_text("Addresses near you")
    expect(tab.page.get_by_text("to about 40 m")).to_be_visible()
    expect(tab.page.get_by_text("Ladywood").first).to_be_visible()
    assert tab.page.locator(".result-list__item a").count() > 3
    assert tab.page.url.endswith("/my-area/near")
    assert not [url for url in asked if "52." in url or "?lon" in url]
    assert str(home["longitude"])[:7] not in tab.page.content()
    assert tab.foreign_requests == []
    assert tab.complaints == []
    assert accessibility_faults(tab.page) == []


def test_a_chosen_address_has_its_page(
    tab: Visit, context: BrowserContext, home: dict[str, Any]
) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation(home)
    press(tab.page)
    chosen = tab.page.locator(".result-list__item a").first
    label = chosen.inner_text()

    chosen.click()

    expect(tab.page.get_by_role("heading", level=1)).to_have_text(label)


def test_back_from_the_answer_leaves_no_position_in_the_form(
    tab: Visit, context: BrowserContext, home: dict[str, Any]
) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation(home)
    press(tab.page)
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("Addresses near you")

    tab.page.go_back()

    expect(tab.page.get_by_role("button", name=BUTTON)).to_be_visible()
    fields = tab.page.locator(".use-location input[type=hidden]")
    assert [field.input_value() for field in fields.all()] == ["", "", ""]


def test_a_position_of_five_kilometres_is_not_sent_and_says_how_coarse_it_is(
    tab: Visit, context: BrowserContext, home: dict[str, Any]
) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation({**home, "accuracy": 5000})

    press(tab.page)

    expect(status(tab.page)).to_contain_text("only to about 5 km")
    expect(status(tab.page)).to_contain_text("type a postcode, street or address instead")
    assert tab.page.url.endswith("/")


def test_a_position_abroad_is_not_sent(tab: Visit, context: BrowserContext) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"longitude": 2.35, "latitude": 48.86, "accuracy": 10})

    press(tab.page)

    expect(status(tab.page)).to_contain_text("outside Great Britain")
    assert tab.page.url.endswith("/")


def test_a_browser_that_denies_leaves_the_text_field(tab: Visit) -> None:
    # No permission is granted: the browser of a test denies without asking anybody.
    press(tab.page)

    expect(status(tab.page)).to_contain_text("Your browser did not tell us where you are.")
    assert accessibility_faults(tab.page) == []
    tab.page.get_by_label("Postcode, street or address").fill("B1 1BB")
    tab.page.get_by_role("button", name="Search").click()
    assert tab.page.url.endswith("/my-area/B11BB")


@pytest.mark.parametrize(
    ("code", "words"),
    [(1, "did not tell us"), (2, "does not know where it is"), (3, "took too long")],
    ids=["denied", "unavailable", "timeout"],
)
def test_each_failure_has_its_own_words_and_is_not_repeated(
    tab: Visit, code: int, words: str
) -> None:
    tab.page.goto("/")
    tab.page.evaluate(FAILING, code)

    tab.page.get_by_role("button", name=BUTTON).click()
    expect(status(tab.page)).to_contain_text(words)
    tab.page.wait_for_timeout(300)
    asked_once = tab.page.evaluate("window.timesAsked")
    tab.page.get_by_role("button", name=BUTTON).click()

    assert (asked_once, tab.page.evaluate("window.timesAsked")) == (1, 2)


def test_pressing_again_while_it_asks_asks_no_second_time(tab: Visit) -> None:
    tab.page.goto("/")
    tab.page.evaluate(SILENT)

    for _ in range(3):
        tab.page.get_by_role("button", name=BUTTON).click()

    expect(status(tab.page)).to_have_text("Asking your device where you are.")
    assert tab.page.evaluate("window.timesAsked") == 1


def test_nothing_is_asked_before_a_press(tab: Visit) -> None:
    tab.page.add_init_script(f"({SILENT})()")

    tab.open("/")

    assert tab.page.evaluate("window.timesAsked") == 0


def test_every_page_with_the_button_may_ask_and_no_other_may(visit: Callable[..., Visit]) -> None:
    tab = visit()
    for path in ("/", "/my-area/", "/my-area/ZZ11ZZ", "/my-area/B11BB", "/layers/", "/privacy"):
        response = tab.page.goto(path)
        assert response is not None
        may_ask = "geolocation=(self)" in response.headers["permissions-policy"]

        has_button = tab.page.locator("[data-use-location]").count() == 1

        assert may_ask == has_button, path


def test_without_a_script_there_is_no_button(visit: Callable[..., Visit]) -> None:
    page = visit(java_script=False).page

    page.goto("/")

    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
    expect(page.get_by_role("button", name="Search")).to_be_visible()
