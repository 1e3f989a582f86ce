"""Addresses that are put together are those that Django would give."""

import pytest
from django.urls import reverse

from maps.page_addresses import feature_page, nearest_page


@pytest.mark.parametrize("fid", ["1", "B13 9AA", "Ŵyddfa & 'Sons'", "a?b#c%d", "x:y@z;~,=+", "é"])
def test_an_address_is_quoted_as_django_quotes_it(fid: str) -> None:
    assert feature_page("bus-stops", fid) == reverse("maps:feature", args=["bus-stops", fid])
    assert nearest_page("bus-stops", fid) == reverse("maps:nearest", args=["bus-stops", fid])


def test_an_address_is_of_its_own_layer() -> None:
    assert feature_page("schools", "1") != feature_page("trees", "1")
