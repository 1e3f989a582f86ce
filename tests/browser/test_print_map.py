"""The page on which a map is made ready for paper."""

from collections.abc import Callable
from typing import Literal

import pytest

from tests.browser.visit import Visit, accessibility_faults

Scheme = Literal["light", "dark"]


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_a_preview_is_accessible_and_fits(
    visit: Callable[..., Visit], width: int, scheme: Scheme
) -> None:
    tab = visit(width=width, scheme=scheme)
    page = tab.open("/map/print?layer=parks#14/52.48/-1.89")

    # The view in the fragment is posted by the script.
    page.locator(".print-preview svg.drawn").wait_for()

    assert page.url.endswith("/map/print")
    assert page.locator("#place").input_value() == "52.48000, -1.89000"
    assert page.locator("#scale").input_value() != "fit"
    assert accessibility_faults(page) == []
    assert tab.foreign_requests == []
    assert tab.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
