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


def test_it_draws_no_part_of_what_is_too_many(visit: Callable[..., Visit]) -> None:
    too_many = "Planning applications: too many to show here. Zoom in to see them."

    page = visit().open("/layers/planning-applications")

    expect(page.locator(".map-block__status")).to_have_text(too_many)
    expect(page.locator(".map-notice")).to_have_text(too_many)
    expect(page.locator("path.map-feature")).to_have_count(0)
    assert page.locator("path.map-ward").count() > 10


def test_it_draws_all_once_they_fit(visit: Callable[..., Visit]) -> None:
    page = visit().open("/layers/planning-applications")
    expect(page.locator(".map-notice")).to_be_visible()

    for _ in range(2):
        page.get_by_role("button", name="Zoom in").click()
        page.wait_for_load_state("networkidle")

    expect(page.locator(".map-block__status")).to_contain_text("in view")
    expect(page.locator(".map-notice")).to_have_count(0)
    expect(page.locator("path.map-feature").first).to_be_visible()


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
    expect(page.locator("path.map-feature").first).to_be_visible()
    page.route(_ITEMS, lambda route: route.fulfill(status=503))

    page.get_by_role("button", name="Zoom in").click()

    expect(page.locator(".map-block__status")).to_contain_text("could not be updated")
    assert page.locator("path.map-feature").count() > 0


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
        "geometry": {"type": "Point", "coordinates": [-1.9, 52.48]},
        "properties": {"name": "<img src=x onerror=alert(1)>"},
    }
    page.route(
        _ITEMS,
        lambda route: route.fulfill(json={"type": "FeatureCollection", "features": [feature]}),
    )
    page.goto("/layers/schools")

    page.locator("path.map-feature").click()

    expect(page.locator(".map-popup__title")).to_have_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".map-popup img")).to_have_count(0)
