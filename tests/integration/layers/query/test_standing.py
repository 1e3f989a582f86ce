"""What has to be of one instant looks once where the layers stand."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import shapely

from layers.models import Layer
from layers.query.registry import published_layers, standing_held, standing_layers
from tests.factories import MadeFeature, drop_everything, make_council, make_layer, publish_features
from tests.factories.statements import noted_statements

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

TREE = MadeFeature("1", shapely.Point(405_000, 285_000), {})


@pytest.fixture(autouse=True)
def trees(transactional_db: None) -> Iterator[Layer]:
    make_council()
    layer = make_layer("trees")
    publish_features(layer, [TREE])
    yield layer
    drop_everything()


def rename(layer: Layer, title: str) -> None:
    layer.refresh_from_db()
    later = layer.changed_at + timedelta(seconds=1)
    Layer.objects.filter(pk=layer.pk).update(title=title, changed_at=later)


def test_a_changed_layer_is_seen_at_the_next_look(trees: Layer) -> None:
    published_layers()

    rename(trees, "Old trees")

    assert published_layers()["trees"].title == "Old trees"


def test_what_is_held_stays_as_it_was_and_is_let_go_at_the_end(trees: Layer) -> None:
    with standing_held():
        before = standing_layers()
        rename(trees, "Old trees")
        assert standing_layers() is before

    assert standing_layers().public["trees"].title == "Old trees"


def test_what_is_held_is_let_go_when_the_answer_fails(trees: Layer) -> None:
    with pytest.raises(ValueError, match="of the page"), standing_held():
        raise ValueError("of the page")

    rename(trees, "Old trees")

    assert standing_layers().public["trees"].title == "Old trees"


def test_nothing_is_asked_again_while_it_is_held() -> None:
    with standing_held(), noted_statements() as noted:
        standing_layers()
        published_layers()

    assert list(noted) == []
