"""What is said of a property, and where it lies."""

from waste.assignment import Assignment, RoundService, place_rounds
from waste.collection import Service, ServiceKind

GREY_BIN = Service(ServiceKind.REFUSE, "Grey bin")
FOOD = Service(ServiceKind.FOOD, "Food")
HERE = [RoundService("R1", GREY_BIN), RoundService("R1", FOOD)]


def test_without_a_word_about_the_property_its_area_counts() -> None:
    rounds = place_rounds([], HERE)

    assert rounds.rounds == {"R1"}
    assert rounds.includes("R1", GREY_BIN)
    assert not rounds.includes("R2", GREY_BIN)


def test_an_area_of_one_service_does_not_bring_the_others_of_its_round() -> None:
    rounds = place_rounds([], HERE[:1])

    assert not rounds.includes("R1", FOOD)


def test_a_row_without_a_service_says_all() -> None:
    rounds = place_rounds([Assignment("F1")], HERE)

    assert rounds.rounds == {"F1"}
    assert rounds.includes("F1", FOOD)


def test_a_row_with_a_service_leaves_the_others_to_the_area() -> None:
    rounds = place_rounds([Assignment("F1", "refuse")], HERE)

    assert rounds.rounds == {"F1", "R1"}
    assert rounds.includes("F1", GREY_BIN)
    assert not rounds.includes("F1", FOOD)
    assert not rounds.includes("R1", GREY_BIN)
    assert rounds.includes("R1", FOOD)


def test_two_rounds_of_one_service_are_several_only_by_area() -> None:
    other = RoundService("R2", GREY_BIN)

    assert place_rounds([], [*HERE, other]).has_several_for_a_service()
    assert not place_rounds([], HERE).has_several_for_a_service()
    assert not place_rounds([Assignment("R1"), Assignment("R2")], HERE).has_several_for_a_service()


def test_places_differ_by_their_rounds_and_calendars_and_not_by_who_they_are() -> None:
    assert place_rounds([], HERE, "", "10") == place_rounds([], HERE, "", "11")
    assert place_rounds([], HERE, "a") != place_rounds([], HERE, "b")
    assert place_rounds([], [], "").is_empty
    assert not place_rounds([], [], "a").is_empty
