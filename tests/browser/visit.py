"""A browser tab that notes everything a page does which it should not."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Frame, Page, Request

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / ".local" / "screenshots"
Scheme = Literal["light", "dark"]

_PATIENCE_MS = 120_000
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SAYING_MAPS = "[data-map='layer'], [data-map='place']"
_MAPS_ARE_DRAWN = "() => !document.querySelector('[data-script] .map-block__needs-script')"
_MAPS_ARE_READY = """() => [...document.querySelectorAll('.map-block__status')]
    .every((line) => line.textContent.trim() !== '')"""


class Visit:
    """One tab of its own context, with no cookies or cache from another."""

    def __init__(
        self,
        browser: Browser,
        service: str,
        *,
        width: int = 1280,
        height: int = 900,
        scheme: Scheme = "light",
        java_script: bool = True,
    ) -> None:
        self.service = service
        self._java_script = java_script
        self._context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=java_script,
            base_url=service,
        )
        self.page: Page = self._context.new_page()
        # Other tests keep both cores busy: drawing a long page may take its time.
        self.page.set_default_timeout(_PATIENCE_MS)
        self.foreign_requests: list[str] = []
        self.complaints: list[str] = []
        self.status = 0
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> Page:
        """Go to a page and wait until its maps, if it has any, say what they show."""
        response = self.page.goto(path)
        assert response is not None
        self.status = response.status
        self.come_to_the_maps()
        return self.page

    def come_to_the_maps(self) -> None:
        """Have every map drawn, which happens when somebody comes to it, and go back to the top."""
        blocks = self.page.locator("[data-map][data-script]")
        if not self._java_script or not self.page.locator(_SAYING_MAPS).or_(blocks).count():
            return
        for block in blocks.all():
            block.scroll_into_view_if_needed()
        self.page.wait_for_function(_MAPS_ARE_DRAWN)
        if self.page.locator(_SAYING_MAPS).count():
            self.page.wait_for_function(_MAPS_ARE_READY)
            self.page.wait_for_load_state("networkidle")
        self.page.evaluate("window.scrollTo(0, 0)")

    def keep_picture(self, name: str) -> None:
        """Draw the whole page into `.local/screenshots` where SCREENSHOTS=1 asks for it.

        Nothing is asserted of a picture, and drawing one takes as long as all else on a page.
        """
        if os.environ.get("SCREENSHOTS"):
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    def close(self) -> None:
        self._context.close()

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.service, "data:")):
            self.foreign_requests.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        # A blocked style, script or request is reported here too, by its CSP directive.
        is_own_status = (
            message.text.startswith("Failed to load resource")
            and urlsplit(message.location["url"]).path == urlsplit(self.page.url).path
        )
        if message.type in {"error", "warning"} and not is_own_status:
            self.complaints.append(f"{message.type}: {message.text}")


def accessibility_faults(frame: Page | Frame) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA and its own best practice, a line for each."""
    frame.evaluate(_axe())
    found: dict[str, Any] = frame.evaluate(
        "(rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })", _RULES
    )
    return [
        f"{violation['id']}: {violation['help']} at {json.dumps(node['target'])}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@cache
def _axe() -> str:
    script = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    assert script.exists(), "axe-core is not installed: run `npm ci`."
    return script.read_text()
