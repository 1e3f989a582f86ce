"""What stands out on one ground must stand out on the other."""

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string

from gazetteer.query import Place
from tests.browser.visit import Scheme, Visit, accessibility_faults

_OUTSIDE = Place("postcode", "B97 4AB", "B974AB", 404000, 267000, -1.94, 52.3, False)


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
    page = visit(scheme=scheme).open("/my-area/B11BB")
    # The sample city has no postcode outside its borders.
    notice = render_to_string("maps/_outside_council.html", {"place": _OUTSIDE})

    page.locator(".place__title").evaluate(
        "(title, html) => title.insertAdjacentHTML('afterend', html)", notice
    )

    assert accessibility_faults(page) == []
