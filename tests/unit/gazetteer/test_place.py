import pytest

from gazetteer.place import Kind, Place


@pytest.mark.parametrize(
    ("kind", "slug", "uprn"),
    [
        ("address", "uprn-100070000001", "100070000001"),
        ("property", "uprn-99", "99"),
        ("postcode", "B11BB", ""),
        ("street", "street-uprn-road_moseley", ""),
    ],
)
def test_an_address_or_a_property_has_a_uprn(kind: Kind, slug: str, uprn: str) -> None:
    assert Place(kind, "", slug, 4e5, 3e5, -1.9, 52.5, True).uprn == uprn
