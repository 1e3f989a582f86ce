"""Dropping editions, also after a drop was cut off in the middle."""

import pytest
import shapely
from django.db import OperationalError, connection

from layers.publish import discard_edition
from layers.publish.partition import is_attached
from tests.factories import MadeFeature, make_layer, publish_features
from tests.factories.other_connections import connect_as_web

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

FEATURES = [MadeFeature("one", shapely.Point(407000, 287000), {"name": "One"})]


def test_it_finishes_a_drop_that_was_cut_off_before_it_drops_another() -> None:
    layer = make_layer()
    cut_off, other, published = [publish_features(layer, FEATURES) for _ in range(3)]
    with connect_as_web() as reader, reader.transaction():
        reader.execute("SELECT count(*) FROM layers_feature")
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 300")
        with pytest.raises(OperationalError):
            discard_edition(cut_off.pk)
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")
        cursor.execute("SELECT count(*) FROM pg_inherits WHERE inhdetachpending")
        assert cursor.fetchone() == (1,), "the drop was not cut off where it hurts"

    discard_edition(other.pk)

    assert not is_attached(cut_off.pk)
    assert not is_attached(other.pk)
    assert is_attached(published.pk)
