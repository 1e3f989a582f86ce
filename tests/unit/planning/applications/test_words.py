import pytest

from planning.applications.words import fold_reference, fold_words, words_query


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Café EXTENSION", ("cafe", "extension")),
        ("St Paul’s, St Paul's", ("st", "pauls")),
        ("two-storey (rear)", ("two", "storey", "rear")),
        ("a_b 'x' & | ! :* \\", ("a", "b", "x")),
        ("...", ()),
        ("Pont-y-gwaith Ŵyl", ("pont", "y", "gwaith", "wyl")),
    ],
)
def test_words_are_compared_without_case_accents_and_marks(
    typed: str, folded: tuple[str, ...]
) -> None:
    assert fold_words(typed) == folded


def test_nothing_typed_can_leave_the_quotes_of_a_query() -> None:
    assert words_query(fold_words("roof'; DROP | x:*")) == "'roof':* & 'drop':* & 'x':*"


def test_a_word_is_no_longer_than_what_is_kept() -> None:
    assert fold_words("a" * 5000) == ("a" * 60,)


@pytest.mark.parametrize(
    "typed", ["2026/00123/PA", "2026 00123 pa", "202600123PA", "2026-00123-PA"]
)
def test_references_are_compared_without_the_marks_that_people_leave_out(typed: str) -> None:
    assert fold_reference(typed) == "202600123pa"
