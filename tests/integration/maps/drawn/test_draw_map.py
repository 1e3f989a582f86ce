"""Maps drawn on the server: true to shape and scale, whatever the data says."""

import re
from xml.etree import ElementTree

import pytest
import shapely
from django.contrib.gis.geos import GEOSGeometry
from shapely import LineString, MultiPolygon, Point, Polygon, box
from shapely.affinity import affine_transform

from layers.query.registry import PublishedLayer, find_layer
from maps.drawn import DrawnLayer, DrawnMap, Frame, Numbered, draw_map
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

# 200 × 160 mm at 1:1,000: 200 × 160 m, from 406500, 286720 to 406700, 286880.
FRAME = Frame(406_600, 286_800, 1000, 200, 160)
SVG = "{http://www.w3.org/2000/svg}"
ONE_HUNDREDTH_MM = 0.011


def publish(
    slug: str, kind: str, shapes: list[shapely.Geometry], **changes: object
) -> PublishedLayer:
    fields = [make_field("name", is_queryable=True), make_field("kind", is_queryable=True)]
    layer = make_layer(slug, kind, fields=fields, **changes)
    publish_features(
        layer,
        [
            MadeFeature(str(n), shape, {"name": f"Feature {n}", "kind": f"k{n}"})
            for n, shape in enumerate(shapes)
        ],
    )
    return find_layer(slug)


def draw(layer: PublishedLayer, frame: Frame = FRAME, **how: object) -> DrawnMap:
    return draw_map(frame, [DrawnLayer(layer)], title="A map", **how)


def paths_of(drawn: DrawnMap, colour: str, paint: str = "stroke") -> list[str]:
    """Return the paths drawn in a colour, which is of their outline or, for points, their fill."""
    root = ElementTree.fromstring(drawn.svg)
    return [path.get("d", "") for path in root.iter(f"{SVG}path") if path.get(paint) == colour]


def rings_of(path: str) -> list[list[tuple[float, float]]]:
    """Read M, l and z as SVG 1.1 (8.3) has them, apart from the code that wrote them."""
    rings, here = [], (0.0, 0.0)
    for letter, numbers in re.findall(r"([Mlz])([^Mlz]*)", path):
        values = [float(each) for each in numbers.split()]
        pairs = list(zip(values[::2], values[1::2], strict=True))
        if letter == "M":
            here = pairs[0]
            rings.append([here])
        for x, y in pairs if letter == "l" else ():
            here = (here[0] + x, here[1] + y)
            rings[-1].append(here)
    return rings


def on_sheet(shape: shapely.Geometry, frame: Frame = FRAME) -> shapely.Geometry:
    """Return a shape of EPSG:27700 in millimetres, y down: the independent calculation."""
    west, _, _, north = frame.box_27700
    k = 1000 / frame.scale
    return affine_transform(shape, [k, 0, 0, -k, -west * k, north * k])


def test_shapes_are_where_an_independent_calculation_has_them() -> None:
    # A hole, two parts, and one that reaches far beyond the sheet.
    holed = Polygon(
        [(406520, 286740), (406560, 286740), (406565, 286790), (406520, 286780)],
        [[(406530, 286750), (406540, 286750), (406540, 286760)]],
    )
    parted = MultiPolygon(
        [box(406600, 286800, 406610, 286810), box(406620, 286800, 406640, 286805)]
    )
    beyond = box(406650, 286850, 409000, 289000)
    layer = publish("areas", "Polygon", [holed, parted, beyond], style={"colour": "#112233"})

    [path] = paths_of(draw(layer), "#112233")

    found = shapely.union_all([shapely.make_valid(Polygon(ring)) for ring in rings_of(path)])
    expected = on_sheet(shapely.union_all([Polygon(holed.exterior), parted, beyond]))
    sheet = box(0, 0, 200, 160)
    difference = found.intersection(sheet).symmetric_difference(expected.intersection(sheet))
    assert difference.buffer(-ONE_HUNDREDTH_MM).is_empty
    hole = [ring for ring in rings_of(path) if Polygon(ring).area < 60 and ring[0][0] < 50]
    assert Polygon(hole[0]).symmetric_difference(on_sheet(Polygon(holed.interiors[0]))).area < 0.05


def test_holes_run_against_their_outer_rings_so_that_they_stay_empty() -> None:
    holed = Polygon(
        box(406520, 286740, 406560, 286780).exterior.coords,
        [box(406530, 286750, 406540, 286760).exterior.coords],
    )
    layer = publish("areas", "Polygon", [holed], style={"colour": "#112233"})

    outer, inner = rings_of(paths_of(draw(layer), "#112233")[0])

    assert shapely.LinearRing(outer).is_ccw != shapely.LinearRing(inner).is_ccw


def test_lines_and_points_are_to_scale_at_any_scale() -> None:
    frame = Frame(406_600, 286_800, 25_000, 100, 100)
    line = LineString([(406_000, 286_000), (407_000, 286_000), (407_000, 287_500)])
    roads = publish("roads", "LineString", [line], style={"colour": "#112233"})
    trees = publish("trees", "Point", [Point(406_100, 286_300)], style={"colour": "#445566"})

    [path] = paths_of(draw(roads, frame), "#112233")
    [dot] = paths_of(draw(trees, frame), "#445566", "fill")

    [drawn] = rings_of(path)
    assert shapely.hausdorff_distance(LineString(drawn), on_sheet(line, frame)) < ONE_HUNDREDTH_MM
    x, y = (float(each) for each in re.match(r"M(\S+) ([\d.]+)", dot).groups())
    assert Point(x, y).distance(on_sheet(Point(406_100, 286_300), frame)) < ONE_HUNDREDTH_MM


def test_features_are_drawn_by_their_class_and_the_legend_says_so() -> None:
    style = {
        "colour": "#000001",
        "by": "kind",
        "classes": [
            {"value": "k0", "title": "First", "colour": "#aa0000", "fill": "hatched"},
            {"value": "k9", "title": "Nowhere", "colour": "#00aa00"},
        ],
    }
    shapes = [box(406520, 286740, 406560, 286780), box(406600, 286740, 406640, 286780)]
    layer = publish("areas", "Polygon", shapes, style=style)

    drawn = draw(layer)

    assert len(paths_of(drawn, "#aa0000")) == 2  # the feature, and the lines of the pattern
    assert len(paths_of(drawn, "#000001")) == 1
    assert not paths_of(drawn, "#00aa00")
    assert [entry.title for entry in drawn.legend] == ["Areas: First", "Areas: other"]
    assert 'fill="url(#hatched-aa0000)"' in drawn.svg


def test_a_layer_with_nothing_here_says_so() -> None:
    layer = publish("areas", "Polygon", [box(410000, 286740, 410010, 286780)])

    drawn = draw(layer)

    assert [(entry.title, entry.note) for entry in drawn.legend] == [("Areas", "None on this map.")]


def test_too_many_points_are_counted_and_none_is_lost() -> None:
    points = [Point(406_510 + n % 60 * 3, 286_730 + n // 60 * 1.5) for n in range(5_001)]
    layer = publish("trees", "Point", points)

    drawn = draw(layer)

    assert "Too many to draw each" in drawn.legend[0].note
    counts = [int(text.replace(",", "")) for text in re.findall(r">([\d,]+)</text>", drawn.svg)]
    on_map = [count for count in counts if count not in (0, 25, 50)]  # the scale bar's
    assert sum(on_map) == 5_001


def test_what_data_and_people_write_is_only_ever_text() -> None:
    hostile = '</text><script>alert(1)</script>"\x00\x0b&'
    fields = [make_field("name", is_queryable=True)]
    style = {"label": "name", "colour": "#112233"}
    layer = make_layer("areas", "Polygon", fields=fields, style=style, title=hostile[:-4])
    publish_features(
        layer,
        [
            MadeFeature(
                "a", box(406510, 286740, 406690, 286860), {"name": hostile.replace("\x00", "")}
            )
        ],
    )

    drawn = draw_map(
        FRAME,
        [DrawnLayer(find_layer("areas"))],
        title=hostile,
        site=GEOSGeometry("POINT(406600 286800)", srid=27700),
        site_label=hostile,
        numbered=[Numbered(1, 406_520, 286_750, hostile)],
    )

    root = ElementTree.fromstring(drawn.svg)
    assert not list(root.iter(f"{SVG}script"))
    assert any("alert(1)" in (text.text or "") for text in root.iter(f"{SVG}text"))
    assert "style=" not in drawn.svg


def test_it_has_a_name_and_says_what_ground_it_shows() -> None:
    drawn = draw(publish("areas", "Polygon", [box(406520, 286740, 406560, 286780)]))

    root = ElementTree.fromstring(drawn.svg)
    assert root.get("role") == "img"
    assert (root.get("width"), root.get("height")) == ("200mm", "160mm")
    assert root.findtext(f"{SVG}title") == "A map"
    assert "1 to 1,000" in root.findtext(f"{SVG}desc")


def test_a_site_is_where_it_is_with_its_hole() -> None:
    site = Polygon(
        box(406540, 286740, 406640, 286840).exterior.coords,
        [box(406560, 286760, 406580, 286780).exterior.coords],
    )
    layer = publish("areas", "Polygon", [box(410000, 286740, 410010, 286780)])

    drawn = draw(layer, site=GEOSGeometry(site.wkt, srid=27700), site_label="12 High Street")

    path = paths_of(drawn, "#d4141c")[0]
    numbers = [
        [tuple(map(float, pair.split())) for pair in ring.split("L")]
        for ring in re.findall(r"M([^Z]+)Z", path)
    ]
    assert Polygon(numbers[0], [numbers[1]]).symmetric_difference(on_sheet(site)).area < 0.5
    assert drawn.legend[0].title == "12 High Street"
