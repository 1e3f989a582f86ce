"""The embedded map: made by folium, framed by others, asking nobody else for anything."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.visit import Visit, accessibility_faults

# A documentation address (RFC 2606), answered by the test itself.
_OTHER_SITE = "http://other-site.example/"


def _frame_in_other_site(page: Page, address: str) -> None:
    html = (
        f'<!DOCTYPE html><html lang="en"><title>Other</title><iframe title="Map" src="{address}">'
    )
    page.route(f"{_OTHER_SITE}**", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(_OTHER_SITE)


def test_another_site_may_frame_it(visit: Callable[..., Visit]) -> None:
    tab = visit()

    _frame_in_other_site(tab.page, f"{tab.service}/embed/libraries")

    expect(tab.page.frame_locator("iframe").get_by_role("status")).to_contain_text("in view")
    frame = tab.page.frames[1]
    expect(frame.locator(".map-tile canvas").first).to_be_attached()
    expect(frame.locator(".map-block__source")).to_contain_text("Contains OS data")
    assert accessibility_faults(frame) == []
    assert [url for url in tab.foreign_requests if not url.startswith(_OTHER_SITE)] == []


def test_no_other_page_can_be_framed(visit: Callable[..., Visit]) -> None:
    tab = visit()

    with tab.page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        _frame_in_other_site(tab.page, f"{tab.service}/my-area/B11BB")


def test_it_leads_to_the_whole_page(visit: Callable[..., Visit]) -> None:
    page = visit().open("/embed/libraries")

    page.get_by_role("link", name="Open map and list in full page").click()

    assert page.url.endswith("/layers/libraries")


def test_its_one_inline_script_has_a_new_nonce_each_time(visit: Callable[..., Visit]) -> None:
    page = visit().page

    policies = []
    for _ in range(2):
        response = page.goto("/embed/libraries")
        assert response is not None
        policies.append(response.headers["content-security-policy"])

    assert all("'nonce-" in policy and "unsafe" not in policy for policy in policies)
    assert policies[0] != policies[1]
    # The other elements of that name hold settings, which nobody runs.
    assert page.locator("script:not([src], [type='application/json'])").count() == 1
