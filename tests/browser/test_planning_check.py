"""The constraint check, whole: drawn by mouse and by keyboard, typed without JavaScript, kept."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from planning.answer import Verdict
from tests.browser.visit import Scheme, Visit, accessibility_faults

SCREENSHOTS = Path(__file__).resolve().parents[2] / ".local" / "screenshots"
# In the made-up city, in EPSG:27700 metres: an Article 4 direction and trees lie across it.
CORNERS = "405900 286200\n406200 286200\n406150 286500\n405700 286650"
# As long as a label may be; those of files come without spaces.
LONG_NAME = "Redline_boundary_plan_2026_01234_PA_Newtown_Road_FINAL_rev_C_as_submitted_v1.dwg"
DRAWN = "52.4751234, -1.9021234\n52.4761234, -1.9021234\n52.4761234, -1.9001234"
# How wide a map that the server drew is, in millimetres, against how wide it was drawn.
_SHRUNK_TO = "(svg) => svg.getBoundingClientRect().width / 96 * 25.4 / svg.viewBox.baseVal.width"


def _type(page: Page, text: str = CORNERS, label: str = "Plot 7") -> None:
    page.fill("#boundary", text)
    page.fill("#label", label)
    page.click("[data-draw-done]")
    page.wait_for_load_state("load")


def _keep(page: Page) -> str:
    page.click(".check-keep button")
    page.wait_for_url("**/planning/checks/*")
    return page.url


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")])
def test_the_answers_are_accessible_self_contained_and_fit(
    visit: Callable[..., Visit], width: int, scheme: Scheme
) -> None:
    tab = visit(width=width, scheme=scheme)
    page = tab.open("/planning/check")
    assert accessibility_faults(page) == []

    _type(page)
    page.wait_for_function("document.querySelector('.map-block__status').textContent")

    assert "kinds of constraint" in page.locator(".place__sentence").first.inner_text()
    # All three: of contaminated land the city has no file.
    marks = [f".check-group__title .verdict-mark--{each}" for each in Verdict]
    assert [page.locator(mark).count() for mark in marks] == [1, 1, 1]
    for name in ("answered", "kept", "again"):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=SCREENSHOTS / f"check-{name}-{width}-{scheme}.png", full_page=True)
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if name == "answered":
            _keep(page)
        elif name == "kept":
            page.get_by_role("link", name="Run again today").click()
    assert tab.foreign_requests == []
    assert tab.complaints == []


def test_the_numbers_of_the_list_are_on_the_map_and_each_can_be_shown(
    visit: Callable[..., Visit],
) -> None:
    page = visit().open("/planning/check")
    _type(page)
    page.wait_for_selector(".map-marker")

    listed = page.locator("[data-map-item] .symbol").all_inner_texts()
    drawn = page.locator(".map-marker .symbol").all_inner_texts()
    assert listed
    assert sorted(drawn) == sorted(listed)
    assert page.locator("path.map-site").count() == 1
    name = page.locator("[data-map-name]").first.inner_text()
    page.locator("[data-show-on-map]").first.click()
    assert name in page.locator(".map-popup").inner_text()


def test_a_site_is_drawn_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    page = visit().open("/planning/check")

    def press(name: str, times: int = 1) -> None:
        for _each in range(times):
            page.get_by_role("button", name=name, exact=True).focus()
            page.keyboard.press("Enter")

    press("Zoom in", 5)
    for move in ("Move east", "Move north", "Move west"):
        press("Add a corner at the middle")
        press(move)
    press("Add a corner at the middle", 2)
    press("Undo")
    assert "4 corners" in page.locator(".map-block__status").inner_text()
    press("Close the shape")
    assert page.evaluate("document.activeElement.matches('[data-draw-done]')")
    assert len(page.locator("#boundary").input_value().splitlines()) == 4
    page.keyboard.press("Enter")
    page.wait_for_load_state("load")

    assert "A boundary drawn on the map" in page.locator(".place__note").first.inner_text()


def test_a_site_is_drawn_by_mouse_and_typing_over_it_makes_it_typed(
    visit: Callable[..., Visit],
) -> None:
    page = visit().open("/planning/check")
    page.locator(".map-block").scroll_into_view_if_needed()
    canvas = page.locator(".map-block__canvas").bounding_box()
    assert canvas is not None
    middle_x, middle_y = canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] / 2
    for x, y in ((-40, -40), (40, -40), (40, 40)):
        page.mouse.click(middle_x + x, middle_y + y)

    assert len(page.locator("#boundary").input_value().splitlines()) == 3
    assert page.locator("path.map-sketch").count() == 1
    assert page.locator("[data-given-as]").input_value() == "drawn"
    page.fill("#boundary", CORNERS)
    assert page.locator("[data-given-as]").input_value() == "typed"
    assert page.locator("path.map-sketch-corner").count() == 0


def test_a_drawn_boundary_is_changed_by_keyboard(visit: Callable[..., Visit]) -> None:
    page = visit().open("/planning/check")
    page.fill("#boundary", DRAWN)
    page.evaluate("document.querySelector('[data-given-as]').value = 'drawn'")
    page.click("[data-draw-done]")
    page.wait_for_selector(".check-change")

    page.get_by_role("button", name="Change the boundary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("path.map-sketch")

    assert sorted(page.locator("#boundary").input_value().split("\n")) == sorted(DRAWN.split("\n"))
    assert "3 corners" in page.locator(".map-block__status").inner_text()
    assert page.locator("[data-given-as]").input_value() == "drawn"
    assert page.url.endswith("/planning/check#by-boundary")
    assert accessibility_faults(page) == []


def test_what_changes_a_boundary_is_not_printed(visit: Callable[..., Visit]) -> None:
    page = visit().open("/planning/check")
    _type(page)

    assert page.locator(".check-change").is_visible()
    page.emulate_media(media="print")

    assert not page.locator(".check-change").is_visible()


def test_a_click_on_the_first_corner_closes_the_shape(visit: Callable[..., Visit]) -> None:
    page = visit().open("/planning/check")
    page.locator(".map-block").scroll_into_view_if_needed()
    canvas = page.locator(".map-block__canvas").bounding_box()
    assert canvas is not None
    middle_x, middle_y = canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] / 2
    for x, y in ((-40, -40), (40, -40), (40, 40), (-38, -39)):
        page.mouse.click(middle_x + x, middle_y + y)

    assert "The shape is closed, with 3 corners" in page.locator(".map-block__status").inner_text()
    assert len(page.locator("#boundary").input_value().splitlines()) == 3


def test_a_double_click_is_one_corner_and_zooms_nowhere(visit: Callable[..., Visit]) -> None:
    page = visit().open("/planning/check")
    canvas, corners = page.locator(".map-block__canvas"), page.locator("path.map-sketch-corner")

    canvas.click(position={"x": 100, "y": 100})
    canvas.dblclick(position={"x": 300, "y": 100})

    expect(corners).to_have_count(2)
    # Once it is still, as a zoom is not at once.
    page.wait_for_timeout(500)
    first, second = (corner.bounding_box() for corner in corners.all())
    assert first is not None and second is not None
    assert second["x"] - first["x"] == pytest.approx(200, abs=2)
    assert len(page.locator("#boundary").input_value().splitlines()) == 2


@pytest.mark.parametrize("text", [CORNERS, "52.47, -1.91\n52.48, -1.91\n\n52.47, -1.90"])
def test_the_map_writes_nothing_over_corners_that_it_cannot_show(
    visit: Callable[..., Visit], text: str
) -> None:
    page = visit().open("/planning/check")
    page.fill("#boundary", text)
    page.locator(".map-block__canvas").click()
    for name in ("Add a corner at the middle", "Undo"):
        page.get_by_role("button", name=name, exact=True).click()

    assert page.locator("#boundary").input_value() == text
    assert "does not show it" in page.locator(".map-block__status").inner_text()
    page.get_by_role("button", name="Start again", exact=True).click()
    assert page.locator("#boundary").input_value() == ""


def test_typed_uploaded_kept_and_read_without_javascript(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    tab = visit(java_script=False)
    page = tab.open("/planning/check")
    _type(page, "406600 286800\nnowhere")
    assert page.locator("#boundary-error").inner_text().count("Line 2") == 1
    _type(page)
    assert page.locator(".check-paper svg.drawn").is_visible()
    address = _keep(page)
    assert page.locator("h1").inner_text() == "Plot 7"

    corners = [[-1.9120, 52.4730], [-1.9100, 52.4730], [-1.9100, 52.4745], [-1.9120, 52.4730]]
    file = tmp_path / "site.geojson"
    geometry = {"type": "Polygon", "coordinates": [corners]}
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    page = tab.open("/planning/check")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Send the file").click()
    assert "A boundary from a file" in page.locator(".place__note").inner_text()
    second = _keep(page)

    beside = f"{address.removeprefix(tab.service)}/beside?other={second}"
    assert "Two sites side by side" in tab.open(beside).title()
    # axe is a script, so a page without any cannot be asked.
    assert accessibility_faults(visit().open(beside)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_field_of_corners_lies_on_the_pages_own_ground(
    visit: Callable[..., Visit], scheme: Scheme
) -> None:
    page = visit(scheme=scheme).open("/planning/check")

    colours = [
        page.locator(each).evaluate("(element) => getComputedStyle(element).backgroundColor")
        for each in ("#boundary", "body")
    ]
    assert colours[0] == colours[1]


def test_without_a_script_each_sign_of_the_legend_stands_beside_its_words(
    visit: Callable[..., Visit],
) -> None:
    page = visit(java_script=False).open("/planning/check")
    _type(page)

    for entry in page.locator(".check-paper__legend li").all():
        words, sign = entry.bounding_box(), entry.locator("svg").bounding_box()
        assert words is not None and sign is not None
        assert words["x"] <= sign["x"] < words["x"] + words["width"]
        assert words["y"] < sign["y"] + sign["height"] / 2 < words["y"] + words["height"]


def test_a_kept_check_prints_with_its_map_and_without_its_controls(
    visit: Callable[..., Visit],
) -> None:
    page = visit().open("/planning/check")
    _type(page)
    _keep(page)
    page.emulate_media(media="print")

    assert page.locator(".check-paper svg.drawn").is_visible()
    # Else the scale that is told beneath it would be untrue.
    assert page.locator("svg.drawn").evaluate(_SHRUNK_TO) == pytest.approx(1, abs=0.005)
    assert not page.locator(".map-block__canvas").is_visible()
    assert not page.get_by_role("button", name="Answer as at that day").is_visible()
    assert page.get_by_text("not a local land charges search").is_visible()


def _go_to_the_desk(page: Page) -> None:
    page.get_by_role("link", name="Set findings aside").click()
    page.fill("#id_username", "officer")
    page.fill("#id_password", "for-the-tests-alone")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/manage/checks/*")


def test_an_officer_sets_a_finding_aside(visit: Callable[..., Visit]) -> None:
    page = visit().open("/planning/check")
    _type(page)
    address = _keep(page)
    _go_to_the_desk(page)
    assert accessibility_faults(page) == []

    page.locator("textarea").first.fill("The order was revoked.")
    page.get_by_role("button", name="Set it aside").first.click()
    page.goto(address)

    assert page.locator(".check-finding--aside").count() == 1
    assert "The order was revoked." in page.locator(".check-finding__aside").inner_text()


@pytest.mark.parametrize("width", [1280, 320])
def test_long_words_stay_on_the_screen(visit: Callable[..., Visit], width: int) -> None:
    page = visit(width=width).open("/planning/check")
    widths: dict[str, int] = {}

    def note(name: str) -> None:
        widths[name] = page.evaluate("document.documentElement.scrollWidth")

    _type(page, label=LONG_NAME)
    note("answered")
    address = _keep(page)
    for part in ("", "/again", "/neighbours", f"/beside?other={address}"):
        page.goto(f"{address}{part}")
        note(part)
    page.goto(address)
    _go_to_the_desk(page)
    page.locator("textarea").first.fill("C:\\Planning\\" + "x" * 200)
    page.get_by_role("button", name="Set it aside").first.click()
    page.wait_for_load_state("load")
    note("desk")

    assert {name: wide for name, wide in widths.items() if wide > width} == {}


def test_without_a_script_long_words_of_the_legend_stay_on_the_screen(
    visit: Callable[..., Visit],
) -> None:
    page = visit(width=320, java_script=False).open("/planning/check")

    _type(page, label=LONG_NAME)

    assert page.locator(".check-paper__legend").evaluate("(list) => list.scrollWidth") <= 320
