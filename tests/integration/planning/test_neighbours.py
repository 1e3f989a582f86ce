"""Addresses on a site and around it."""

import pytest
import shapely

from planning.query import neighbours as rules
from planning.query import neighbours_of
from planning.site import Site
from tests.factories import MadeFeature, make_field, make_layer, publish_features

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

# EPSG:27700, metres. Houses are told by metres east of the western edge; the eastern one is at 50.
SITE = shapely.box(405000, 285000, 405050, 285050)
FIELDS = ("uprn", "pao_start_number", "street", "town", "postcode")


def _publish(*metres_east: float) -> None:
    layer = make_layer(
        "addresses", role="address", is_public=False, fields=[make_field(name) for name in FIELDS]
    )
    publish_features(
        layer,
        [
            MadeFeature(
                str(1000 + n),
                shapely.Point(405000 + east, 285025),
                {
                    "uprn": str(1000 + n),
                    "pao_start_number": str(n + 1),
                    "street": "Oak Road",
                    "town": "Birmingham",
                    "postcode": "B1 1BB",
                },
            )
            for n, east in enumerate(metres_east)
        ],
    )


def _site() -> Site:
    return Site(SITE, "", "drawn")


def test_those_on_the_site_come_first_and_those_beyond_are_left_out() -> None:
    _publish(25, 50, 60, 70.01)

    found = neighbours_of(_site(), 20)

    assert [(each.uprn, each.distance_m) for each in found.addresses] == [
        ("1000", 0.0),
        ("1001", 0.0),
        ("1002", 10.0),
    ]
    first = found.addresses[0]
    assert (first.lines, first.postcode) == (("1 Oak Road", "Birmingham"), "B1 1BB")
    assert found.is_known and not found.is_public and not found.is_cut


def test_without_metres_those_at_the_edge_are_told_and_no_others() -> None:
    _publish(25, 50.005, 50.5)

    assert [each.uprn for each in neighbours_of(_site(), 0).addresses] == ["1000", "1001"]


def test_a_long_list_says_that_it_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    _publish(25, 26, 27)
    monkeypatch.setattr(rules, "MOST_NEIGHBOURS", 2)

    found = neighbours_of(_site(), 20)

    assert (len(found.addresses), found.is_cut) == (2, True)


def test_no_list_of_addresses_is_not_the_same_as_nobody() -> None:
    assert not neighbours_of(_site(), 20).is_known


def test_metres_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="is not from 0 to 500"):
        neighbours_of(_site(), 501)
