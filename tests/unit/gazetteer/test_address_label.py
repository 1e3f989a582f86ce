"""An address on one line, from AddressBase's parts."""

import pytest

from gazetteer.address_label import address_label, house_number


@pytest.mark.parametrize(
    ("parts", "label"),
    [
        (
            {"pao_start_number": "12", "street": "OAK ROAD", "town": "BIRMINGHAM"},
            "12 Oak Road, Birmingham",
        ),
        (
            {
                "sao_start_number": "2",
                "pao_start_number": "12",
                "pao_start_suffix": "A",
                "street": "OAK ROAD",
                "locality": "MOSELEY",
                "town": "BIRMINGHAM",
                "postcode": "B13 9AA",
            },
            "Flat 2, 12A Oak Road, Moseley, Birmingham, B13 9AA",
        ),
        (
            {
                "organisation": "THE MILL",
                "pao_text": "OLD MILL",
                "pao_start_number": "3",
                "pao_end_number": "5",
                "street": "MILL LANE",
            },
            "The Mill, Old Mill, 3-5 Mill Lane",
        ),
        (
            {"building_number": "7", "street": "Oak Road", "post_town": "BIRMINGHAM"},
            "7 Oak Road, Birmingham",
        ),
        (
            {"sub_building_name": "FLAT B", "building_name": "ROSE HOUSE", "street": "OAK ROAD"},
            "Flat B, Rose House, Oak Road",
        ),
        ({"street": "ST MARY'S ROW"}, "St Mary's Row"),
        ({"street": "OAK ROAD", "locality": "BIRMINGHAM", "town": "BIRMINGHAM"},
         "Oak Road, Birmingham"),
        ({"organisation": "BBC", "street": "THE MAILBOX"}, "BBC, The Mailbox"),
        ({"organisation": "McDonald's", "street": "High Street"}, "McDonald's, High Street"),
        ({"street": None, "postcode": "B1 1BB"}, "B1 1BB"),
        ({}, ""),
    ],
)  # fmt: skip
def test_it_writes_an_address_as_people_do(parts, label):
    assert address_label(parts) == label


@pytest.mark.parametrize(
    ("parts", "number"),
    [
        ({"pao_start_number": "12"}, "12"),
        ({"pao_start_number": 12, "pao_start_suffix": "A"}, "12A"),
        ({"pao_start_number": "3", "pao_end_number": "5"}, "3-5"),
        ({"pao_start_number": "3", "pao_end_number": "5", "pao_end_suffix": "B"}, "3-5B"),
        ({"building_number": "9"}, "9"),
        ({"pao_start_number": "12", "building_number": "9"}, "12"),
        ({}, ""),
    ],
)
def test_a_house_number_has_its_letter_and_its_end(parts, number):
    assert house_number(parts) == number
