"""Every page, wide and narrow, light and dark: usable by all, alone with this service, whole."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.visit import Scheme, Visit, accessibility_faults

PAGES = {
    "start": "/",
    "search": "/my-area/",
    "my-area": "/my-area/B11BB",
    "my-area-address": "/my-area/uprn-990000000017",
    "my-area-easy": "/my-area/B11BB?words=easy",
    "my-area-split": "/my-area/B331XT",
    "my-area-outside": "/my-area/B911AB",
    "postcode-addresses": "/my-area/B331XT/addresses",
    "place-unknown": "/my-area/ZZ11ZZ",
    "nearest-search": "/nearest/libraries/",
    "nearest-libraries": "/nearest/libraries/B11BB",
    "nearest-open": "/nearest/public-toilets/B11BB?open=now",
    "nearest-areas": "/nearest/parks/B11BB",
    "nearest-no-service": "/nearest/wards/B11BB",
    "planning-nearby": "/my-area/B11BB/planning?within=2000&months=36",
    "check": "/planning/check",
    "check-place": "/planning/check/at/B11BB",
    "check-unknown": "/planning/checks/none",
    "applications": "/planning/applications",
    "applications-near": "/planning/applications?q=extension&near=B11BB&within=2000",
    "applications-none": "/planning/applications?q=zeppelin",
    "applications-counts": "/planning/applications/counts?received=year",
    "applications-bad": "/planning/applications?received_from=soon&within=7",
    "bins": "/bins/990000000017",
    "bins-year": "/bins/990000000017/calendar",
    "bins-unknown": "/bins/1",
    "catalogue": "/layers/",
    "print": "/map/print?layer=parks&layer=conservation-areas",
    "layer-of-points": "/layers/schools",
    "layer-of-areas": "/layers/conservation-areas",
    "map": "/map?layer=planning-applications&layer=parks&layer=flood-zones",
    "map-here": "/map/at?lon=-1.8985&lat=52.4793&layer=wards&layer=schools",
    "data": "/data",
    "accessibility": "/accessibility",
    "privacy": "/privacy",
    "status": "/status",
    "embed": "/embed/libraries",
    "not-found": "/nothing-here",
    "bad-address": "/layers/schools?after=x",
    "api": "/api/",
    "api-docs": "/api/docs",
    "api-conformance": "/api/conformance",
    "api-problems": "/api/problems",
    "api-catalogue": "/api/dcat?f=html",
    "api-collections": "/api/collections",
    "api-collection": "/api/collections/schools",
    "api-items": "/api/collections/schools/items",
    "api-items-in-a-box": "/api/collections/parks/items?bbox=-1.95,52.45,-1.85,52.5&limit=10",
    "api-items-none": "/api/collections/schools/items?bbox=0,50,1,51",
    "api-items-sorted": "/api/collections/schools/items?sortby=-name&limit=10&f=html",
    "api-queryables": "/api/collections/schools/queryables",
    "api-tileset": "/api/collections/parks/tiles/WebMercatorQuad",
    "api-tilesets": "/api/collections/schools/tiles",
    "api-tile-matrix-set": "/api/tileMatrixSets/WebMercatorQuad",
    "api-schema": "/api/collections/planning-applications/schema",
    "api-downloads": "/api/collections/planning-applications/downloads",
    "api-changes": "/api/collections/libraries/items?changed-since=1970-01-01&limit=5&f=html",
    "api-status": "/api/status",
    "api-nearest": "/api/nearest?lon=-1.9&lat=52.48&limit=3",
    "api-at": "/api/at?lon=-1.9&lat=52.48",
    "api-constraints": "/api/constraints?lon=-1.9&lat=52.48",
    "api-bins": "/api/bins/990000000017?f=html",
    "api-bad-parameter": "/api/collections/schools/items?limt=10",
    "api-not-found": "/api/collections/nothing",
    "api-bad-download": "/api/collections/schools/download?f=nothing",
}
EXPECTED_STATUS = {
    "place-unknown": 404,
    "nearest-no-service": 404,
    "check-unknown": 404,
    "applications-bad": 400,
    "bins-unknown": 404,
    "not-found": 404,
    "bad-address": 400,
    "api-bad-parameter": 400,
    "api-not-found": 404,
    "api-bad-download": 400,
}


_LIKE_OTHERS = {
    "api-items-in-a-box", "api-items-none", "api-items-sorted", "api-tilesets", "api-schema",
    "api-changes", "api-status", "api-nearest", "api-not-found", "api-bad-download",
    "api-conformance", "api-tile-matrix-set",
}  # fmt: skip
_WAYS: tuple[tuple[int, Scheme], ...] = (
    (1280, "dark"),
    (320, "light"),
    (1280, "light"),
    (320, "dark"),
)


def _visits() -> Iterator[Any]:
    """Yield each page in all four ways: drills take three, `make test` one of the first two.

    Of pages that the same template makes of other JSON drills take all.
    """
    for position, name in enumerate(PAGES):
        for way, (width, scheme) in enumerate(_WAYS):
            is_soon = way == position % 2 and name not in _LIKE_OTHERS
            marks = () if is_soon else pytest.mark.drill
            yield pytest.param(name, width, scheme, marks=marks)


@pytest.mark.parametrize(("name", "width", "scheme"), list(_visits()))
def test_it_is_accessible_self_contained_and_fits(
    visit: Callable[..., Visit], name: str, width: int, scheme: Scheme
) -> None:
    tab = visit(width=width, scheme=scheme)

    page = tab.open(PAGES[name])
    assert tab.status == EXPECTED_STATUS.get(name, 200)
    tab.keep_picture(f"{name}-{width}-{scheme}")

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


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
@pytest.mark.parametrize("layer", ["schools", "parks"])
def test_the_api_pages_of_features_are_accessible(
    visit: Callable[..., Visit], layer: str, width: int, scheme: Scheme
) -> None:
    tab = visit(width=width, scheme=scheme)
    page = tab.open(f"/api/collections/{layer}/items")

    page.locator(".reflowing-table__link").first.click()
    page.wait_for_load_state("networkidle")
    tab.keep_picture(f"api-item-of-{layer}-{width}-{scheme}")

    assert page.locator("h1").inner_text() in page.title()
    assert accessibility_faults(page) == []
    assert tab.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


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
