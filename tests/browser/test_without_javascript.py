"""Every answer without a script: the map is an extra."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import Visit


@pytest.fixture
def page(visit: Callable[..., Visit]) -> Page:
    return visit(java_script=False).page


def test_a_place_has_all_its_answers(page: Page) -> None:
    page.goto("/my-area/B11BB")

    expect(page.locator(".place__sentence").first).to_have_text("B1 1BB is in Ladywood ward.")
    for heading in (
        "Primary schools",
        "Libraries near here",
        "Household recycling centres",
        "Bring banks",
    ):
        title = page.get_by_role("heading", name=heading, exact=True)
        section = page.locator(".area-section").filter(has=title)
        assert section.locator(".nearest__item").count() >= 3, heading
        assert section.inner_text().count("in a straight line") == 1
        assert "published" in section.inner_text()


def test_a_place_says_in_which_areas_it_lies(page: Page) -> None:
    page.goto("/my-area/B11BB")

    rows = page.locator(".area-facts__row")
    expect(page.locator(".ward__name")).to_contain_text("Ladywood")
    assert rows.filter(has_text="Conservation areas").count() == 1


def test_the_map_leaves_a_word_and_no_hole(page: Page) -> None:
    page.goto("/my-area/B11BB")

    expect(page.get_by_text("The map needs JavaScript.")).to_be_visible()
    expect(page.locator(".map-block__canvas")).to_be_hidden()
    expect(page.get_by_role("button", name="Show on map")).to_have_count(0)
    expect(page.get_by_role("button", name="Zoom in")).to_have_count(0)


def test_a_search_finds_its_place(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Postcode, street or address").fill("b1 1bb")

    page.get_by_role("button", name="Search").click()

    assert page.url.endswith("/my-area/B11BB")


def test_a_layer_is_read_a_page_at_a_time_there_and_back(page: Page) -> None:
    page.goto("/layers/schools")
    names = page.locator(".reflowing-table__link")
    first_page = names.all_inner_texts()

    page.get_by_role("link", name="Next page").click()
    second_page = names.all_inner_texts()
    page.get_by_role("link", name="Previous page").click()

    assert len(first_page) == len(second_page) == 50
    assert not set(first_page) & set(second_page)
    assert names.all_inner_texts() == first_page


def test_whose_map_it_is_stands_under_the_picture_of_the_map(page: Page) -> None:
    page.goto("/map?layer=parks")

    picture = page.locator(".web-map__still").bounding_box()
    attribution = page.locator(".map-block__attribution").bounding_box()

    assert picture
    assert attribution
    assert attribution["y"] >= picture["y"] + picture["height"]
