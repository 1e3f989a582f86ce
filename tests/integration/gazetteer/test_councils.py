"""Whose area a place is in that is not ours, in EPSG:27700 metres."""

import json

import numpy as np
import pytest
from shapely import box
from shapely.geometry import shape

from gazetteer.query import CouncilArea, neighbour_at
from layers.crs import to_27700
from tests.factories import MadeFeature, make_field, make_layer, publish_features
from tests.factories.shared_data import SHARED_DATA, needs_shared_data

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

OURS, THEIRS = box(405000, 280000, 407000, 282000), box(407000, 280000, 409000, 282000)


def publish_councils(**theirs: str) -> None:
    layer = make_layer("councils", "Polygon", role="council", fields=[make_field("name")])
    publish_features(
        layer,
        [
            MadeFeature("1", OURS, {"code": "E08000025", "name": "Birmingham District (B)"}),
            MadeFeature("2", THEIRS, {"name": "Solihull District (B)", **theirs}),
        ],
    )


def test_a_place_next_door_has_its_council_with_its_website():
    publish_councils(
        code="E08000029", council="Solihull Council", website="https://www.solihull.gov.uk/"
    )

    assert neighbour_at(408000, 281000) == CouncilArea(
        "E08000029", "Solihull", "Solihull Council", "https://www.solihull.gov.uk/"
    )


def test_what_the_layer_does_not_say_is_empty():
    publish_councils()

    assert neighbour_at(408000, 281000) == CouncilArea("", "Solihull", "", "")


@pytest.mark.parametrize(
    "website", ["javascript:alert(1)", "www.solihull.gov.uk", "//x", "ftp://x"]
)
def test_only_a_web_address_is_one(website: str):
    publish_councils(website=website)

    found = neighbour_at(408000, 281000)

    assert found is not None
    assert found.website == ""


@pytest.mark.parametrize(
    "point",
    [(406000, 281000), (407000, 281000), (420000, 281000)],
    ids=["our own area", "on the border", "in no area"],
)
def test_nobody_is_named_where_nobody_can_be(point: tuple[int, int]):
    publish_councils()

    assert neighbour_at(*point) is None


def test_without_the_layer_nobody_is_named():
    assert neighbour_at(408000, 281000) is None


@needs_shared_data
@pytest.mark.parametrize(
    ("point", "place"),
    [
        ((415200, 279700), "Solihull"),
        ((401000, 291000), "Sandwell"),
        ((401300, 298500), "Walsall"),
        ((406900, 286800), None),  # Birmingham
        ((404000, 267500), None),  # Redditch, which is not in the file
    ],
)
def test_the_real_boroughs_say_whose_a_place_is(point: tuple[int, int], place: str | None):
    file = SHARED_DATA / "boundaries" / "wm-boroughs.geojson"
    boroughs = json.loads(file.read_text(encoding="utf-8"))["features"]
    shapes = to_27700(np.array([shape(each["geometry"]) for each in boroughs], dtype=object))
    layer = make_layer("councils", "Polygon", role="council", fields=[make_field("name")])
    publish_features(
        layer,
        [
            MadeFeature(each["properties"]["code"], polygon, each["properties"])
            for each, polygon in zip(boroughs, shapes, strict=True)
        ],
    )

    found = neighbour_at(*point)

    assert (found.place if found else None) == place
