"""Every page, wide and narrow, light and dark: usable by all, alone with this service, whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.visit import Scheme, Visit, accessibility_faults

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / ".local" / "screenshots"
PAGES = {
    "start": "/",
    "search": "/my-area/",
    "my-area": "/my-area/B11BB",
    "place-unknown": "/my-area/ZZ11ZZ",
    "catalogue": "/layers/",
    "layer-of-points": "/layers/schools",
    "layer-of-areas": "/layers/conservation-areas",
    "data": "/data",
    "accessibility": "/accessibility",
    "privacy": "/privacy",
    "status": "/status",
    "embed": "/embed/libraries",
    "not-found": "/nothing-here",
    "bad-address": "/layers/schools?after=x",
}
EXPECTED_STATUS = {"place-unknown": 404, "not-found": 404, "bad-address": 400}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", PAGES)
def test_it_is_accessible_self_contained_and_fits(
    visit: Callable[..., Visit], name: str, width: int, scheme: Scheme
) -> None:
    tab = visit(width=width, scheme=scheme)

    page = tab.open(PAGES[name])
    assert tab.status == EXPECTED_STATUS.get(name, 200)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.png", full_page=True)

    assert accessibility_faults(page) == []
    assert tab.foreign_requests == []
    assert tab.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_feature_pages_of_a_list_are_accessible(visit: Callable[..., Visit]) -> None:
    tab = visit(width=320)
    page = tab.open("/layers/parks")

    page.locator(".reflowing-table__link").first.click()
    page.wait_for_load_state("networkidle")

    assert page.locator("h1").inner_text() in page.title()
    assert accessibility_faults(page) == []
    assert tab.complaints == []


def test_no_public_page_sets_a_cookie(visit: Callable[..., Visit]) -> None:
    tab = visit()

    for path in PAGES.values():
        tab.page.goto(path)

    assert tab.page.context.cookies() == []


def test_every_page_of_a_sample_says_that_it_is_made_up(visit: Callable[..., Visit]) -> None:
    page = visit(java_script=False).page
    # Django answers a bad request without asking the database whose page it is.
    paths = [path for name, path in PAGES.items() if name != "bad-address"]

    texts = {path: page.goto(path) and page.inner_text("body") for path in paths}

    assert [path for path, text in texts.items() if "made up" not in str(text)] == []
