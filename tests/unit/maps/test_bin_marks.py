from maps.bin_marks import marks_of
from waste.collection import Service, ServiceKind


def letters(*names: str) -> str:
    marks = marks_of(Service(ServiceKind.OTHER, name) for name in names)
    return "".join(mark.letter for mark in marks.values())


def test_a_service_has_the_first_letter_of_its_name() -> None:
    assert letters("Recycling", "Garden waste") == "RG"


def test_two_of_one_letter_are_told_apart_by_their_other_words_first() -> None:
    assert letters("Green bin", "Garden waste", "Grey bin") == "GWB"


def test_one_without_a_letter_left_has_a_number() -> None:
    assert letters("A", "A A", "a-a") != "AAA"
    assert len(set(letters(*("A" * size for size in range(1, 6))))) == 5


def test_a_name_without_letters_has_a_mark_too() -> None:
    assert letters("🗑") == "1"


def test_each_has_a_shape_of_its_own() -> None:
    marks = marks_of(Service(ServiceKind.OTHER, f"Service {number}") for number in range(8))

    assert len({mark.shape for mark in marks.values()}) == 8
