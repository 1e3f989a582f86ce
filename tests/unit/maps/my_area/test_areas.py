"""Areas and planning limits: applies, none here, and not known."""

from maps.my_area.areas import describe_areas
from tests.unit.maps.my_area.made import make_asked, make_found, make_place
from tests.unit.maps.published import make_published_layer

GREEN_BELT = make_published_layer(
    "green-belt", title="Green belt", geometry_type="Polygon", is_constraint=True
)
HERITAGE = make_published_layer(
    "conservation", title="Conservation areas", geometry_type="Polygon", is_constraint=True
)
DIVISIONS = make_published_layer(
    "divisions", title="Divisions", geometry_type="Polygon", is_area=True
)
OUTSIDE = make_place(is_inside_council=False)


def test_what_applies_is_named_in_the_summary() -> None:
    asked = make_asked(GREEN_BELT, HERITAGE, containing={"conservation": [make_found("Old Town")]})

    [section] = describe_areas(asked)

    assert section.sentences == ("Planning limits here: Conservation areas.",)
    assert [(answer.titles, answer.is_known) for answer in section.content] == [
        ((), True),
        (("Old Town",), True),
    ]
    assert section.easy == (
        "Green belt: no. There is none here.",
        "Conservation areas: yes. This place is in Old Town.",
    )


def test_none_is_said_only_where_the_layers_reach() -> None:
    [inside] = describe_areas(make_asked(GREEN_BELT))
    [outside] = describe_areas(make_asked(GREEN_BELT, place=OUTSIDE))

    assert inside.sentences == ("None of the planning limits that we hold is here.",)
    assert outside.sentences == ()
    assert outside.easy == ("Green belt: we do not know.",)


def test_an_area_that_should_cover_everything_is_not_known_where_it_does_not() -> None:
    [section] = describe_areas(make_asked(DIVISIONS))

    assert [answer.is_known for answer in section.content] == [False]
    assert section.sentences == ()


def test_the_ward_has_a_section_of_its_own() -> None:
    wards = make_published_layer("wards", role="ward", geometry_type="Polygon", is_area=True)

    assert list(describe_areas(make_asked(wards))) == []
