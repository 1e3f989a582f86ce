"""Staff sign in and look at the record, in the web's database role."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sample_service import OFFICER
from tests.browser.visit import Visit


@pytest.fixture
def admin(visit: Callable[..., Visit]) -> Page:
    page = visit().page
    page.goto("/admin/")
    page.get_by_label("Username").fill(OFFICER["username"])
    page.get_by_label("Password").fill(OFFICER["password"])
    page.get_by_role("button", name="Log in").click()
    return page


def test_an_officer_can_sign_in(admin: Page) -> None:
    expect(admin.get_by_role("heading", name="Site administration")).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "importers/importrun/",
        "importers/issue/",
        "importers/quarantinedrow/",
        "layers/layer/",
        "layers/edition/",
        "layers/organisation/",
        "accounts/user/",
        "procrastinate/procrastinatejob/",
    ],
)
def test_every_list_of_the_record_opens(admin: Page, path: str) -> None:
    response = admin.goto(f"/admin/{path}")

    assert response is not None
    assert response.status == 200
