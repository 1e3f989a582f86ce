"""The API as people meet it: reading, narrowing down, copying, with and without a script."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.visit import Visit

ROOT = Path(__file__).resolve().parents[2]
LEAFLET = ROOT / "node_modules" / "leaflet" / "dist"
ELSEWHERE = "https://shop.example"


@pytest.fixture
def plain(visit: Callable[..., Visit]) -> Page:
    return visit(java_script=False).page


def names_of(page: Page) -> list[str]:
    return page.locator(".reflowing-table__link").all_inner_texts()


def test_a_layer_is_read_page_by_page_without_a_script(plain: Page) -> None:
    plain.goto("/api/collections/schools/items?limit=10")
    first = names_of(plain)

    plain.get_by_role("link", name="Next page").click()
    second = names_of(plain)
    plain.get_by_role("link", name="First page").click()

    assert len(first) == len(second) == 10
    assert not set(first) & set(second)
    assert names_of(plain) == first


def test_a_form_narrows_a_layer_down_without_a_script(plain: Page) -> None:
    plain.goto("/api/collections/schools/items")
    everything = len(names_of(plain))
    plain.get_by_text("Choose which features").click()
    plain.get_by_label("In a box").fill("-1.91,52.47,-1.89,52.49")
    plain.get_by_label("How many on a page").select_option("50")

    plain.get_by_role("button", name="Show them").click()

    query = parse_qs(urlsplit(plain.url).query)
    assert query == {"bbox": ["-1.91,52.47,-1.89,52.49"], "limit": ["50"]}
    assert 0 < len(names_of(plain)) < everything
    expect(plain.get_by_label("In a box")).to_have_value("-1.91,52.47,-1.89,52.49")


def test_a_feature_is_reached_and_left_without_a_script(plain: Page) -> None:
    plain.goto("/api/")
    plain.get_by_role("link", name="Collections", exact=True).first.click()
    plain.get_by_role("link", name="Schools", exact=True).click()
    plain.get_by_role("link", name="See its features").click()
    plain.locator(".reflowing-table__link").first.click()

    expect(plain.get_by_text("longitude and latitude")).to_be_visible()
    plain.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Features").click()
    assert urlsplit(plain.url).path == "/api/collections/schools/items"


def test_an_example_is_there_to_be_selected_without_a_script(plain: Page) -> None:
    plain.goto("/layers/schools")

    expect(plain.locator("[data-example=geopandas]")).to_contain_text("geopandas.read_file(")
    expect(plain.get_by_role("button", name="Copy")).to_have_count(0)


def test_a_newcomer_copies_the_line_of_a_layer_once(visit: Callable[..., Visit]) -> None:
    page = visit().page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/layers/schools")

    page.get_by_role("button", name="Copy").first.click()

    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("[data-example=geopandas]").text_content()
    assert f"{urlsplit(page.url).netloc}/api/collections/schools/items?limit=1000" in copied


def test_a_browser_that_lets_nobody_copy_selects_the_text(visit: Callable[..., Visit]) -> None:
    page = visit().page
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto("/api/collections/schools")

    page.get_by_role("button", name="Copy").first.click()

    expect(page.get_by_text("Select the text and copy it yourself")).to_be_visible()
    assert "geopandas.read_file(" in page.evaluate("String(window.getSelection())")


def test_the_leaflet_example_draws_the_layer_on_another_site(visit: Callable[..., Visit]) -> None:
    page = visit().page
    page.goto("/api/collections/schools")
    code = page.locator("[data-example=leaflet]").text_content()

    def serve(route: Route) -> None:
        name = urlsplit(route.request.url).path.lstrip("/")
        if name:
            route.fulfill(path=LEAFLET / name)
        else:
            route.fulfill(body=code, content_type="text/html; charset=utf-8")

    page.route(f"{ELSEWHERE}/**", serve)
    page.goto(f"{ELSEWHERE}/")

    expect(page.locator("path.leaflet-interactive").first).to_be_visible()
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("Contains information")
    # Schools lie over one another at this zoom: whichever is on top.
    page.locator("path.leaflet-interactive").first.dispatch_event("click")
    expect(page.locator(".leaflet-popup-content")).not_to_be_empty()


def test_the_pages_print_without_what_paper_cannot_do(visit: Callable[..., Visit]) -> None:
    page = visit().page
    page.goto("/api/collections/schools/items?limit=10")
    page.emulate_media(media="print")
    table = page.locator(".wide-table")

    # All of its columns are on the paper, which cannot be scrolled.
    assert table.evaluate("table => table.scrollWidth <= table.clientWidth")

    expect(page.get_by_role("table")).to_be_visible()
    expect(page.locator(".items-form")).to_be_hidden()
    expect(page.locator(".govuk-pagination")).to_be_hidden()
