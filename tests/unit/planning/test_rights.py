"""Rights that Article 4 directions take away, as planning.data.gov.uk and councils write them."""

import pytest

from planning.rights import rights_removed

HMO = "Family houses to small shared houses, and back (Part 3, Class L)"
PORCH = "Porches (Part 1, Class D)"
WALLS = "Gates, fences and walls (Part 2, Class A)"


@pytest.mark.parametrize(
    ("said", "rights"),
    [
        ("3L", (HMO,)),
        ("1D;2A; 3L", (PORCH, WALLS, HMO)),
        ("P1CD;P3CL", (PORCH, HMO)),
        ("Schedule 2, Part 3, Class L", (HMO,)),
        ("Part 3 Class L", (HMO,)),
        ("Part 1, Class D and Part 2, Class A", (PORCH, WALLS)),
        (["1D", "3L"], (PORCH, HMO)),
        ("3L;3L", (HMO,)),
        ("8B", ("Part 8, Class B (transport)",)),
        ("99Z", ("Part 99, Class Z",)),
        ("Removal of front garden walls", ("Removal of front garden walls",)),
    ],
)
def test_references_become_words(said: object, rights: tuple[str, ...]) -> None:
    assert rights_removed({"rights": said}, "rights") == rights


def test_several_classes_of_one_part_are_told_apart() -> None:
    rights = rights_removed({"rights": "Part 1, Classes A, D and F"}, "rights")

    assert [each.rpartition("(")[2] for each in rights] == [
        "Part 1, Class A)",
        "Part 1, Class D)",
        "Part 1, Class F)",
    ]


def test_a_range_of_classes_is_each_of_them() -> None:
    assert len(rights_removed({"rights": "Part 1, Classes A to H"}, "rights")) == 8


def test_what_a_council_says_beside_the_class_is_kept() -> None:
    rights = rights_removed({"rights": "Part 1, Class D (front doors only)"}, "rights")

    assert rights == (PORCH, "Part 1, Class D (front doors only)")


def test_half_a_class_of_the_old_references_keeps_its_reference() -> None:
    assert rights_removed({"rights": "P1CAI"}, "rights")[1:] == ("P1CAI",)


@pytest.mark.parametrize("said", [None, "", " ; "])
def test_a_direction_that_names_no_right_says_so(said: str | None) -> None:
    [words] = rights_removed({"rights": said}, "rights")

    assert "does not say here which rights" in words


def test_a_layer_without_such_a_field_has_no_rights() -> None:
    assert rights_removed({"rights": "3L"}, "") == ()
