"""The database is down: people get a page in the service's own clothes, and no trace."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.sample_service import running_service_without_database
from tests.browser.visit import Visit, accessibility_faults


@pytest.fixture
def tab(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    with running_service_without_database(tmp_path) as address:
        tab = Visit(browser, address)
        yield tab
        tab.close()


def test_it_says_sorry_and_is_still_a_whole_page(tab: Visit) -> None:
    page = tab.open("/my-area/B11BB")

    assert tab.status == 503
    assert page.inner_text("h1") == "Sorry, there is a problem with this service"
    assert "Traceback" not in page.content()
    assert accessibility_faults(page) == []
    assert tab.complaints == []
