"""The check of a site, verdict by verdict, over layers whose every number is known."""

from datetime import timedelta

import pytest
import shapely
from django.utils import timezone
from shapely.affinity import translate

from layers.models import Layer
from layers.publish import hide_fields, withdraw_layer
from planning.answer import How, LayerAnswer, Reason, Verdict
from planning.query import check_site
from planning.site import Site
from tests.factories import MadeFeature, make_layer, publish_features

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "read"]),
    pytest.mark.usefixtures("patient"),
]

# All in EPSG:27700, metres.
CITY = shapely.box(400000, 280000, 410000, 290000)
WEST = shapely.box(405000, 285000, 405100, 285100)
EAST = shapely.box(405100, 285000, 405200, 285100)
LAKE = WEST.buffer(-20)
COUNCIL_AREA = {"extent_27700": list(CITY.bounds)}
AS_LISTED = {"accuracy_m": 10.0, "margin_m": 50.0}


def site_of(shape: shapely.Geometry) -> Site:
    return Site(shape, "A site", "drawn")


def publish(
    slug: str, *shapes: shapely.Geometry, type_: str = "Polygon", **changes: object
) -> Layer:
    said = {"coverage": COUNCIL_AREA, **changes}
    layer = make_layer(slug, type_, is_constraint=True, **said)
    publish_features(
        layer, [MadeFeature(f"f{n}", shape, {"name": f"No {n}"}) for n, shape in enumerate(shapes)]
    )
    return layer


def check(shape: shapely.Geometry) -> LayerAnswer:
    [answer] = check_site(site_of(shape)).answers
    return answer


def test_a_site_inside_an_area_is_told_that_it_applies_and_by_how_much() -> None:
    publish("zones", WEST - LAKE, LAKE)

    answer = check(shapely.box(405050, 285000, 405100, 285050))

    assert (answer.verdict, answer.reason) == (Verdict.APPLIES, None)
    assert [(each.fid, each.how, each.overlap_m2) for each in answer.findings] == [
        ("f0", How.PARTLY, 1600.0),
        ("f1", How.PARTLY, 900.0),
    ]
    assert (answer.overlap_m2, answer.overlap_percent) == (2500.0, 100.0)
    assert answer.covered_percent == 100.0


def test_overlapping_areas_are_counted_once_for_the_layer() -> None:
    publish("zones", WEST, LAKE)

    answer = check(WEST)

    assert [(each.fid, each.how) for each in answer.findings] == [
        ("f0", How.WHOLLY),
        ("f1", How.INSIDE),
    ]
    assert answer.overlap_m2 == 10000.0


@pytest.mark.parametrize(
    "shifts",
    [
        pytest.param([(0, 0), (50, 0)], id="two"),
        pytest.param([(0, 0), (50, 0), (90, 30)], id="three, of which two twos meet"),
        pytest.param([(0, 0), (50, 0), (30, 30)], id="three that meet"),
        pytest.param([(0, 0), (30, 0), (0, 30), (40, 40)], id="four that meet"),
    ],
)
def test_what_areas_share_is_counted_once_however_many_meet(shifts: list[tuple[int, int]]) -> None:
    shapes = [translate(LAKE, east, north) for east, north in shifts]
    publish("zones", *shapes)
    site = shapely.box(404990, 284990, 405170, 285150)

    answer = check(site)

    assert answer.overlap_m2 == round(shapely.union_all(shapes).intersection(site).area, 2)


def test_a_neighbour_that_shares_an_edge_is_shown_and_does_not_apply() -> None:
    publish("zones", EAST)

    answer = check(WEST)

    assert answer.verdict == Verdict.DOES_NOT_APPLY
    [finding] = answer.findings
    assert (finding.how, finding.is_probably_neighbours) == (How.TOUCHES, True)


# A boundary of many corners is answered another way; what it is told must be the same.
@pytest.mark.parametrize("corner_every_m", [1_000, 0.25], ids=["few corners", "many corners"])
@pytest.mark.parametrize(("metres_in", "how"), [(0.6, How.SLIVER), (1.5, How.PARTLY)])
def test_an_overlap_thinner_than_the_layer_is_accurate_is_a_sliver(
    metres_in: float, how: How, corner_every_m: float
) -> None:
    publish("zones", EAST)
    site = shapely.box(405050, 285010, 405100 + metres_in, 285090)

    answer = check(shapely.segmentize(site, corner_every_m))

    assert [each.how for each in answer.findings] == [how]
    assert (answer.verdict == Verdict.APPLIES) == (how == How.PARTLY)


@pytest.mark.parametrize(
    ("feature", "site", "how"),
    [
        # An alley narrower than twice the accuracy, well inside the area.
        (WEST, shapely.box(405050, 284990, 405051.5, 285050), How.PARTLY),
        # A hedge that narrow across a broad site.
        (shapely.box(404990, 285050, 405110, 285051), WEST, How.PARTLY),
        # A hedge along the edge, wholly within the site: nobody else's.
        (shapely.box(405000, 285010, 405000.5, 285090), WEST, How.INSIDE),
        # An alley across a hedge: neither is broad enough to tell.
        (
            shapely.box(405000, 285050, 405100, 285051),
            shapely.box(405050, 285000, 405051, 285100),
            How.PARTLY,
        ),
        (shapely.box(405000, 284000, 406000, 286000), WEST, How.WHOLLY),
    ],
    ids=["alley", "hedge across", "hedge inside", "alley across hedge", "wholly"],
)
@pytest.mark.parametrize("corner_every_m", [1_000, 0.25], ids=["few corners", "many corners"])
def test_narrow_shapes_are_not_taken_for_slivers(
    feature: shapely.Geometry, site: shapely.Geometry, how: How, corner_every_m: float
) -> None:
    publish("zones", feature)

    answer = check(shapely.segmentize(site, corner_every_m))

    assert [each.how for each in answer.findings] == [how]
    assert answer.verdict == Verdict.APPLIES


@pytest.mark.parametrize(
    ("metres_off", "verdict", "reason"),
    [
        (0, Verdict.APPLIES, None),
        (4, Verdict.NOT_KNOWN, Reason.TOO_NEAR),
        (11, Verdict.DOES_NOT_APPLY, None),
    ],
)
def test_an_address_beside_the_point_of_a_listed_building_is_not_told_that_none_applies(
    metres_off: float, verdict: Verdict, reason: Reason | None
) -> None:
    house = shapely.Point(405010, 285010)
    publish("listed", house, type_="Point", constraint=AS_LISTED)

    answer = check(shapely.Point(405010 + metres_off, 285010))

    assert (answer.verdict, answer.reason) == (verdict, reason)
    if metres_off:
        assert answer.nearest is not None
        assert (answer.nearest.fid, answer.nearest.distance_m) == ("f0", metres_off)


def test_a_point_near_an_area_and_a_site_near_a_point_are_told_how_near() -> None:
    publish("listed", shapely.Point(405105, 285010), type_="Point", constraint=AS_LISTED)
    publish("zones", EAST, constraint=AS_LISTED)

    of_area = check_site(site_of(WEST), slugs=["listed"]).answers[0]
    of_point = check_site(site_of(shapely.Point(405095, 285010)), slugs=["zones"]).answers[0]

    for answer in (of_area, of_point):
        assert (answer.verdict, answer.reason) == (Verdict.DOES_NOT_APPLY, None)
        assert answer.nearest is not None
        assert answer.nearest.distance_m == 5.0


def test_points_and_lines_apply_too() -> None:
    publish("trees", shapely.Point(405010, 285010), type_="Point")
    publish("paths", shapely.LineString([(404000, 285050), (406000, 285050)]), type_="LineString")

    trees, paths = sorted(check_site(site_of(WEST)).answers, key=lambda each: -len(each.slug))

    assert {trees.findings[0].how, paths.findings[0].how} == {How.INSIDE, How.CROSSES}
    assert trees.overlap_m2 is None and paths.findings[0].overlap_m2 is None


def test_the_nearest_feature_is_named_within_the_margin_alone() -> None:
    publish("zones", EAST, constraint={"margin_m": 60})

    near = check(shapely.box(405000, 285000, 405050, 285100))
    far = check(shapely.box(405000, 285000, 405030, 285100))

    assert near.nearest is not None and near.nearest.distance_m == 50.0
    assert far.nearest is None
    assert near.verdict == far.verdict == Verdict.DOES_NOT_APPLY


@pytest.mark.parametrize(
    ("coverage", "reason"),
    [
        ({}, Reason.COVERAGE_NOT_STATED),
        ({"extent_27700": [0, 0, 10, 10]}, Reason.NOT_COVERED),
        ({"extent_27700": [405000, 285000, 405050, 285100]}, Reason.PARTLY_COVERED),
        ({"layer": "nothing-there"}, Reason.COVERAGE_NOT_STATED),
    ],
)
def test_no_answer_is_given_beyond_what_is_covered(
    coverage: dict[str, object], reason: Reason
) -> None:
    publish("zones", shapely.box(407000, 285000, 407100, 285100), coverage=coverage)

    answer = check(WEST)

    assert (answer.verdict, answer.reason) == (Verdict.NOT_KNOWN, reason)


def test_what_is_too_old_keeps_its_findings_and_is_no_answer() -> None:
    layer = publish("zones", WEST, constraint={"max_age_days": 30})
    Layer.objects.filter(pk=layer.pk).update(failing_since=timezone.now() - timedelta(days=31))

    answer = check(WEST)

    assert (answer.verdict, answer.reason) == (Verdict.NOT_KNOWN, Reason.TOO_OLD)
    assert len(answer.findings) == 1


def test_a_layer_without_an_edition_is_not_known() -> None:
    make_layer("zones", "Polygon", is_constraint=True)

    assert check(WEST).reason == Reason.NOT_PUBLISHED


def test_a_withdrawn_layer_is_not_known() -> None:
    withdraw_layer(publish("zones", WEST))

    assert check(WEST).reason == Reason.WITHDRAWN


@pytest.mark.parametrize(
    ("point", "how"),
    [
        (shapely.Point(405050, 285050), How.WHOLLY),
        (shapely.Point(405100, 285050), How.TOUCHES),
        (shapely.Point(405150, 285050), None),
    ],
)
def test_a_point_is_in_an_area_or_on_its_edge_or_not(point: shapely.Point, how: How | None) -> None:
    publish("zones", WEST)

    answer = check(point)

    assert [each.how for each in answer.findings] == ([how] if how else [])
    assert (answer.verdict == Verdict.APPLIES) == (how == How.WHOLLY)
    assert answer.overlap_m2 is None
    assert (answer.nearest.distance_m if answer.nearest else None) == (None if how else 50.0)


def test_a_field_that_is_hidden_is_in_no_finding() -> None:
    layer = publish("zones", WEST)

    hide_fields(layer, ["name"])

    [finding] = check(WEST).findings
    assert finding.properties == {}
    assert finding.title == "f0"
