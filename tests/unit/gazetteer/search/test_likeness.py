"""How like a name what was typed is."""

import pytest

from gazetteer.search.likeness import Typed
from gazetteer.search.spelling import alike_short, distance
from gazetteer.street_names import search_words


def score(
    typed: str, name: str, around: str = "", *, is_open: bool = False, as_typed: str = ""
) -> float:
    asked = Typed(typed.split(), is_open=is_open, as_typed=as_typed.split())
    return asked.score(asked.match(name.split()), around)


@pytest.mark.parametrize(
    ("one", "other", "changes"),
    [
        ("oak", "oak", 0),
        ("oak", "oaks", 1),
        ("oaks", "oak", 1),
        ("oak", "oar", 1),
        ("oak", "aok", 1),
        ("broadway", "brodway", 1),
        ("broadway", "braodawy", 2),
        ("oak", "elm", 3),
        ("oak", "orchard", 3),
        ("", "ab", 2),
    ],
)
def test_changes_are_counted_up_to_as_many_as_matter(one, other, changes):
    assert distance(one, other, 2) == min(changes, 3)


def test_the_very_name_is_one():
    assert score("oak road", "oak road") == 1
    assert score("moseley oak road", "oak road", "moseley birmingham") == 1


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("oak road", "oak road", "oak lane"),
        ("oak", "oak road", "oakley road"),
        ("oka road", "oak road", "old road"),
        ("oak raod", "oak road", "oak lane"),
        ("ork road", "oak road", "elm road"),
        ("brodway", "broadway", "brookway"),
        ("broad way", "broadway", "broad lane"),
        ("raod oak", "oak road", "oak lane"),
        ("oad oak", "oak road", "oak lane"),
        ("high street", "high street", "street high road"),
        ("mary row", "saint marys row", "church row"),
        ("line grove", "lime grove", "grove lane"),
        ("iv road", "ivy road", "iron road"),
        ("alder d", "alder drive", "alder road"),
        ("winchester tc", "winchester terrace", "winchester walk"),
        ("brook ts", "brook street", "brook gardens"),
        ("marlborough stt", "marlborough street", "marlborough place"),
        ("church ay", "church way", "church lane"),
        ("moor close", "moor close", "moor croft"),
    ],
)
def test_a_name_is_liker_than_another(typed, better, worse):
    assert score(typed, better) > score(typed, worse)


def test_what_is_around_tells_names_apart():
    assert score("church lane aston", "church lane", "aston") > score(
        "church lane aston", "church lane", "handsworth"
    )
    assert score("church lane astn", "church lane", "aston") > score(
        "church lane astn", "church lane", "handsworth"
    )


def test_the_last_word_may_be_a_beginning_if_it_is_open():
    assert score("broadw", "broadway", is_open=True) > 0.9
    assert score("brodw", "broadway", is_open=True) > score("brodw", "broadway")
    assert score("oak west", "oak walk", is_open=True, as_typed="oak w") > 0.9


def test_a_name_of_which_the_beginning_was_typed_comes_before_one_of_a_longer_word():
    assert score("manor", "manor road", is_open=True) > score("manor", "manorcroft", is_open=True)
    assert score("manor", "manor", is_open=True) > score("manor", "manor road", is_open=True)
    assert score("manor", "manor road") < 0.95


@pytest.mark.parametrize(
    ("typed", "word", "is_like"),
    [
        ("gds", "gardens", True),
        ("cst", "crescent", True),
        ("l", "lane", True),
        ("tce", "terrace", True),
        ("tcr", "terrace", True),
        ("ts", "street", True),
        ("xyz", "street", False),
        ("rd", "drive", False),
        ("lane", "place", False),
        ("oak", "road", False),
        ("rd", "rodney", False),
    ],
)
def test_a_short_form_is_known_by_its_letters_or_by_one_change(typed, word, is_like):
    assert (alike_short(typed, word, in_full=search_words(f"x {typed}")[1]) > 0.3) == is_like


def test_a_saint_is_no_street():
    assert alike_short("st", "street", in_full="saint") == 0
    assert alike_short("st", "street", in_full="street") > 0


def test_a_word_is_used_once():
    assert score("oak oak", "oak road") < score("oak road", "oak road")
    assert score("road road road", "oak road") < 0.6


@pytest.mark.parametrize("typed", ["12", "ok lane close", "zzz", "a b c", "ork lane"])
def test_other_words_are_not_like(typed):
    assert score(typed, "oak road") < 0.55


def test_digits_are_never_misspelt():
    assert score("route 66", "route 65") < score("route 66", "route 66") - 0.2
