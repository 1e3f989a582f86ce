"""Addresses of a list in the order that people look for theirs."""

from random import Random

import pytest

from gazetteer.postcode_addresses import _order, natural_key


@pytest.mark.parametrize(
    "in_order",
    [
        ["2", "10", "10a", "10b", "100"],
        ["flat 1", "Flat 2", "FLAT 10"],
        ["Rose House", "Violet House"],
        ["", "1"],
        # Too long for a number, and digits that are none.
        ["9", "99999999999999999999", "Flat ²"],
    ],
)
def test_numbers_inside_a_text_count_as_numbers(in_order: list[str]) -> None:
    shuffled = in_order[::-1]

    assert sorted(shuffled, key=natural_key) == in_order


def test_flats_follow_their_block_and_houses_without_a_number_come_last() -> None:
    in_order = [
        {"pao_start_number": "2"},
        {"pao_start_number": "10"},
        {"pao_start_number": "10", "pao_start_suffix": "A"},
        {"pao_start_number": "12", "pao_text": "ROSE COURT"},
        {"pao_start_number": "12", "pao_text": "ROSE COURT", "sao_start_number": "1"},
        {"building_number": "12", "building_name": "ROSE COURT", "sub_building_name": "FLAT 2"},
        {"pao_start_number": "12", "pao_text": "ROSE COURT", "sao_text": "FLAT 10"},
        {"pao_start_number": "12", "pao_text": "ROSE COURT", "sao_start_number": "11"},
        {"pao_start_number": 14},
        {"pao_text": "THE COTTAGE"},
        {"pao_text": "WOODSIDE", "sao_text": "ANNEXE"},
    ]
    mixed = in_order.copy()
    Random(3).shuffle(mixed)

    assert sorted(mixed, key=_order) == in_order
