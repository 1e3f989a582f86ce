"""Names in one form, however they are written."""

import pytest

from gazetteer.street_names import search_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OAK ROAD", "Oak Rd"),
        ("Oak Rd.", "oak road"),
        ("High Street", "High St"),
        ("St Mary's Row", "St Mary’s Row"),
        ("St Mary's Row", "St. Marys Row"),
        ("St Mary's Row", "Saint Marys Row"),
        ("St Paul's Square", "St Paul`s Sq"),
        ("King Edward's Gardens", "king edwards gdns"),
        ("Ŵyddfa Close", "Wyddfa Cl"),
        ("Moat-House  Lane", "moat house la"),
        ("The Crescent", "THE CRES"),
        ("Great Charles Street", "Gt Charles St"),
        ("Upper Dean Street", "upr dean st."),
        ("Church & Abbey Road", "Church and Abbey Rd"),
        ("North Road", "N Rd"),
        ("Church of St Mary's", "church of saint marys"),
        ("Third Avenue", "3rd Ave"),
        ("O’Brien Street", "O'Brien St"),
        ("O`Brien Street", "OBrien St"),
        ("St Johns Tce", "Saint John's Terrace"),
        ("Llŷn Street", "LLYN ST"),
        ("Abbey Gardens", "abbey gds"),
        ("Palm Villas", "palm vls"),
        ("Back Alley", "back aly"),
        ("Gas Street Passage", "gas st pass"),
        ("Park Street Gardens", "park st gds"),
        ("Park Street Mews", "park st mews"),
    ],
)
def test_two_ways_of_writing_a_street_meet(one, other):
    assert search_name(one) == search_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oak Road", "Oak Avenue"),
        ("St Mary's Row", "Street Marys Row"),
        ("Park Road", "Road Park"),
        ("Court Road", "Ct Road"),
        ("Oak Street", "Oak Saint"),
        ("High Street North", "High Saint North"),
        ("S Road", "Road"),
    ],
)
def test_two_streets_stay_two(one, other):
    assert search_name(one) != search_name(other)


@pytest.mark.parametrize("text", ["", " ", "%", "_", "'", "\\", "\0", "😀", "—"])
def test_a_name_without_letters_is_empty(text):
    assert search_name(text) == ""
