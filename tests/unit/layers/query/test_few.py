"""A kept plan is for a box alone that is small for its layer, whose features are known."""

from dataclasses import replace

import pytest

from layers.query.boxes import Bbox
from layers.query.few import are_few
from layers.query.order import NearPoint, Page
from layers.query.selection import Circle, Selection
from tests.unit.maps.published import make_published_layer

# 100,000 features in a square degree, or in ten kilometres by ten.
LAYER = make_published_layer(
    feature_count=100_000,
    extent_4326=(-2.0, 52.0, -1.0, 53.0),
    extent_27700=(400_000.0, 280_000.0, 410_000.0, 290_000.0),
)
SMALL = Bbox(-1.5, 52.5, -1.45, 52.55)
LARGE = Bbox(-1.5, 52.5, -1.4, 52.6)
PLAIN = Page(100)


@pytest.mark.parametrize(
    ("box", "answer"),
    [
        (SMALL, True),
        (LARGE, False),
        (Bbox(-1.5, 52.5, -1.5, 52.6), True),  # a line
        (Bbox(179.0, 52.5, -179.0, 52.6), False),  # across the antimeridian
        (Bbox(405_000.0, 285_000.0, 405_500.0, 285_500.0, srid=27700), True),
        (Bbox(405_000.0, 285_000.0, 406_000.0, 286_000.0, srid=27700), False),
        (None, False),
    ],
)
def test_the_size_of_the_box_decides(box: Bbox | None, answer: bool) -> None:
    assert are_few(LAYER, Selection(bbox=box), PLAIN) is answer


def test_on_later_pages_it_is_the_same() -> None:
    assert are_few(LAYER, Selection(bbox=SMALL, edition_id=LAYER.edition_id), Page(100, after=7))


def test_of_another_edition_nothing_is_known() -> None:
    assert not are_few(LAYER, Selection(bbox=SMALL, edition_id=LAYER.edition_id + 1), PLAIN)


def test_another_condition_has_another_index() -> None:
    selection = Selection(bbox=SMALL, circle=Circle(405_000.0, 285_000.0, 50.0))

    assert not are_few(LAYER, selection, PLAIN)


def test_another_order_has_another_index() -> None:
    assert not are_few(LAYER, Selection(bbox=SMALL), Page(100, near=NearPoint(405_000, 285_000)))


def test_a_layer_without_any_location_is_not_guessed_about() -> None:
    assert not are_few(replace(LAYER, extent_4326=None), Selection(bbox=SMALL), PLAIN)


def test_one_spot_full_of_features_is_not_taken_for_few() -> None:
    spot = replace(LAYER, extent_4326=(-1.48, 52.52, -1.48, 52.52))

    assert not are_few(spot, Selection(bbox=SMALL), PLAIN)
