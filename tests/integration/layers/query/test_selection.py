"""Which features a selection means, against working it out by hand in EPSG:27700."""

from datetime import UTC, datetime

import pytest
import shapely

from layers.errors import NotFound
from layers.query.area import find_area
from layers.query.boxes import in_bbox
from layers.query.condition import Condition, all_of
from layers.query.filters import equality_conditions
from layers.query.registry import find_layer
from layers.query.run import fetch_rows
from layers.query.selection import Bbox, Circle, Interval, Selection

pytestmark = pytest.mark.django_db(databases=["default", "read"])


def selected(slug: str, selection: Selection) -> list[str]:
    """Return the ids of the features that a selection of a layer means, in their order."""
    layer = find_layer(slug)
    conditions = selection.conditions(layer)
    # Told without making the conditions, and of the same mind.
    assert selection.is_everything(layer) == (not conditions)
    where = all_of(conditions)
    statement = (
        f"SELECT fid FROM layers_feature WHERE edition_id = {selection.edition_of(layer)}"
        f" AND {where.text} ORDER BY id"
    )
    return [fid for (fid,) in fetch_rows(statement, where.values)]


def keys(city, slug: str, is_meant) -> list[str]:
    return [one.key for one in city.features[slug] if is_meant(one)]


def test_everything_is_meant_without_anything_said(city):
    assert selected("schools", Selection()) == keys(city, "schools", lambda _: True)


@pytest.mark.parametrize("slug", ["schools", "areas"])
def test_a_box_in_metres_takes_what_touches_it(city, slug):
    box = shapely.box(404000, 284000, 405000, 286000)

    assert selected(slug, Selection(bbox=Bbox(*box.bounds, srid=27700))) == keys(
        city, slug, lambda one: one.shape_27700.intersects(box)
    )


def test_a_circle_is_measured_in_metres(city):
    middle = shapely.Point(407000, 285000)

    found = selected("schools", Selection(circle=Circle(407000, 285000, 2000)))

    assert found == keys(city, "schools", lambda one: one.shape_27700.distance(middle) <= 2000)
    assert 10 < len(found) < 100


def test_a_circle_takes_a_shape_that_begins_on_its_edge_and_no_farther(city):
    assert selected("areas", Selection(circle=Circle(404000, 285500, 1000))) == ["west"]
    assert selected("areas", Selection(circle=Circle(404000, 285500, 999.99))) == []


def test_an_area_of_another_layer_takes_what_is_in_it_and_not_what_is_in_its_hole(city):
    east = next(one.shape_27700 for one in city.features["areas"] if one.key == "east")

    assert selected("schools", Selection(area=find_area("areas", "east"))) == keys(
        city, "schools", lambda one: one.shape_27700.intersects(east)
    )
    assert selected("lakes", Selection(area=find_area("areas", "east"))) == []
    assert selected("lakes", Selection(area=find_area("lakes", "lake"))) == ["lake"]


@pytest.mark.parametrize(
    ("slug", "fid"),
    [
        ("nothing", "east"),
        ("addresses", "s1"),
        ("areas", "north"),
        ("areas", "\0"),
        ("licences", "1"),
    ],
)
def test_an_area_must_be_public_and_have_a_location(city, slug, fid):
    with pytest.raises(NotFound):
        find_area(slug, fid)


def test_all_that_is_said_must_hold(city):
    # Two schools lie in the eastern area: s117, opened in 2017, and s133, opened in 2008.
    whole = {
        "bbox": Bbox(404000, 282000, 408000, 288000, 27700),
        "circle": Circle(407000, 285000, 3000),
        "interval": Interval(datetime(2010, 1, 1, tzinfo=UTC), None),
        "area": find_area("areas", "east"),
        "filter": Condition("fid <> %(filter_fid)s", {"filter_fid": "s133"}),
        "equalities": equality_conditions({"pupils": "117"}, find_layer("schools")),
    }
    unfit = {
        "bbox": Bbox(407500, 282000, 408000, 288000, 27700),
        "circle": Circle(407000, 285000, 100),
        "interval": Interval(datetime(2018, 1, 1, tzinfo=UTC), None),
        "area": find_area("areas", "west"),
        "filter": Condition("fid <> %(filter_fid)s", {"filter_fid": "s117"}),
        "equalities": equality_conditions({"pupils": "133"}, find_layer("schools")),
    }

    assert selected("schools", Selection(**whole)) == ["s117"]
    for name, other in unfit.items():
        assert selected("schools", Selection(**{**whole, name: other})) == [], name


def test_a_box_around_the_whole_layer_takes_all_that_is_somewhere(city):
    world = Selection(bbox=Bbox(-180, -90, 180, 90))

    assert selected("schools", world) == keys(city, "schools", lambda _: True)
    assert selected("licences", world) == []


def test_a_box_around_nearly_the_whole_layer_leaves_out_the_rest(city):
    west, south, east, north = find_layer("schools").extent_27700
    nearly = Selection(bbox=Bbox(west - 5, south - 5, east - 0.01, north + 5, 27700))

    assert len(selected("schools", nearly)) == 399


@pytest.mark.parametrize("srid", [27700, 4326])
def test_a_box_takes_exactly_what_touches_it_however_close_to_its_edge(srid):
    """Boxes that PostGIS compares first are rounded: what decides at the edge must be exact."""
    corner = shapely.Point(405000, 285000) if srid == 27700 else shapely.Point(-1.9, 52.45)
    steps = (
        (1e-9, 1e-7, 1e-6, 1.1e-5, 1.9e-5, 2.1e-5, 1e-4) if srid == 4326 else (1e-6, 0.03, 0.5, 2.1)
    )
    size = 1e-3 if srid == 4326 else 100.0
    box = shapely.box(corner.x, corner.y, corner.x + size, corner.y + size)
    shapes = [
        shapely.box(
            edge + step * sign, corner.y + size / 3, edge + step * sign + width, corner.y + size / 2
        )
        for edge in (corner.x, corner.x + size)
        for step in (0.0, *steps)
        for sign in (-1, 1)
        for width in (step / 2 or size / 9, size / 5)
    ]

    found = are_in(Bbox(*box.bounds, srid=srid), shapes, srid)

    assert found == [shape.intersects(box) for shape in shapes]
    assert True in found and False in found


@pytest.mark.parametrize("size", [0.0, 1e-6, 3e-5, 5e-5])
def test_a_box_may_be_smaller_than_boxes_are_rounded_by(size):
    box = Bbox(-1.9, 52.45, -1.9 + size, 52.45 + size)
    shapes = [shapely.box(-1.91, 52.44, -1.89, 52.46), shapely.box(-1.89, 52.44, -1.88, 52.46)]

    assert are_in(box, shapes, 4326) == [True, False]


def are_in(bbox: Bbox, shapes: list[shapely.Geometry], srid: int) -> list[bool]:
    """Return for each shape, in ``srid``, whether a layer of shapes would have it in the box."""
    where = in_bbox(bbox, is_points=False)
    statement = (
        f"SELECT {where.text}"
        " FROM unnest(%(shapes)s::bytea[]) WITH ORDINALITY AS given (wkb, place),"
        f" LATERAL (SELECT ST_SetSRID(wkb::geometry, {srid}) AS geom_{srid}) AS feature"
        " ORDER BY place"
    )
    values = {**where.values, "shapes": [shapely.to_wkb(shape) for shape in shapes]}
    return [is_in for (is_in,) in fetch_rows(statement, values)]
