"""What stands out on one ground must stand out on the other."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Scheme, Visit, accessibility_faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_search_box_has_an_edge_off_the_coloured_ground(
    visit: Callable[..., Visit], scheme: Scheme
) -> None:
    page = visit(scheme=scheme).open("/my-area/")

    edge, ground = page.get_by_label("Postcode, street or address").evaluate(
        "box => [getComputedStyle(box).borderColor, getComputedStyle(box).backgroundColor]"
    )

    assert edge != ground


def test_an_empty_search_gets_a_red_edge(visit: Callable[..., Visit]) -> None:
    page = visit(scheme="light").open("/my-area/")

    page.get_by_role("button", name="Search").click()

    box = page.get_by_label("Postcode, street or address")
    assert box.evaluate("box => getComputedStyle(box).borderColor") == "rgb(197, 40, 28)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_notice_of_a_place_outside_can_be_read(
    visit: Callable[..., Visit], scheme: Scheme
) -> None:
    page = visit(scheme=scheme).open("/my-area/B911AB")

    council = "Solihull Metropolitan Borough Council"
    expect(page.get_by_text(f"{council} looks after it.")).to_be_visible()
    assert accessibility_faults(page) == []


def test_legends_have_the_colours_of_the_map_where_colours_are_forced(
    visit: Callable[..., Visit],
) -> None:
    page = visit().open("/planning/check/at/B11BB")
    ground = page.locator(".legend-mark--ground")
    colour = "mark => getComputedStyle(mark).backgroundColor"
    usual = ground.evaluate(colour)

    page.emulate_media(forced_colors="active")

    assert ground.evaluate(colour) == usual
