"""The sample city served for real, and Debian's Chromium to look at it with."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.sample_service import running_service, running_worker
from tests.browser.visit import Visit

_CHROMIUM = "/usr/bin/chromium"
_WITHOUT = (
    # The other site that frames a map is made up by the test, so it is not of this machine.
    "LocalNetworkAccessChecks",
    # Pages of the browser's own, which it opens for the address bar of each window: a second of
    # processor time for every test. Then a process in store for the next site.
    "WebUIOmniboxPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxAimPopup",
    "SpareRendererForSitePerProcess",
)
_CHROMIUM_ARGUMENTS = [
    # Root has no sandbox to offer; the pages are our own.
    "--no-sandbox",
    "--disable-gpu",
    f"--disable-features={','.join(_WITHOUT)}",
    # Without these Chromium calls its maker's hosts at every start.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def service_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the service writes."""
    return tmp_path_factory.mktemp("service")


@pytest.fixture(scope="session")
def service(django_db_modify_db_settings: None, service_folder: Path) -> Iterator[str]:
    """The address of the service; the cluster is running because of the other fixture."""
    with running_service(service_folder) as address:
        yield address


@pytest.fixture(scope="module")
def worker(service: str, service_folder: Path) -> Iterator[None]:
    with running_worker(service_folder):
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_CHROMIUM, args=_CHROMIUM_ARGUMENTS, chromium_sandbox=False
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, service: str) -> Iterator[Callable[..., Visit]]:
    """Open a tab: ``visit(width=320, scheme="dark", java_script=False)``."""
    visits: list[Visit] = []

    def start(**options: Any) -> Visit:
        visits.append(Visit(browser, service, **options))
        return visits[-1]

    yield start
    for each in visits:
        each.close()
