"""Planning applications near a place: which, how many, and what is not known."""

from datetime import date

import pytest
from shapely import box

from gazetteer.query import Place
from layers.query.registry import published_layers
from maps.planning_nearby import PlanningNearby, describe_planning
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.planning import application, make_planning_layer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

TODAY = date(2026, 3, 31)
HERE = Place("postcode", "B1 1BB", "B11BB", 406000, 286000, -1.91, 52.47, is_inside_council=True)


def describe(**asked: object) -> PlanningNearby:
    return describe_planning(HERE, published_layers(), today=TODAY, **asked)


def _references(planning: PlanningNearby) -> list[str]:
    return [each.reference for each in planning.applications]


def test_the_latest_come_first_and_of_one_day_the_nearest() -> None:
    publish_features(
        make_planning_layer(),
        [
            application("old", 10, "2025-05-01"),
            application("far", 400, "2026-03-01"),
            application("near", 20, "2026-03-01"),
            application("new", 499, "2026-03-30"),
        ],
    )

    planning = describe()

    assert _references(planning) == ["new", "near", "far", "old"]
    assert [each.number for each in planning.applications] == [1, 2, 3, 4]


def test_the_edges_of_the_circle_and_of_the_period_are_in_it() -> None:
    publish_features(
        make_planning_layer(),
        [
            application("on the edge", 500, "2025-03-31"),
            application("beyond it", 500.1, "2026-01-01"),
            application("a day too old", 0, "2025-03-30"),
            application("of today", 1, "2026-03-31"),
            application("of tomorrow", 1, "2026-04-01"),
            application("of no day", 1, None),
        ],
    )

    planning = describe()

    assert _references(planning) == ["of today", "on the edge"]
    assert planning.total == 2


def test_an_area_is_as_near_as_its_nearest_part() -> None:
    layer = make_planning_layer()
    layer.geometry_type = "Polygon"
    layer.save()
    site = box(406100, 285900, 408000, 286100)
    properties = {"reference": "site", "description": "Homes", "received_on": "2026-01-01"}
    publish_features(layer, [MadeFeature("site", site, properties)])

    (found,) = describe().applications

    assert found.distance == "0.1 miles (100 m)"


def test_all_are_counted_though_some_are_shown() -> None:
    publish_features(
        make_planning_layer(), [application(f"n{n}", n, f"2026-01-{n + 1:02}") for n in range(12)]
    )

    planning = describe(shown=5)

    assert planning.total == 12
    assert _references(planning) == ["n11", "n10", "n9", "n8", "n7"]


def test_radius_and_period_are_the_askers() -> None:
    publish_features(
        make_planning_layer(),
        [application("near", 200, "2026-03-01"), application("far", 1900, "2023-04-01")],
    )

    assert _references(describe(radius_m=2000, months=36)) == ["near", "far"]
    assert _references(describe(radius_m=2000, months=12)) == ["near"]
    assert describe(radius_m=250, months=3).total == 1


def test_the_outcome_is_said_in_words() -> None:
    publish_features(
        make_planning_layer(),
        [
            application(
                "a", 1, "2026-03-09", status="decided", decision="Approved", decided_on="2026-03-20"
            ),
            application("b", 1, "2026-03-08"),
            application("c", 1, "2026-03-07", status="withdrawn"),
            application("d", 1, "2026-03-06", status="Called in"),
            application("e", 1, "2026-03-05", status=None),
        ],
    )

    outcomes = [each.outcome for each in describe().applications]

    assert outcomes == [
        "Approved on 20 March 2026",
        "Waiting for a decision",
        "Withdrawn",
        "Called in",
        "",
    ]


def test_a_layer_that_stopped_says_up_to_when_it_goes() -> None:
    publish_features(make_planning_layer(), [application("far", 9000, "2026-02-27")])

    planning = describe()

    assert planning.total == 0
    assert planning.latest_on == date(2026, 2, 27)
    assert planning.is_behind


def test_a_layer_of_this_month_is_not_behind() -> None:
    publish_features(make_planning_layer(), [application("far", 9000, "2026-02-28")])

    assert not describe().is_behind


def test_without_a_layer_nothing_is_known() -> None:
    make_planning_layer()

    planning = describe()

    assert planning.layer is None
    assert planning.total == 0


def test_an_empty_layer_is_behind_whatever_the_day() -> None:
    publish_features(make_planning_layer(), [])

    planning = describe()

    assert (planning.total, planning.latest_on, planning.is_behind) == (0, None, True)
