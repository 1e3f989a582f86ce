"""The map of a layer fills its view from the public API, and says what came of it."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Request, Route, expect

from tests.browser.visit import Visit

_ITEMS = re.compile(r"/api/collections/schools/items")


def _is_for_a_view(request: Request) -> bool:
    return bool(_ITEMS.search(request.url)) and "bbox" in request.url


def test_it_counts_what_is_in_view_and_asks_again_after_a_move(
    visit: Callable[..., Visit],
) -> None:
    page = visit().open("/layers/schools")
    status = page.locator(".map-block__status")
    at_start = status.inner_text()

    with page.expect_request(_is_for_a_view) as asked:
        page.get_by_role("button", name="Zoom in").click()

    assert re.fullmatch(r"Schools: \d+ in view\.", at_start)
    expect(status).not_to_have_text(at_start)
    box = parse_qs(urlsplit(asked.value.url).query)["bbox"][0]
    west, south, east, north = (float(degrees) for degrees in box.split(","))
    assert west < east
    assert 52 < south < north < 53


def test_a_large_layer_comes_in_tiles_and_is_counted(visit: Callable[..., Visit]) -> None:
    page = visit().page
    with page.expect_response(re.compile("/tiles/planning-applications/")) as tile:
        page.goto("/layers/planning-applications")

    expect(page.locator(".map-block__status")).to_have_text(
        re.compile(r"Planning applications: \d,\d{3} in view\.")
    )
    assert tile.value.ok
    expect(page.locator(".map-tile canvas").first).to_be_attached()


def test_it_says_that_nothing_is_in_view(visit: Callable[..., Visit]) -> None:
    page = visit().open("/layers/schools")
    north = page.get_by_role("button", name="Move north")

    for _ in range(6):
        north.click()

    expect(page.locator(".map-block__status")).to_have_text("Schools: none in view.")


def test_a_failure_is_said_and_can_be_tried_again(visit: Callable[..., Visit]) -> None:
    page = visit().page
    failures = [503]

    def answer(route: Route) -> None:
        if failures and _is_for_a_view(route.request):
            route.fulfill(status=failures.pop())
        else:
            route.continue_()

    page.route(_ITEMS, answer)
    page.goto("/layers/schools")
    status = page.locator(".map-block__status")
    expect(status).to_contain_text("could not be loaded")

    page.get_by_role("button", name="Try the map again").click()

    expect(status).to_contain_text("in view")
    expect(page.get_by_role("button", name="Try the map again")).to_be_hidden()
    expect(page.locator(".map-block__canvas")).to_be_focused()


def test_a_later_failure_leaves_what_was_drawn(visit: Callable[..., Visit]) -> None:
    page = visit().open("/layers/schools")
    expect(page.locator(".map-tile canvas").first).to_be_attached()
    page.route(_ITEMS, lambda route: route.fulfill(status=503))

    page.get_by_role("button", name="Zoom in").click()

    expect(page.locator(".map-block__status")).to_contain_text("could not be updated")
    assert page.locator(".map-tile canvas").count() > 0


def test_a_slow_answer_of_an_earlier_view_is_dropped(visit: Callable[..., Visit]) -> None:
    page = visit().page
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if not held and _is_for_a_view(route.request):
            held.append(route)
        else:
            route.continue_()

    page.route(_ITEMS, hold_the_first)
    page.goto("/layers/schools")
    status = page.locator(".map-block__status")
    expect(status).to_have_text("Loading…")
    page.get_by_role("button", name="Zoom in").click()
    expect(status).to_contain_text("in view")
    after_zoom = status.inner_text()

    held[0].fulfill(json={"type": "FeatureCollection", "features": []})
    page.wait_for_timeout(200)

    assert status.inner_text() == after_zoom


def test_a_popup_shows_text_of_the_data_as_text(visit: Callable[..., Visit]) -> None:
    page = visit().page
    feature = {
        "type": "Feature",
        "id": "1",
        # Wherever the map is clicked.
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[-3, 52], [-1, 52], [-1, 53], [-3, 53], [-3, 52]]],
        },
        "properties": {"name": "<img src=x onerror=alert(1)>"},
    }
    page.route(
        _ITEMS,
        lambda route: route.fulfill(
            json={"type": "FeatureCollection", "numberMatched": 1, "features": [feature]}
        ),
    )
    page.goto("/layers/schools")
    expect(page.locator(".map-tile canvas").first).to_be_attached()

    page.locator(".map-block__canvas").click()

    expect(page.locator(".map-popup__title")).to_have_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".map-popup img")).to_have_count(0)
