"""Names of councils' areas as people say them."""

import pytest

from gazetteer.councils import place_name


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Solihull District (B)", "Solihull"),
        ("Tandridge District", "Tandridge"),
        ("Reigate and Banstead District (B)", "Reigate and Banstead"),
        ("Lambeth London Boro", "Lambeth"),
        ("Kingston upon Thames London Borough", "Kingston upon Thames"),
        ("City of Bristol (B)", "City of Bristol"),
        ("Cornwall", "Cornwall"),
        ("South Lakeland District ", "South Lakeland"),
        ("District", "District"),
    ],
)
def test_what_kind_an_area_is_of_is_no_part_of_its_name(name: str, place: str) -> None:
    assert place_name(name) == place
