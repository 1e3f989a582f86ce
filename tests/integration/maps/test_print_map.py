"""A map for paper: the form, its preview, and a PDF that is read back."""

import io
import re
from collections.abc import Iterator
from datetime import date

import pypdf
import pytest
from django.conf import settings
from django.test import Client, override_settings
from shapely import LineString, Point, box

from maps.paper.sizes import PAPERS
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

PLAIN_STATIC_FILES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
POINTS_PER_MM = 72 / 25.4
A4 = {"place": "406600, 286800", "scale": "1250", "paper": "a4-portrait"}


@pytest.fixture
def client() -> Iterator[Client]:
    with override_settings(STORAGES={**settings.STORAGES, **PLAIN_STATIC_FILES}):
        yield Client()


@pytest.fixture(autouse=True)
def _publish() -> None:
    wards = make_layer(
        "wards", "Polygon", role="ward", is_area=True, theme="boundaries", title="Wards"
    )
    publish_features(wards, [MadeFeature("w", box(402000, 282000, 412000, 292000), {"name": "W"})])
    # Two squares whose left edges are exactly 100 m apart, and long lines for small scales.
    areas = make_layer(
        "areas",
        "Polygon",
        title="Conservation areas",
        style={"colour": "#123456", "fill": "none"},
        fields=[make_field("name", is_queryable=True)],
    )
    publish_features(
        areas,
        [
            MadeFeature("a", box(406550, 286780, 406560, 286800), {"name": "A"}),
            MadeFeature("b", box(406650, 286780, 406660, 286800), {"name": "B"}),
        ],
    )
    trees = make_layer("trees", title="Protected trees", style={"colour": "#654321"})
    publish_features(trees, [MadeFeature("t", Point(406600, 286810), {"name": "T"})])


def print_pdf(client: Client, **said: str) -> pypdf.PdfReader:
    answer = client.post("/map/print", {**A4, "layer": ["trees", "areas"], "as": "pdf", **said})
    assert answer.status_code == 200, answer.content[:2000]
    assert answer["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(answer.content))


def left_edges_mm(reader: pypdf.PdfReader, red: float) -> list[float]:
    """Return where paths stroked in a colour have their least x, in mm on the paper.

    It walks the page's operators with its own matrix: nothing here knows how maps are drawn.
    """
    page = reader.pages[0]
    found: list[float] = []
    stack: list[tuple[tuple[float, ...], bool]] = []
    matrix, is_ours, path = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), False, []

    def run(content: pypdf.generic.ContentStream, resources: dict) -> None:
        nonlocal matrix, is_ours, path
        for operands, operator in content.operations:
            if operator == b"q":
                stack.append((matrix, is_ours))
            elif operator == b"Q":
                matrix, is_ours = stack.pop()
            elif operator == b"cm":
                matrix = times(tuple(map(float, operands)), matrix)
            elif operator in (b"RG", b"SCN", b"SC"):
                is_ours = len(operands) >= 3 and abs(float(operands[0]) - red) < 0.01
            elif operator == b"m":
                path.append([at(operands)])
            elif operator == b"l" and path:
                path[-1].append(at(operands))
            elif operator in (b"S", b"s", b"B", b"B*", b"b", b"n", b"f", b"f*"):
                if is_ours and operator in (b"S", b"s", b"B", b"B*", b"b"):
                    found.extend(min(ring) for ring in path if len(ring) > 2)
                path = []
            elif operator == b"Do":
                form = resources["/XObject"][operands[0]].get_object()
                stack.append((matrix, is_ours))
                inner = form.get("/Resources", resources)
                run(pypdf.generic.ContentStream(form, reader), inner.get_object())
                matrix, is_ours = stack.pop()

    def times(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, ...]:
        return (
            a[0] * b[0] + a[1] * b[2],
            a[0] * b[1] + a[1] * b[3],
            a[2] * b[0] + a[3] * b[2],
            a[2] * b[1] + a[3] * b[3],
            a[4] * b[0] + a[5] * b[2] + b[4],
            a[4] * b[1] + a[5] * b[3] + b[5],
        )

    def at(operands: list) -> float:
        x, y = map(float, operands)
        return (matrix[0] * x + matrix[2] * y + matrix[4]) / POINTS_PER_MM

    run(page.get_contents(), page["/Resources"])
    return sorted(found)


# A PDF takes a second or two: each paper at one scale here, at the other one in the drills.
@pytest.mark.parametrize(
    ("paper", "scale"),
    [
        ("a4-portrait", 1250),
        ("a3-landscape", 10_000),
        pytest.param("a4-portrait", 10_000, marks=pytest.mark.drill),
        pytest.param("a4-landscape", 1250, marks=pytest.mark.drill),
        pytest.param("a4-landscape", 10_000, marks=pytest.mark.drill),
        pytest.param("a3-portrait", 1250, marks=pytest.mark.drill),
        pytest.param("a3-portrait", 10_000, marks=pytest.mark.drill),
        pytest.param("a3-landscape", 1250, marks=pytest.mark.drill),
    ],
)
def test_every_paper_is_its_size_and_a_hundred_metres_are_to_scale(
    client: Client, paper: str, scale: int
) -> None:
    reader = print_pdf(client, paper=paper, scale=str(scale))

    size = PAPERS[paper]
    box_ = reader.pages[0].mediabox
    assert len(reader.pages) == 1
    assert float(box_.width) / POINTS_PER_MM == pytest.approx(size.width_mm, abs=0.2)
    assert float(box_.height) / POINTS_PER_MM == pytest.approx(size.height_mm, abs=0.2)
    # The swatches of the legend are drawn likewise, outside of the map.
    edges = left_edges_mm(reader, red=0x12 / 255)
    distances = [b - a for a in edges for b in edges]
    expected_mm = 100_000 / scale
    nearest = min(distances, key=lambda distance: abs(distance - expected_mm))
    assert nearest == pytest.approx(expected_mm, rel=0.002)


def test_the_pdf_says_what_it_shows_from_when_and_by_whom(client: Client) -> None:
    reader = print_pdf(client, title="Land at <b>Mill</b> Lane", notes="First\nSecond", mark="on")

    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    assert "Land at <b>Mill</b> Lane" in text
    assert "Scale 1:1,250 at A4" in text
    assert "Conservation areas 2 on this map." in text
    assert "Protected trees 1 on this map." in text
    assert "Contains areas of Birmingham City Council." in text
    assert "Open Government Licence v3.0" in text
    today = date.today()
    assert f"{today.day} {today:%B %Y}" in text
    assert "First Second" in text
    assert "50 m" in text
    assert "406600 E, 286800 N (SP 06600 86800)" in text


def test_the_pdf_is_tagged_and_says_its_title_and_language(client: Client) -> None:
    reader = print_pdf(client, title="Mill Lane")

    assert reader.metadata.title == "Mill Lane"
    root = reader.trailer["/Root"]
    assert root["/Lang"].lower() == "en-gb"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert not any("/JavaScript" in str(key) for key in root)


def test_what_goes_on_on_another_sheet_says_of_which_map_it_is(client: Client) -> None:
    sheets = print_pdf(client, title="Trees of Plot 7", notes="and\n" * 99).pages

    first, second = (" ".join(sheet.extract_text().split()) for sheet in sheets[:2])
    assert "1 / " not in first
    assert "Trees of Plot 7" in second
    assert "2 / 2" in second


@pytest.mark.parametrize("paper", ["a4-portrait", "a4-landscape"])
def test_long_words_of_a_title_and_notes_stay_in_their_places(client: Client, paper: str) -> None:
    word = "Redline_boundary_plan_2026_" * 3 + "FINAL_rev_C_v12.dwg"

    reader = print_pdf(client, title=word, notes=word, paper=paper)

    text = reader.pages[0].extract_text()
    assert len(reader.pages) == 1
    assert "".join(text.split()).count(word) == 2
    assert [line for line in text.splitlines() if word in line] == []


def test_the_longest_title_is_above_the_map(client: Client) -> None:
    lines_mm: list[float] = []

    def note(text: str, _cm: object, matrix: list[float], *_font: object) -> None:
        if "W" in text:
            # WeasyPrint writes in CSS pixels, from the top.
            lines_mm.append(matrix[5] / 96 * 25.4)

    print_pdf(client, title="W" * 100).pages[0].extract_text(visitor_text=note)

    assert len(lines_mm) > 1
    assert max(lines_mm) < 24


def test_the_file_is_named_after_the_title_and_nothing_else(client: Client) -> None:
    answer = client.post("/map/print", {**A4, "title": 'A "b"\r\nc/../d', "as": "pdf"})

    assert answer["Content-Disposition"] == 'attachment; filename="a-b-cd.pdf"'
    assert "no-store" in answer["Cache-Control"]


def test_the_form_takes_the_state_of_the_map_on_screen(client: Client) -> None:
    text = client.get("/map/print?layer=trees&layer=areas&opacity.trees=60").text

    assert text.index('id="layer-trees"') < text.index('id="layer-areas"')
    assert re.search(r'id="layer-trees"[^>]* checked', text)
    assert '<input type="hidden" name="opacity.trees" value="60">' in text


def test_a_preview_is_drawn_with_its_legend(client: Client) -> None:
    text = client.post("/map/print", {**A4, "layer": ["areas"], "opacity.areas": "60"}).text

    assert 'role="img"' in text
    assert "1:1,250 on A4 portrait." in text
    assert 'opacity="0.6"' in text
    assert "2 on this map." in text
    assert "style=" not in text.split("<svg", 1)[1].split("</svg>")[0]
    assert "Contains areas of Birmingham City Council." in text


def test_paper_names_whose_the_background_map_is(client: Client) -> None:
    roads = make_layer(
        "roads", "LineString", role="basemap-road", attribution="Contains roads of Somebody."
    )
    publish_features(
        roads, [MadeFeature("r", LineString([(406500, 286800), (406700, 286800)]), {"name": "R"})]
    )
    whose = "Contains roads of Somebody."

    assert whose in client.post("/map/print", {**A4, "basemap": "on"}).text
    assert whose not in client.post("/map/print", A4).text
    printed = print_pdf(client, basemap="on").pages[0].extract_text()
    assert whose in re.sub(r"\s+", " ", printed)
    assert 'name="basemap" type="checkbox" checked' in client.get("/map/print").text
    assert 'name="basemap" type="checkbox">' in client.get("/map/print?basemap=off").text
    # Nobody chooses it a second time.
    assert 'value="roads"' not in client.get("/map/print").text


def test_a_filter_of_the_map_on_screen_holds_on_paper(client: Client) -> None:
    text = client.post("/map/print", {**A4, "layer": ["areas"], "where.areas.name": "A"}).text

    assert "Conservation areas (some of them)</span>" in text
    assert "1 on this map." in text
    assert '<input type="hidden" name="where.areas.name" value="A">' in text


def test_a_map_without_layers_is_a_map(client: Client) -> None:
    assert 'role="img"' in client.post("/map/print", A4).text


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"scale": "1"}, "Choose a scale from the list"),
        ({"paper": "a5"}, "Choose the paper from the list"),
        ({"place": ""}, "Enter a place, or choose the scale that fits the whole area"),
        ({"place": "Zzyzx"}, "We found no place called “Zzyzx”"),
        ({"scale": "fit"}, "Choose a scale: only a ward or the whole area"),
        ({"title": "x" * 101}, "Use 100 characters or fewer for the title"),
        ({"layer": ["nowhere"]}, "There is no layer to draw called “nowhere”"),
        ({"place": "\x00"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_drawn_is_said_at_its_field_and_nothing_is_lost(
    client: Client, said: dict, error: str
) -> None:
    answer = client.post("/map/print", {**A4, "notes": "kept", **said})

    assert answer.status_code == 400
    assert error in answer.text
    assert "kept</textarea>" in answer.text


def test_the_whole_area_of_the_council_can_be_fitted(client: Client) -> None:
    text = client.post("/map/print", {**A4, "place": "", "scale": "fit"}).text

    assert "1:60,000 on A4 portrait." in text


def test_a_place_outside_is_said(client: Client) -> None:
    text = client.post("/map/print", {**A4, "place": "450000, 300000"}).text

    assert "is outside the area of this council" in text


def test_a_still_map_may_be_kept_and_is_another_when_a_layer_is(client: Client) -> None:
    first = client.get("/map/still.svg?layer=areas&area=w")
    again = client.get(
        "/map/still.svg?layer=areas&area=w", headers={"If-None-Match": first["ETag"]}
    )
    publish_features(make_layer("lakes"), [MadeFeature("l", Point(406600, 286810), {})])
    later = client.get(
        "/map/still.svg?layer=areas&area=w", headers={"If-None-Match": first["ETag"]}
    )

    assert first["Content-Type"] == "image/svg+xml"
    assert "public" in first["Cache-Control"]
    assert "Contains areas of Birmingham City Council." in first.text
    assert (again.status_code, later.status_code) == (304, 200)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("layer=nowhere", 404),
        ("area=nowhere", 404),
        ("area=%00", 404),
        ("palette=red", 400),
        ("width=10", 400),
        ("layer=trees&palette=dark", 200),
        ("", 200),
    ],
)
def test_a_still_map_refuses_what_it_does_not_know(client: Client, query: str, status: int) -> None:
    assert client.get(f"/map/still.svg?{query}").status_code == status
