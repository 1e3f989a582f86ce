"""The map of all layers: on and off, what is here, the list, links, measuring, what fails."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import mapbox_vector_tile
import pytest
import shapely
from playwright.sync_api import Locator, Page, Route, expect

from layers.crs import national_grid_from_lonlat
from tests.browser.visit import Scheme, Visit, accessibility_faults

_AT_CENTRE = "#15/52.4793/-1.8985"
# How many pixels of the layers' canvases are not empty. The basemap's pane is the lowest.
_PAINTED = """() => {
    let painted = 0
    for (const canvas of document.querySelectorAll('.map-tile > canvas')) {
      if (!(canvas.closest('.map-tiles').style.zIndex > 400)) continue
      const copy = document.createElement('canvas')
      Object.assign(copy, { width: canvas.width, height: canvas.height })
      const context = copy.getContext('2d', { willReadFrequently: true })
      context.drawImage(canvas, 0, 0)
      const { data } = context.getImageData(0, 0, copy.width, copy.height)
      for (let i = 3; i < data.length; i += 4) painted += data[i] > 0
    }
    return painted
}"""
# And how many of them are white: what is written on a circle, and the line around it.
_WHITE = _PAINTED.replace(
    "data[i] > 0", "(data[i] & data[i - 1] & data[i - 2] & data[i - 3]) === 255"
)
_BASEMAP_PAINTED = _PAINTED.replace("> 400", "< 400")
_LOWEST_TILE_IS_BELOW_THE_MAP = """() => {
    const bottom = (element) => element.getBoundingClientRect().bottom
    const tiles = [...document.querySelectorAll('.map-tile')].map(bottom)
    return Math.max(...tiles) >= bottom(document.querySelector('.web-map__canvas'))
}"""
_READY = re.compile("The map shows all layers")


def _open(tab: Visit, path: str) -> Page:
    page = tab.open(path)
    expect(page.locator(".map-block__status")).not_to_have_text(re.compile("^$|Loading"))
    expect(page.locator("[data-list-status]")).not_to_be_empty()
    return page


def _box(page: Page, slug: str) -> Locator:
    return page.locator(f".map-panel__layer input[value='{slug}']")


def _listed(page: Page, slug: str) -> str:
    return page.locator(f"[data-listed='{slug}'] [data-summary]").inner_text()


def _orders(page: Page) -> list[str]:
    """How high the basemap and the layers lie, the lowest first."""
    return sorted(
        page.locator(".map-tiles").evaluate_all("(all) => all.map((e) => e.style.zIndex)")
    )


def test_layers_lie_in_their_order_whichever_comes_last(visit: Callable[..., Visit]) -> None:
    page = visit().page
    # The uppermost is read last.
    page.route(
        re.compile("/api/collections/schools/items"),
        lambda route: (page.wait_for_timeout(800), route.continue_()),
    )
    page.goto(f"/map?layer=schools&layer=parks{_AT_CENTRE}")
    expect(page.locator(".map-block__status")).to_have_text(_READY)

    assert _orders(page) == ["200", "411", "412"]


def test_layers_come_before_what_surrounds_them(visit: Callable[..., Visit]) -> None:
    page = visit().page
    seen: list[str] = []
    page.on("requestfinished", lambda request: seen.append(f"has {urlsplit(request.url).path}"))
    page.on("request", lambda request: seen.append(f"asks {urlsplit(request.url).path}"))
    outlines, listed = "asks /api/collections/wards/items", "asks /map/list"

    with page.expect_request(re.compile("/map/list")), page.expect_request(re.compile("/wards/")):
        page.goto(f"/map?layer=schools{_AT_CENTRE}")

    drawn = seen.index("has /api/collections/schools/items")
    assert drawn < seen.index(outlines)
    assert drawn < seen.index(listed)


def test_what_surrounds_them_does_not_wait_for_ever(visit: Callable[..., Visit]) -> None:
    page = visit().page
    held: list[Route] = []
    page.route(re.compile("/collections/schools/"), lambda route: held.append(route))

    with page.expect_request(re.compile("/map/list")), page.expect_request(re.compile("/wards/")):
        page.goto(f"/map?layer=schools{_AT_CENTRE}")

    assert held
    expect(page.locator(".map-block__status")).to_have_text("Loading Schools…")
    for route in held:
        route.abort()


def test_counts_of_areas_can_be_read(visit: Callable[..., Visit]) -> None:
    page = visit().page
    cells = [{"geometry": "POINT(2048 2048)", "properties": {"count": 120}}]
    tile = mapbox_vector_tile.encode([{"name": "parks", "features": cells}])
    # No layer of areas in the sample city is large enough.
    page.route(re.compile(r"/map\?layer=parks"), _draw_parks_from_tiles)
    page.route(re.compile("/made/"), lambda route: route.fulfill(body=tile))

    page.goto(f"/map?layer=parks&basemap=off{_AT_CENTRE}")

    expect(page.locator(".map-block__status")).to_contain_text("Circles with a number")
    assert page.evaluate(_WHITE) > 300


def _draw_parks_from_tiles(route: Route) -> None:
    response = route.fetch()
    here = '{"kind": "items", "address": "/api/collections/parks/items"}'
    made = '{"kind": "tiles", "address": "/made/{z}/{x}/{y}.mvt", "maxZoom": 20}'
    assert here in response.text()
    route.fulfill(response=response, body=response.text().replace(here, made))


def test_layers_are_switched_on_ordered_and_off(visit: Callable[..., Visit]) -> None:
    tab = visit()
    page = _open(tab, f"/map{_AT_CENTRE}")
    expect(page.locator(".map-block__status")).to_contain_text("No layer is switched on")
    assert page.evaluate(_PAINTED) == 0

    page.get_by_label("Find a layer").fill("conservation")
    expect(_box(page, "schools")).to_be_hidden()
    _box(page, "conservation-areas").check()
    page.get_by_label("Find a layer").fill("")
    _box(page, "planning-applications").check()
    expect(page.locator(".map-block__status")).to_have_text(_READY)
    page.wait_for_function(f"() => ({_PAINTED})() > 0")
    cards = page.locator("[data-chosen] .map-card__title")
    expect(cards).to_have_text(["Planning applications", "Conservation areas"])
    # What it looks like is said by a drawing and words.
    assert page.locator("[data-layer='conservation-areas'] .map-legend svg").count() == 2

    assert _orders(page) == ["200", "411", "412"]

    page.get_by_role("button", name="Move Planning applications down").click()

    expect(cards).to_have_text(["Conservation areas", "Planning applications"])
    down = page.get_by_role("button", name="Move Planning applications down")
    expect(down).to_be_focused()
    down.press("Enter")
    expect(page.locator("[data-panel-status]")).to_contain_text("is at the bottom already")
    expect(page).to_have_url(re.compile("layer=conservation-areas&layer=planning-applications"))
    for title in ("Planning applications", "Conservation areas"):
        page.get_by_role("button", name=f"Remove {title}").click()
    expect(page.locator(".map-block__status")).to_contain_text("No layer is switched on")
    assert page.evaluate(_PAINTED) == 0
    assert tab.complaints == []
    assert tab.foreign_requests == []


def test_a_click_and_the_keyboard_say_what_the_features_own_page_says(
    visit: Callable[..., Visit],
) -> None:
    page = _open(visit(), "/map?layer=wards&layer=schools#15/52.4793/-1.8985")
    answer = page.locator("[data-answer]")

    page.locator(".map-block__canvas").click(position={"x": 300, "y": 300})

    expect(page.locator("#here-title")).to_be_focused()
    expect(page.locator("[data-answer-status]")).to_have_text(re.compile(r"found here: [1-9]"))
    ward = answer.locator("[data-layer='wards']")
    expect(ward).to_have_count(1)
    shown = dict(
        zip(ward.locator("dt").all_inner_texts(), ward.locator("dd").all_inner_texts(), strict=True)
    )
    expect(answer).to_contain_text(re.compile(r"Grid reference SP \d{5} \d{5}"))
    page.keyboard.press("Escape")
    expect(page.locator("[data-answers]")).to_be_hidden()
    expect(page.locator(".map-block__canvas")).to_be_focused()

    page.get_by_role("button", name="What is at the middle?").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#here-title")).to_be_focused()
    middle = answer.locator("[data-layer='wards']")
    expect(middle).to_have_count(1)
    link = middle.get_by_role("link")
    title = link.inner_text()
    page.goto(str(link.get_attribute("href")))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    said = dict(
        zip(
            page.locator(".govuk-summary-list__key").all_inner_texts(),
            page.locator(".govuk-summary-list__value").all_inner_texts(),
            strict=True,
        )
    )
    assert shown.keys() <= said.keys()
    assert said["Ward"] == title


def _as_people_order(name: str) -> list[tuple[int, str]]:
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]


def test_the_list_has_what_the_api_has_of_the_view(visit: Callable[..., Visit]) -> None:
    page = visit().page
    with page.expect_request(re.compile("/map/list")) as asked:
        page.goto(f"/map?layer=schools{_AT_CENTRE}")
    box = parse_qs(urlsplit(asked.value.url).query)["bbox"][0]
    page.wait_for_load_state("networkidle")

    answer = page.request.get(f"/api/collections/schools/items?bbox={box}&limit=1000").json()

    count = len(answer["features"])
    assert 0 < count < 100
    assert _listed(page, "schools") == f"Schools: {count} here."
    expect(page.locator("[data-list-status]")).to_have_text(f"Schools: {count} here.")
    listed = page.locator("[data-listed='schools'] .map-list__name").all_inner_texts()
    names = [feature["properties"]["name"] for feature in answer["features"]]
    assert listed == sorted(names, key=_as_people_order)[:10]

    page.get_by_role("button", name=f"Show on map {listed[0]}").click()

    expect(page.locator(".map-block__canvas")).to_be_focused()
    expect(page.locator(".map-tile__marks")).to_have_count(1)


def test_a_filter_is_one_for_the_map_and_the_list(visit: Callable[..., Visit]) -> None:
    page = _open(visit(), f"/map?layer=planning-applications{_AT_CENTRE}")
    all_painted, all_listed = page.evaluate(_PAINTED), _listed(page, "planning-applications")
    card = page.locator("[data-layer='planning-applications']")
    card.locator("summary").click()

    card.get_by_label("Householder").check()

    expect(page.locator("[data-listed] [data-summary]")).not_to_have_text(all_listed)
    expect(page).to_have_url(re.compile(r"where\.planning-applications\.type=Householder"))
    kinds = page.locator("[data-listed] dt:text-is('Type') + dd").all_inner_texts()
    assert set(kinds) == {"Householder"}
    page.wait_for_function(f"() => ({_PAINTED})() < {all_painted}")
    assert page.evaluate(_PAINTED) > 0


def test_a_link_brings_everything_back(visit: Callable[..., Visit]) -> None:
    path = (
        "/map?layer=schools&layer=parks&layer=no-more&opacity.parks=40"
        "&where.schools.phase=Primary#14/52.48100/-1.90200"
    )

    page = _open(visit(), path)

    expect(page.get_by_text("no-more. The others are shown")).to_be_visible()
    expect(page.locator("[data-chosen] .map-card__title")).to_have_text(
        ["Schools", "Parks and green spaces"]
    )
    assert page.get_by_label("How strong Parks and green spaces").input_value() == "40"
    expect(page.get_by_label("Primary", exact=True)).to_be_checked()
    # As it was, but for the layer that is not there.
    expect(page).to_have_url(
        re.compile(re.escape(path.replace("&layer=no-more", "").split("&", 1)[0]))
    )
    assert urlsplit(page.url).fragment == "14/52.48100/-1.90200"
    layers = page.locator(".map-tiles .leaflet-layer")
    assert "0.4" in layers.evaluate_all("(all) => all.map(({ style }) => style.opacity)")


def test_an_area_is_measured_in_the_national_grid(visit: Callable[..., Visit]) -> None:
    page = _open(visit(), "/map#15/52.4793/-1.8985")
    page.get_by_role("button", name="Measure an area").click()
    with page.expect_response(
        lambda response: (
            response.url.endswith("/map/measure")
            and len(parse_qs(response.request.post_data or "")["corners"][0].split(";")) == 4
        )
    ) as answered:
        for x, y in ((250, 150), (600, 170), (580, 420), (240, 400)):
            page.locator(".map-block__canvas").click(position={"x": x, "y": y})

    corners = parse_qs(answered.value.request.post_data or "")["corners"][0]
    longitudes, latitudes = zip(
        *(map(float, corner.split(",")) for corner in corners.split(";")), strict=True
    )
    by_shapely = shapely.Polygon(
        zip(*national_grid_from_lonlat(longitudes, latitudes), strict=True)
    )
    measured = answered.value.json()
    assert measured["areaM2"] == pytest.approx(by_shapely.area, rel=1e-6)
    assert measured["lengthM"] == pytest.approx(by_shapely.length, rel=1e-6)
    said = page.locator("[data-measured]")
    expect(said).to_contain_text(
        f"{by_shapely.area / 1e6:.3f} km²"
        if by_shapely.area >= 1e6
        else f"{by_shapely.area:,.0f} m²"
    )

    # The same by keyboard.
    page.get_by_role("button", name="Measure a distance").press("Enter")
    page.get_by_role("button", name="Add corner at the middle").press("Enter")
    page.locator(".map-block__canvas").press("ArrowRight")
    page.get_by_role("button", name="Add corner at the middle").press("Enter")
    expect(said).to_contain_text("Distance: ")
    page.get_by_role("button", name="Measure a distance").press("Escape")
    expect(page.locator("[data-measure]")).to_be_hidden()
    expect(page.locator(".map-block__canvas")).to_be_focused()


def test_a_double_click_ends_what_is_measured(visit: Callable[..., Visit]) -> None:
    page = _open(visit(), f"/map{_AT_CENTRE}")
    canvas, said = page.locator(".web-map__canvas"), page.locator("[data-measured]")
    corners = page.locator("path.map-measured__corner")
    page.get_by_role("button", name="Measure a distance").click()

    # One corner is no distance: it goes on.
    canvas.dblclick(position={"x": 200, "y": 150})
    expect(corners).to_have_count(1)
    canvas.click(position={"x": 400, "y": 150})
    canvas.dblclick(position={"x": 400, "y": 300})

    expect(corners).to_have_count(3)
    expect(said).to_contain_text("Distance: ")
    expect(page).to_have_url(re.compile("#15/"))
    canvas.click(position={"x": 250, "y": 250})
    expect(page.locator("#here-title")).to_be_focused()
    expect(corners).to_have_count(3)
    page.get_by_role("button", name="Take the last corner back").click()
    canvas.click(position={"x": 300, "y": 300})
    expect(corners).to_have_count(3)
    page.get_by_role("button", name="Stop measuring").click()
    canvas.dblclick(position={"x": 400, "y": 200})
    expect(page).to_have_url(re.compile("#16/"))


def test_a_layer_that_cannot_be_added_says_so_at_its_checkbox(visit: Callable[..., Visit]) -> None:
    page = _open(visit(), f"/map{_AT_CENTRE}")
    page.route("**/map/layers/libraries*", lambda route: route.abort())
    box = _box(page, "libraries")

    box.press("Space")

    words = "This layer could not be loaded."
    expect(page.get_by_role("checkbox", name=re.compile(f"Libraries.*{words}"))).to_be_focused()
    expect(page.locator("[data-panel-status]")).to_have_text(words)
    page.unroute("**/map/layers/libraries*")
    box.press("Space")
    expect(page.locator("[data-layer='libraries']")).to_have_count(1)
    expect(page.get_by_text(words)).to_have_count(0)


def test_missing_tiles_are_said_and_can_be_tried_again(visit: Callable[..., Visit]) -> None:
    page = visit().page
    page.route(re.compile("/tiles/planning-applications/"), lambda route: route.fulfill(status=404))
    page.goto(f"/map?layer=planning-applications&layer=parks{_AT_CENTRE}")
    failure = page.locator("[data-failure]")
    expect(failure).to_have_text(
        "Parts of the map are missing: Planning applications. The list has everything."
    )
    # It does not say beside it that the map shows all layers.
    expect(page.locator(".map-block__status")).to_have_text("")
    page.unroute(re.compile("/tiles/planning-applications/"))

    page.get_by_role("button", name="Try the map again").click()

    expect(failure).to_be_empty()
    expect(page.locator(".map-block__status")).to_have_text(_READY)
    expect(page.get_by_role("button", name="Try the map again")).to_be_hidden()


def test_the_view_goes_to_no_server(visit: Callable[..., Visit]) -> None:
    page = visit().page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/map#15/52.47931/-1.89853")
    page.wait_for_load_state("networkidle")

    assert [url for url in asked if "52.47931" in url] == []


def test_the_background_map_goes_off_and_stays_off_in_the_link(
    visit: Callable[..., Visit],
) -> None:
    tab = visit()
    page = _open(tab, f"/map?layer=parks{_AT_CENTRE}")
    canvases = page.locator(".map-tiles .map-tile canvas")
    page.wait_for_function(f"() => ({_BASEMAP_PAINTED})() > 0")
    expect(page.locator(".map-block__source")).to_contain_text("Contains OS data")
    # It is under everything already: nobody has to find it among the layers.
    assert page.locator(".map-panel__layer input[value^='basemap']").count() == 0

    page.get_by_label("Off", exact=True).check()

    expect(page).to_have_url(re.compile("layer=parks&basemap=off#"))
    expect(page.locator(".map-block__source")).to_be_hidden()
    assert page.evaluate(_BASEMAP_PAINTED) == 0
    assert canvases.count() > 0
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    expect(page.locator(".map-block__status")).to_have_text(_READY)
    assert page.get_by_label("Off", exact=True).is_checked()
    assert [address for address in asked if "/tiles/basemap/" in address] == []
    page.get_by_label("On", exact=True).check()
    page.wait_for_function(f"() => ({_BASEMAP_PAINTED})() > 0")
    assert tab.complaints == []


def test_what_is_on_the_map_goes_to_paper(visit: Callable[..., Visit]) -> None:
    tab = visit()
    page = _open(tab, f"/map?layer=parks&opacity.parks=60{_AT_CENTRE}")

    page.get_by_role("link", name="Print", exact=True).click()

    page.locator(".print-preview svg.drawn").wait_for()
    assert page.locator("input[name=layer][value=parks]").is_checked()
    assert page.locator("input[name='opacity.parks']").input_value() == "60"
    assert page.locator("#place").input_value() == "52.47930, -1.89850"
    assert "Contains OS data" in page.locator(".print-preview").inner_text()
    assert tab.complaints == []


def test_without_a_script_there_is_a_picture_of_the_map(visit: Callable[..., Visit]) -> None:
    tab = visit(java_script=False)
    page = tab.open("/map?layer=parks&layer=schools&where.schools.phase=Primary")
    picture = page.get_by_role("img", name="Schools")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.complete && image.naturalWidth") == 756  # 200 mm
    address = str(picture.get_attribute("src"))
    assert "where.schools.phase=Primary" in address
    drawn = page.request.get(address).text()
    assert drawn.startswith("<svg") and "Contains OS data" in drawn

    page.get_by_label("Off", exact=True).check()
    page.get_by_role("button", name="Show these layers").click()

    expect(picture).to_have_attribute("src", re.compile("basemap=off"))
    assert "Contains OS data" not in page.request.get(str(picture.get_attribute("src"))).text()
    page.get_by_role("link", name="Print this map").click()
    assert page.locator("input[name=layer][value=schools]").is_checked()
    assert not page.get_by_label("Background map").is_checked()
    assert tab.complaints == []


def test_without_a_script_there_is_a_form_and_a_list(visit: Callable[..., Visit]) -> None:
    page = visit(java_script=False).open("/map")
    _box(page, "schools").check()
    ward = page.locator("select[name=area]")
    ward.select_option(index=1)

    page.get_by_role("button", name="Show these layers").click()

    summary = page.locator("[data-listed='schools'] [data-summary]").inner_text()
    assert 0 < int(re.findall(r"\d+", summary)[0]) < 50
    page.locator("[data-listed='schools'] .map-list__name a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (320, "light"),
        (1280, "dark"),
        pytest.param(320, "dark", marks=pytest.mark.drill),
        pytest.param(1280, "light", marks=pytest.mark.drill),
    ],
)
def test_it_is_accessible_with_everything_open(
    visit: Callable[..., Visit], width: int, scheme: Scheme
) -> None:
    tab = visit(width=width, scheme=scheme)
    page = _open(tab, f"/map?layer=planning-applications&layer=flood-zones{_AT_CENTRE}")
    for summary in page.locator(".map-card__summary").all():
        summary.click()
    page.get_by_role("button", name="Measure a distance").click()
    page.get_by_role("button", name="What is at the middle?").click()
    expect(page.locator("[data-here]")).to_be_visible()

    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.complaints == []
    assert tab.foreign_requests == []


def test_the_buttons_that_measure_are_on_the_screen_with_the_map(
    visit: Callable[..., Visit],
) -> None:
    page = _open(visit(), f"/map{_AT_CENTRE}")

    expect(page.get_by_role("button", name="Measure an area")).to_be_in_viewport()
    assert page.locator(".web-map__canvas").evaluate("map => map.clientHeight") > 400


@pytest.mark.parametrize("width", [1280, 375])
def test_what_is_measured_is_on_the_screen_with_the_map(
    visit: Callable[..., Visit], width: int
) -> None:
    page = _open(visit(width=width), f"/map{_AT_CENTRE}")

    page.get_by_role("button", name="Measure a distance").click()

    expect(page.locator("[data-measured]")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Stop measuring")).to_be_in_viewport()
    expect(page.locator(".web-map__canvas")).to_be_in_viewport(ratio=0.6)


@pytest.mark.parametrize(
    ("width", "height", "share"), [(1920, 1080, 0.7), (1280, 900, 0.65), (390, 844, 0.6)]
)
def test_in_full_screen_the_map_takes_the_screen(
    visit: Callable[..., Visit], width: int, height: int, share: float
) -> None:
    page = _open(visit(width=width, height=height), f"/map?layer=parks{_AT_CENTRE}")
    canvas = page.locator(".web-map__canvas")
    before = canvas.evaluate("map => map.clientHeight")

    page.get_by_role("button", name="Full screen").click()

    expect(page.get_by_role("button", name="Leave full screen")).to_be_visible()
    assert canvas.evaluate("map => map.clientHeight") > share * height
    expect(canvas).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Zoom in")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="What is at the middle?")).to_be_in_viewport(ratio=1)
    # It is painted to its lower edge.
    page.wait_for_function(_LOWEST_TILE_IS_BELOW_THE_MAP)
    panel = page.locator(".web-map__side")
    panel.get_by_label("Find a layer").fill("schools")
    _box(page, "schools").check()
    expect(panel.get_by_role("button", name="Remove Schools")).to_be_attached()
    page.get_by_role("button", name="Leave full screen").click()
    expect(page.get_by_role("button", name="Full screen", exact=True)).to_be_visible()
    assert canvas.evaluate("map => map.clientHeight") == before
