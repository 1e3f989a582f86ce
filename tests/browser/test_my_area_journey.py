"""From the search box to a sent report by keyboard alone, and magnified, and without motion."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visit import Scheme, Visit, accessibility_faults

PAGES = [
    "/",
    "/my-area/",
    "/my-area/B11BB",
    "/my-area/B11BB?words=easy",
    "/my-area/B331XT",
    "/my-area/B331XT/addresses",
    "/my-area/B911AB",
    "/my-area/uprn-990000000017",
    "/my-area/B11BB/planning",
    "/nearest/public-toilets/B11BB",
    "/bins/990000000017",
    "/bins/990000000017/calendar",
    "/reports/new/libraries",
    "/embed/my-area/",
    "/embed/my-area/B11BB",
]
# 1280 by 1024 pixels at 400 %, as WCAG 1.4.10 counts.
_MAGNIFIED = {"width": 320, "height": 256}
# A page of a hundred links is long; what takes more is a trap.
_MOST_TABS = 250
# The focused element, as long as a reader with the keyboard alone can see it.
_IS_SEEN = """(element) => {
  const box = element.getBoundingClientRect()
  const x = Math.min(Math.max(box.left + Math.min(box.width, innerWidth) / 2, 1), innerWidth - 1)
  const y = Math.min(Math.max(box.top + Math.min(box.height, innerHeight) / 2, 1), innerHeight - 1)
  const top = document.elementFromPoint(x, y)
  return box.bottom > 0 && box.top < innerHeight && !!top &&
    (element.contains(top) || top.contains(element) || !!top.closest('label')?.contains(element) ||
      [...(element.labels || [])].some((label) => label.contains(top)))
}"""
_MOVES = """() => [...document.querySelectorAll('*')]
  .filter((element) => {
    const style = getComputedStyle(element)
    const lasts = (text) => text.split(',').some((time) => parseFloat(time) > 0)
    return (style.animationName !== 'none' && lasts(style.animationDuration)) ||
      lasts(style.transitionDuration) || style.scrollBehavior === 'smooth'
  })
  .map((element) => `${element.tagName}.${element.getAttribute('class')}`)"""


class Keyboard:
    """Somebody without a mouse, who sees a page and has Tab, the arrows and Enter."""

    def __init__(self, tab: Visit) -> None:
        self.page: Page = tab.page

    def tab_to(self, wanted: Locator) -> None:
        """Press Tab until it is focused; each stop on the way must be seen."""
        expect(wanted).to_be_visible()
        for _ in range(_MOST_TABS):
            self.page.keyboard.press("Tab")
            focused = self.page.locator(":focus")
            if not focused.count():
                continue  # the browser's own bar, between the page's end and its beginning
            assert focused.evaluate(_IS_SEEN), focused.evaluate("(element) => element.outerHTML")
            if wanted.evaluate("(element) => element === document.activeElement"):
                return
        raise AssertionError(f"{wanted} cannot be reached by Tab.")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def follow(self, wanted: Locator) -> None:
        self.tab_to(wanted)
        with self.arriving():
            self.press("Enter")

    @contextmanager
    def arriving(self) -> Iterator[None]:
        with self.page.expect_navigation(wait_until="load"):
            yield

    def link(self, name: str, *, exact: bool = True) -> Locator:
        return self.page.get_by_role("link", name=name, exact=exact).first

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name).first


def _search(keyboard: Keyboard) -> None:
    keyboard.tab_to(keyboard.page.get_by_label("Postcode, street or address"))
    keyboard.page.keyboard.type("b1 1bb", delay=20)


def _to_the_bins(keyboard: Keyboard) -> None:
    """Go from a postcode to the year of one of its addresses, and back to the postcode."""
    page = keyboard.page
    keyboard.follow(keyboard.link("Choose your address", exact=False))
    keyboard.follow(page.locator(".result-list a").first)
    expect(page.locator(".bins__item").first).to_be_visible()
    keyboard.follow(keyboard.link("All bin dates, and your calendar"))
    keyboard.follow(keyboard.link("A calendar of the year to print"))
    expect(page.locator(".bin-month")).to_have_count(12)
    page.goto("/my-area/B11BB")


def _to_open_toilets(keyboard: Keyboard) -> None:
    keyboard.follow(keyboard.link("More near here: Public toilets"))
    keyboard.tab_to(keyboard.page.get_by_label("Only those that are open now"))
    keyboard.press("Space")
    keyboard.follow(keyboard.button("Show"))
    assert keyboard.page.url.endswith("?open=now")
    keyboard.follow(keyboard.link("Everything about B1 1BB"))


def _to_planning(keyboard: Keyboard) -> None:
    keyboard.follow(keyboard.link("Farther away, or longer ago"))
    keyboard.tab_to(keyboard.page.get_by_label("Within"))
    keyboard.press("ArrowDown")
    keyboard.tab_to(keyboard.page.get_by_label("Received in the last"))
    keyboard.press("ArrowDown")
    keyboard.follow(keyboard.button("Show"))
    assert keyboard.page.url.endswith("?within=1000&months=36")


def _report(keyboard: Keyboard) -> None:
    page = keyboard.page
    keyboard.follow(page.locator(".nearest__name").first)
    keyboard.follow(keyboard.link("Something is wrong with this"))
    keyboard.tab_to(page.get_by_role("radio").first)
    keyboard.press("ArrowDown")
    keyboard.tab_to(page.get_by_label("What is wrong, and what is right?"))
    page.keyboard.type("It stands in the next street.")
    keyboard.follow(keyboard.button("Send"))
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


@pytest.mark.parametrize(
    ("size", "scheme"),
    [({"width": 1280, "height": 900}, "dark"), (_MAGNIFIED, "light")],
    ids=["large", "magnified"],
)
def test_the_whole_journey_needs_a_keyboard_alone(
    visit: Callable[..., Visit], size: dict[str, int], scheme: Scheme
) -> None:
    tab = visit(**size, scheme=scheme)
    tab.open("/")
    keyboard = Keyboard(tab)

    _search(keyboard)
    expect(tab.page.get_by_role("option").first).to_contain_text("B1 1BB")
    with keyboard.arriving():
        keyboard.press("ArrowDown", "Enter")
    assert tab.page.url.endswith("/my-area/B11BB")
    _to_the_bins(keyboard)
    _to_open_toilets(keyboard)
    _to_planning(keyboard)
    _report(keyboard)

    assert tab.complaints == []
    assert tab.foreign_requests == []


def test_the_journey_needs_no_script(visit: Callable[..., Visit]) -> None:
    tab = visit(java_script=False)
    tab.page.goto("/")
    keyboard = Keyboard(tab)

    _search(keyboard)
    with keyboard.arriving():
        keyboard.press("Enter")
    assert tab.page.url.endswith("/my-area/B11BB")
    _to_the_bins(keyboard)
    _to_open_toilets(keyboard)
    _to_planning(keyboard)
    _report(keyboard)


def test_the_map_is_skipped_and_asked_by_keyboard(visit: Callable[..., Visit]) -> None:
    tab = visit()
    page = tab.open("/my-area/B11BB")
    keyboard = Keyboard(tab)

    keyboard.tab_to(keyboard.link("Skip the map"))
    keyboard.press("Enter")
    keyboard.tab_to(keyboard.button("Show on map"))
    keyboard.press("Enter")

    expect(page.locator(".nearest__item.is-shown-on-map")).to_have_count(1)
    expect(page.locator(".map-block")).to_be_in_viewport()


@pytest.mark.parametrize("path", PAGES)
def test_at_400_percent_everything_is_there_in_one_column(
    visit: Callable[..., Visit], path: str
) -> None:
    tab = visit(**_MAGNIFIED)

    page = tab.open(path)

    assert page.evaluate("document.documentElement.scrollWidth") <= _MAGNIFIED["width"]
    assert accessibility_faults(page) == []
    # Whatever stays in view takes room that a magnified page has not.
    stays = """() => [...document.querySelectorAll('body *')]
      .filter((element) => ['fixed', 'sticky'].includes(getComputedStyle(element).position))
      .map((element) => element.className)"""
    assert page.evaluate(stays) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_for_who_asked_for_less_motion(
    visit: Callable[..., Visit], path: str
) -> None:
    page = visit().open(path)

    assert page.evaluate(_MOVES) == []


def test_a_phone_s_first_screen_has_the_ward_and_the_bins(visit: Callable[..., Visit]) -> None:
    page = visit(width=320, height=568).open("/my-area/uprn-990000000017")

    for begun in ("This address is in ", "Your "):
        said = page.locator(".place__sentence").filter(has_text=re.compile(f"^{begun}"))
        expect(said.first).to_be_in_viewport(ratio=1)
    expect(page.locator(".jumps__link").first).to_be_hidden()


def test_the_links_within_the_page_are_one_press_away_on_a_phone(
    visit: Callable[..., Visit],
) -> None:
    tab = visit(width=320)
    page = tab.open("/my-area/B11BB")
    keyboard = Keyboard(tab)

    keyboard.tab_to(page.locator(".jumps__summary"))
    keyboard.press("Enter")
    keyboard.tab_to(keyboard.link("Ward and councillors"))
    keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Ward and councillors")).to_be_in_viewport()


def test_the_links_within_the_page_are_all_shown_where_there_is_room(
    visit: Callable[..., Visit],
) -> None:
    page = visit().open("/my-area/B11BB")

    expect(page.locator(".jumps__link").first).to_be_in_viewport()
    expect(page.locator(".jumps__summary")).to_be_hidden()


def test_paper_says_when_and_has_nothing_to_press(visit: Callable[..., Visit]) -> None:
    page = visit().open("/my-area/B11BB")
    printed = page.get_by_text("Looked up on")
    expect(printed).to_be_hidden()

    page.emulate_media(media="print")

    expect(printed).to_be_visible()
    for pressed in ("Show on map", "More near here", "Share or copy the link", "On this page"):
        expect(page.get_by_text(pressed).filter(visible=True)).to_have_count(0)
