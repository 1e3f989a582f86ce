"""An officer takes a dirty file to the public map and back, with and without JavaScript."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sample_city.city import write_sample_city
from tests.browser.sample_service import OFFICER
from tests.browser.visit import Scheme, Visit, accessibility_faults

pytestmark = pytest.mark.usefixtures("worker")

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "img"
_IN_HAND_MS = 60_000
# The pages that docs/ shows, each from the part that matters.
_DOCUMENTED = {
    "stopped": "h1",
    "mapping": "h1",
    "swapped": "h1",
    "difference": "#difference-title",
    "published": "h1",
    "layer": "h1",
    "acts": "h1",
}

NAME, REFERENCE = "Name of library", "Unique property reference number"
LONGITUDE, LATITUDE = f"{REFERENCE} longitude", f"{REFERENCE} latitude"
FORMULA = '=HYPERLINK("https://example.org")'


class Officer:
    """Somebody at the desk, whose every page is looked at."""

    def __init__(self, tab: Visit, name: str, *, has_script: bool) -> None:
        self.has_script = has_script
        self.tab, self.page, self.name = tab, tab.page, name
        self.faults: list[str] = []

    def sign_in(self) -> None:
        self.page.goto("/manage/")
        self.look("sign-in")
        self.page.get_by_label("User name").fill(OFFICER["username"])
        self.page.get_by_label("Password").fill(OFFICER["password"])
        self.page.get_by_role("button", name="Sign in").click()

    def give(self, layer: str, path: Path) -> None:
        self.page.goto(f"/manage/layers/{layer}")
        self.page.get_by_role("button", name="Give a new file").click()
        self.look("give")
        self.page.get_by_label("A file").set_input_files(path)
        self.page.get_by_role("button", name="Read and check it").click()
        self.wait()

    def wait(self) -> None:
        """Wait as a person does: the page loads itself again until the worker is done."""
        expect(self.page.locator("h1")).to_be_visible()
        expect(self.page.locator("[data-progress]")).to_have_count(0, timeout=_IN_HAND_MS)

    def look(self, picture: str) -> None:
        """Check the page as every page is checked, and keep a picture where one is asked for."""
        self.tab.come_to_the_maps()
        self.tab.keep_picture(f"{self.name}-{picture}")
        self._keep_for_the_docs(picture)
        if not self.has_script:
            # Nothing can be asked of such a page; its twin with a script has the same HTML.
            return
        found = [*accessibility_faults(self.page), *self.tab.complaints, *self.tab.foreign_requests]
        if self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append("it is wider than the window")
        self.faults += [f"{picture}: {fault}" for fault in found]
        self.tab.complaints.clear()

    def _keep_for_the_docs(self, picture: str) -> None:
        """Write docs/img anew where README_IMAGES=1 asks for it, of the wide and light run."""
        if not os.environ.get("README_IMAGES") or not self.name.endswith("script-1280-light"):
            return
        if picture in _DOCUMENTED and self.has_script:
            self.page.locator(_DOCUMENTED[picture]).evaluate("(top) => top.scrollIntoView()")
            self.page.screenshot(path=IMAGES / f"desk-{picture}.png")
            self.page.evaluate("window.scrollTo(0, 0)")


@pytest.fixture(scope="session")
def sample_libraries(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """The rows that the published libraries come from."""
    path = write_sample_city(tmp_path_factory.mktemp("city"))["libraries"]
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def libraries_csv(sample_libraries: list[dict[str, str]], tmp_path: Path) -> Path:
    """The libraries as somebody might export them: hardly anything as it should be.

    The column of names has another name, the coordinates are swapped, one library is new, one
    is gone, one is renamed; one row has no reference and one no place.
    """
    rows = [_as_exported(row) for row in sample_libraries]
    rows[1][NAME] = "The Renamed Library"
    rows[2] = {**rows[2], REFERENCE: "999000111"}
    rows += [
        {**rows[3], REFERENCE: "", NAME: "No Reference"},
        {**rows[4], REFERENCE: "999000222", NAME: FORMULA, LATITUDE: "see map"},
    ]
    path = tmp_path / "libraries export.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _as_exported(row: dict[str, str]) -> dict[str, str]:
    swapped = {**row, LONGITUDE: row[LATITUDE], LATITUDE: row[LONGITUDE]}
    return {NAME if name == "Library name" else name: value for name, value in swapped.items()}


@pytest.mark.parametrize(
    ("java_script", "width", "scheme"),
    [(True, 1280, "light"), (False, 1280, "light"), (True, 320, "dark")],
)
def test_an_officer_takes_a_dirty_file_to_the_map_and_back(
    visit: Callable[..., Visit],
    libraries_csv: Path,
    java_script: bool,
    width: int,
    scheme: Scheme,
) -> None:
    tab = visit(java_script=java_script, width=width, scheme=scheme)
    kind = "script" if java_script else "no-script"
    officer = Officer(tab, f"desk-{kind}-{width}-{scheme}", has_script=java_script)
    page = officer.page
    before = _published(page)

    officer.sign_in()
    officer.look("front")
    officer.give("libraries", libraries_csv)
    expect(page.get_by_role("heading", name="It was stopped.")).to_be_visible()
    expect(page.locator(".desk-reason")).to_contain_text("COLUMN-MISSING")
    officer.look("stopped")

    page.get_by_role("link", name="Correct how this file is read").click()
    expect(page.get_by_text("Perhaps Name of library")).to_be_visible()
    officer.look("mapping")
    page.get_by_label("Library needed in every row").select_option(NAME)
    page.get_by_role("button", name="Read it again so").click()
    officer.wait()
    expect(page.locator(".desk-reason")).to_contain_text("AXIS-SWAPPED")
    officer.look("swapped")

    page.get_by_role("button", name="Yes, read it so").click()
    officer.wait()
    expect(page.get_by_text("Waiting for a decision")).to_be_visible()
    expect(page.get_by_text("1 added, 1 changed, 1 removed")).to_be_visible()
    officer.look("difference")
    page.get_by_role("link", name="Field empty").first.click()
    officer.look("issues")
    page.go_back()
    _download_rows(page)
    assert _published(page) == before

    page.get_by_label("Why").fill("The Library Service's file of this month.")
    page.get_by_role("button", name="Publish", exact=True).click()
    officer.wait()
    expect(page.get_by_role("heading", name="Published", exact=True)).to_be_visible()
    officer.look("published")
    assert "The Renamed Library" in _published(page)

    page.get_by_role("link", name="go back to edition").click()
    officer.look("go-back")
    page.get_by_role("button", name="Go back to it").click()
    officer.wait()
    expect(page.get_by_role("heading", name="Editions")).to_be_visible()
    officer.look("layer")
    assert _published(page) == before

    page.goto("/manage/acts?layer=libraries")
    expect(page.get_by_text("Went back to an earlier edition").first).to_be_visible()
    officer.look("acts")
    assert "\n".join(officer.faults) == ""


def _published(page: Page) -> list[str]:
    answer = page.request.get("/api/collections/libraries/items?limit=1000").json()
    return sorted(feature["properties"]["name"] for feature in answer["features"])


def _download_rows(page: Page) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(text.splitlines()))
    # Beside the faults that the sample city has of its own.
    assert {"No Reference", f"'{FORMULA}"} <= {line[NAME] for line in lines}
    assert all(line["What is wrong"] for line in lines)
