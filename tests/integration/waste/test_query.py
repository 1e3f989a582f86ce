"""What is said of the collections of an address and of a postcode."""

from datetime import date
from typing import Any

import pytest
import shapely
from django.db import connections

from gazetteer.query import find_place
from layers.errors import NotFound
from layers.query import run
from tests.factories import MadeFeature, make_field, make_layer, publish_features
from tests.integration.waste.rounds import (
    AREAS,
    FLATS,
    ROUNDS,
    publish_changes,
    publish_dates,
    publish_notices,
    publish_places,
    publish_premises,
    publish_rounds,
)
from waste.collection import NotKnown, PlaceCollections, State
from waste.query import collections_at, collections_of_uprn

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

FIRST, LAST = date(2026, 11, 9), date(2026, 11, 30)


@pytest.fixture(autouse=True)
def places(db: None) -> None:
    publish_places()


def days(answer: PlaceCollections) -> dict[str, list[str]]:
    return {
        f"{one.round} {one.service.name}": [
            f"{collection.on or collection.state}" for collection in one.collections
        ]
        for one in answer.services
    }


def of(uprn: str) -> PlaceCollections:
    return collections_of_uprn(uprn, FIRST, LAST)


def at(slug: str) -> PlaceCollections:
    return collections_at(find_place(slug), FIRST, LAST)


def test_an_address_has_the_collections_of_the_area_it_lies_in() -> None:
    publish_rounds()

    answer = of("10")

    assert days(answer) == {
        "R1 Grey bin": ["2026-11-16", "2026-11-30"],
        "R1 Food": ["2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30"],
    }
    assert answer.not_known is None
    assert answer.services[0].service.container == "grey wheelie bin"
    assert answer.services[0].service.put_out_by == "6am"


def test_what_the_council_says_of_a_property_wins_over_its_area() -> None:
    publish_rounds([*ROUNDS, FLATS])
    publish_premises({"uprn": "10", "round": "F1"})

    assert days(of("10")) == {"F1 Grey bin": ["2026-11-20"]}


def test_a_property_assigned_for_one_service_has_the_others_of_its_area() -> None:
    publish_rounds([*ROUNDS, FLATS])
    publish_premises({"uprn": "10", "round": "F1", "service": "grey BIN"})

    assert sorted(days(of("10"))) == ["F1 Grey bin", "R1 Food"]


def test_a_round_that_is_no_longer_published_is_named_and_not_known() -> None:
    publish_rounds()
    publish_premises({"uprn": "10", "round": "OLD 7"})

    answer = of("10")

    assert answer.services == ()
    assert answer.not_known is NotKnown.NO_ROUND
    assert answer.missing_rounds == ("OLD 7",)


def test_one_missing_round_of_two_is_named_beside_what_is_known() -> None:
    publish_rounds()
    publish_premises({"uprn": "10", "round": "R2"}, {"uprn": "10", "round": "OLD 7"})

    answer = of("10")

    assert list(days(answer)) == ["R2 Grey bin"]
    assert answer.missing_rounds == ("OLD 7",)


def test_an_address_on_the_edge_of_two_rounds_is_on_several() -> None:
    publish_rounds()

    assert of("14").not_known is NotKnown.SEVERAL_ROUNDS


def test_an_address_in_no_area_is_on_no_round() -> None:
    publish_rounds()

    assert of("15").not_known is NotKnown.NO_ROUND


def test_an_address_beyond_the_wards_is_outside_the_council() -> None:
    publish_rounds()

    assert of("16").not_known is NotKnown.OUTSIDE_COUNCIL


def test_a_property_beyond_the_wards_that_the_council_collects_from_is_answered() -> None:
    publish_rounds()
    publish_premises({"uprn": "16", "round": "R2"})

    assert list(days(of("16"))) == ["R2 Grey bin"]


def test_without_rounds_and_calendars_nothing_is_published() -> None:
    publish_premises({"uprn": "10", "round": "R1"})

    assert of("10").not_known is NotKnown.NOTHING_PUBLISHED


def test_an_unknown_address_is_not_found() -> None:
    publish_rounds()

    with pytest.raises(NotFound):
        of("999")


def test_a_postcode_has_the_collections_that_all_its_homes_share() -> None:
    publish_rounds()

    assert days(at("B11AA")) == days(of("10"))


def test_a_postcode_whose_homes_are_on_different_rounds_is_on_several() -> None:
    publish_rounds()

    assert at("B22BB").not_known is NotKnown.SEVERAL_ROUNDS


@pytest.mark.parametrize("slug", ["grid-SP045850", "ward-w"])
def test_what_is_no_address_needs_one(slug: str) -> None:
    publish_rounds()

    assert at(slug).not_known is NotKnown.NEEDS_ADDRESS


def test_a_postcode_with_one_home_assigned_elsewhere_is_on_several() -> None:
    publish_rounds([*ROUNDS, FLATS])
    publish_premises({"uprn": "11", "round": "F1"})

    assert at("B11AA").not_known is NotKnown.SEVERAL_ROUNDS


def test_a_postcode_whose_homes_have_equal_calendars_has_that_calendar() -> None:
    one = {"service": "Grey bin", "service_kind": "refuse", "collected_on": "2026-11-12"}
    publish_dates({**one, "uprn": "10"}, {**one, "uprn": "11"})

    assert days(at("B11AA")) == {" Grey bin": ["2026-11-12"]}


def test_a_calendar_of_a_round_is_followed_instead_of_its_rule() -> None:
    publish_rounds()
    publish_dates(
        {"round": "R1", "service": "Food", "service_kind": "food", "collected_on": "2026-11-11"}
    )

    answer = of("10")

    assert days(answer)["R1 Food"] == ["2026-11-11"]
    assert answer.services[1].known_until == date(2026, 11, 11)


def test_a_calendar_of_a_property_is_followed_instead_of_its_round() -> None:
    publish_rounds()
    publish_dates(
        {"uprn": "10", "service": "Sacks", "service_kind": "refuse", "collected_on": "2026-11-13"}
    )

    assert days(of("10"))[" Sacks"] == ["2026-11-13"]
    assert "R1 Grey bin" not in days(of("10"))
    assert "R1 Grey bin" in days(of("11"))


def test_changes_of_other_rounds_and_services_change_nothing_here() -> None:
    publish_rounds()
    publish_changes(
        {"round": "R1", "planned_on": "2026-11-16", "moved_to": "2026-11-18", "reason": "Snow"},
        {"round": "R2", "planned_on": "2026-11-10", "planned_to": "2026-11-30", "suspended": True},
        {"service": "Food", "planned_on": "2026-11-23", "suspended": True, "reason": "Strike"},
    )

    answer = of("10")

    assert days(answer) == {
        "R1 Grey bin": ["2026-11-18", "2026-11-30"],
        "R1 Food": ["2026-11-09", "2026-11-18", "suspended", "2026-11-30"],
    }
    moved = answer.services[0].collections[0]
    assert (moved.planned_on, moved.state, moved.reason) == (
        date(2026, 11, 16),
        State.MOVED,
        "Snow",
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"planned_on": "2026-12-07", "moved_to": "2026-11-28"}, ["2026-11-28"]),
        ({"planned_on": "2026-11-02", "moved_to": "2026-11-10"}, ["2026-11-10"]),
        ({"planned_on": "2026-11-30", "moved_to": "2026-12-02"}, []),
        (
            {"planned_on": "2026-12-02", "planned_to": "2026-12-09", "shift_days": -9},
            ["2026-11-28"],
        ),
    ],
    ids=["from after", "from before", "out of the days", "shifted from after"],
)
def test_what_is_moved_over_the_edge_of_the_days_asked_for_is_read(
    change: dict[str, object], expected: list[str]
) -> None:
    monthly = {"service": "Cans", "service_kind": "recycling", "weekday": "Monday"}
    publish_rounds(
        [{"round": "R1", **monthly, "every_weeks": 9, "starts_on": change["planned_on"]}]
        if "shift_days" not in change
        else [{"round": "R1", **monthly, "starts_on": "2026-12-07", "every_weeks": 9}]
    )
    publish_changes(change)

    assert days(of("10")) == {"R1 Cans": expected}


def test_a_change_names_its_round_whatever_its_capitals_and_spaces() -> None:
    publish_rounds()
    publish_changes({"round": "r1", "planned_on": "2026-11-16", "suspended": True})

    assert days(of("10"))["R1 Grey bin"] == ["suspended", "2026-11-30"]


def test_several_layers_of_one_role_are_read_together() -> None:
    publish_rounds(ROUNDS[:1])
    publish_rounds(ROUNDS[1:], slug="food-rounds")

    answer = of("10")

    assert list(days(answer)) == ["R1 Grey bin", "R1 Food"]
    assert answer.layers == ("food-rounds", "rounds")


def test_a_property_without_an_address_has_its_own_collections() -> None:
    publish_rounds()
    publish_premises({"uprn": "78", "round": "R2"})
    nsul = make_layer("properties", role="property", fields=[make_field("postcode")])
    in_r1 = shapely.Point(404500, 285000)
    publish_features(nsul, [MadeFeature(uprn, in_r1, {}) for uprn in ("77", "78")])

    assert days(of("77")).keys() == {"R1 Grey bin", "R1 Food"}
    assert days(of("78")).keys() == {"R2 Grey bin"}


def test_layers_that_are_not_public_are_not_named() -> None:
    publish_rounds()
    publish_premises({"uprn": "10", "round": "R1"})

    assert of("10").layers == ("rounds",)


def test_notices_are_those_of_the_place_and_the_days() -> None:
    publish_rounds()
    publish_notices(
        (None, {"title": "Everywhere", "text": "Put bins out."}),
        (AREAS["R1"], {"title": "Here", "text": "", "starts_on": "2026-11-30"}),
        (AREAS["R2"], {"title": "Elsewhere", "text": ""}),
        (None, {"title": "Too late", "text": "", "ends_on": "2026-11-08"}),
        (None, {"title": "Too early", "text": "", "starts_on": "2026-12-01"}),
        (None, {"title": "Food", "text": "", "service": "food"}),
        (None, {"title": "Garden", "text": "", "service": "garden"}),
    )

    titles = [notice.title for notice in of("10").notices]

    assert titles == ["Everywhere", "Here", "Food"]
    assert "Elsewhere" in [notice.title for notice in of("13").notices]


def test_a_place_whose_rounds_are_not_known_has_its_notices() -> None:
    publish_rounds()
    publish_notices((shapely.box(404000, 288000, 405000, 290000), {"title": "Here", "text": ""}))

    assert [notice.title for notice in of("15").notices] == ["Here"]


def test_an_answer_takes_three_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    publish_rounds()
    publish_premises({"uprn": "10", "round": "R1"})
    publish_changes({"planned_on": "2026-11-16", "suspended": True})
    place = find_place("uprn-10")
    asked: list[str] = []
    execute = run._execute

    def counted(connection: Any, statement: Any, *rest: Any) -> Any:
        asked.append(statement)
        return execute(connection, statement, *rest)

    monkeypatch.setattr(run, "_execute", counted)
    with connections["read"].execute_wrapper(lambda *_: pytest.fail("a statement of the ORM")):
        collections_at(place, FIRST, LAST)

    assert len(asked) == 3


def test_one_property_of_thousands_is_found_by_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    publish_rounds()
    many = [{"uprn": str(1000 + number), "round": "R1"} for number in range(5000)]
    tables = [
        f"layers_feature_e{layer.published_edition_id}"
        for layer in (
            publish_premises(*many),
            publish_dates(*({"uprn": row["uprn"]} for row in many)),
        )
    ]
    plans: list[str] = []
    execute = run._execute

    def explained(connection: Any, statement: Any, values: Any, cursor_type: Any) -> Any:
        text = statement if isinstance(statement, str) else statement.as_string()
        rows = execute(connection, f"EXPLAIN {text}", values, cursor_type)
        plans.append("\n".join(str(row[0]) for row in rows))
        return execute(connection, statement, values, cursor_type)

    monkeypatch.setattr(run, "_execute", explained)
    collections_at(find_place("uprn-10"), FIRST, LAST)

    plan = "\n".join(plans)
    for table in tables:
        assert table in plan
        assert f"Seq Scan on {table}" not in plan
