"""A map in one file, opened from the disk; and a notebook that reads from a live service."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from playwright.sync_api import Browser
from shapely import Point, box

from tests.browser.visit import accessibility_faults
from tests.factories import drop_everything
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])
HOSTILE = (
    "</script><script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
)


@pytest.fixture(autouse=True)
def _publish() -> Iterator[None]:
    fields = [make_field("name"), make_field("count", "integer", is_queryable=True)]
    style = {"colour": "#b10e1e", "symbol": "triangle"}
    trees = make_layer("trees", fields=fields, style=style)
    publish_features(
        trees,
        [
            MadeFeature(f"{n}", Point(406000 + n * 100, 286000), {"name": HOSTILE, "count": n})
            for n in range(5)
        ],
    )
    zones = make_layer("zones", "Polygon", style={"line": "dashed", "fill": "hatched"})
    publish_features(zones, [MadeFeature("z", box(405000, 285000, 407000, 287000), {"name": "Z"})])
    yield
    drop_everything()


def test_it_asks_nobody_for_anything_and_runs_nothing_of_the_data(
    browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "map.html"
    call_command("export_map", "trees", "zones", "--output", str(file))
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(file.as_uri())
    page.wait_for_selector(".leaflet-marker-pane svg", state="attached")
    page.locator("summary").first.click()
    page.locator(".exported__list button").first.click()

    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert complaints == []
    assert page.title() == "Trees, Zones"
    assert page.locator(".leaflet-marker-pane svg").count() == 5
    assert page.locator(".leaflet-overlay-pane path").get_attribute("stroke-dasharray")
    assert HOSTILE in page.locator(".map-popup").inner_text()
    assert "Features on the map: 6." in page.locator("[role=status]").inner_text()
    page.locator("input").first.uncheck()
    assert "Features on the map: 1." in page.locator("[role=status]").inner_text()
    assert "Edition" in page.locator(".exported__facts").first.inner_text()
    context.close()


def test_it_is_accessible(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    call_command("export_map", "trees", "--output", str(file), "--title", "Our trees")
    # axe is no script of the page, which would refuse it.
    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector(".leaflet-marker-pane svg", state="attached")

    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("h1").inner_text() == "Our trees"
    context.close()


def test_a_filter_leaves_the_others_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "map.html"
    call_command("export_map", "trees", "--output", str(file), "--where", "count > 2")
    assert "2 features of 1 layers" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], "There is no layer called “nothing”"),
        (["trees", "--where", "height > 2"], "has no queryable “height”"),
        (["trees", "--most-mb", "0.0001"], "--most-mb"),
        (["trees", "--output", "/nowhere/at/all.html"], "not written"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("export_map", *arguments)
