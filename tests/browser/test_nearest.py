"""The nearest of one service and what is being built: lists, maps, forms, paper and no script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import Visit

PATHS = ["/nearest/libraries/B11BB", "/my-area/B11BB/planning?within=2000&months=36"]


@pytest.mark.parametrize("path", PATHS)
def test_map_and_list_hold_the_same_numbers(visit: Callable[..., Visit], path: str) -> None:
    page = visit().open(path)

    listed = page.locator("[data-map-item] > .symbol").all_inner_texts()

    assert listed == [str(number) for number in range(1, len(listed) + 1)]
    assert len(listed) >= 10
    assert page.locator(".map-marker .symbol").all_text_contents() == listed


@pytest.mark.parametrize("path", PATHS)
def test_the_map_shows_all_of_the_list_at_first(visit: Callable[..., Visit], path: str) -> None:
    page = visit().open(path)
    count = page.locator("[data-map-item]").count()

    expect(page.locator(".map-block__status")).to_have_text(
        f"{count} of the {count} places listed are in view."
    )


@pytest.mark.parametrize("path", PATHS)
def test_paper_gets_the_list_and_neither_map_nor_form(
    visit: Callable[..., Visit], path: str
) -> None:
    page = visit().open(path)

    page.emulate_media(media="print")

    expect(page.locator(".map-block")).to_be_hidden()
    expect(page.locator(".nearest-filter")).to_be_hidden()
    expect(page.locator("[data-map-item]").first).to_be_visible()


@pytest.fixture
def plain(visit: Callable[..., Visit]) -> Page:
    return visit(java_script=False).page


def test_without_a_script_a_layer_leads_to_its_nearest_and_to_more(plain: Page) -> None:
    plain.goto("/layers/libraries")
    plain.get_by_role("link", name="Find your nearest").click()
    plain.get_by_label("Postcode, street or address").fill("b1 1bb")
    plain.get_by_role("button", name="Search").click()

    assert plain.url.endswith("/nearest/libraries/B11BB")
    expect(plain.locator("h1")).to_have_text("Libraries nearest to B1 1BB")
    expect(plain.locator("[data-map-item]")).to_have_count(10)

    plain.get_by_role("link", name="Show 10 more").click()

    expect(plain.locator("[data-map-item]")).to_have_count(20)


def test_without_a_script_those_open_now_are_asked_for(plain: Page) -> None:
    # Whatever the hour, toilets that are open 24 hours are open, except where that is not known.
    plain.goto("/nearest/public-toilets/B11BB")
    plain.get_by_label("Only those that are open now").check()
    plain.get_by_role("button", name="Show", exact=True).click()

    assert plain.url.endswith("/nearest/public-toilets/B11BB?open=now")
    expect(plain.get_by_label("Only those that are open now")).to_be_checked()
    assert plain.locator("[data-map-item]").count() >= 1
    states = plain.locator("[data-map-item] .opening").all_inner_texts()
    assert all(state.startswith("Open now") for state in states)


def test_without_a_script_distance_and_time_are_chosen(plain: Page) -> None:
    plain.goto("/my-area/B11BB/planning")
    plain.get_by_label("Within").select_option("2000")
    plain.get_by_label("Received in the last").select_option("36")
    plain.get_by_role("button", name="Show", exact=True).click()

    assert plain.url.endswith("/my-area/B11BB/planning?within=2000&months=36")
    expect(plain.get_by_label("Within")).to_have_value("2000")
    expect(plain.locator(".planning__count")).to_contain_text("within 1.2 miles (2.0 km)")
