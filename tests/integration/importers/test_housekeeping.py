"""Tidying up at night, on real PostGIS."""

from typing import Any

import pytest
import shapely
from django.db import connection

from importers.housekeeping import tidy_up
from importers.jobs import tidy_up_every_night
from importers.lock import only_import_of
from importers.models import ImportRun
from layers.models import Layer
from layers.publish import partition_name
from tests.factories import MadeFeature, make_layer, publish_features, stage_features
from tests.factories.other_connections import connect_as_owner

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

FEATURES = [MadeFeature("one", shapely.Point(407000, 287000), {"name": "One"})]


def _has_table(edition_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [partition_name(edition_id)])
        return bool(cursor.fetchone()[0])


def test_it_drops_what_an_import_left_that_was_killed_before_publishing() -> None:
    layer = make_layer()
    published = publish_features(layer, FEATURES)
    left = stage_features(layer, FEATURES)
    run = ImportRun.objects.create(layer=layer, source="schools.csv", step="publish")

    tidy_up()

    run.refresh_from_db()
    assert run.outcome == ImportRun.Outcome.INTERRUPTED
    assert not _has_table(left.pk)
    assert _has_table(published.pk)


def test_it_keeps_the_published_edition_and_as_many_others_as_the_settings_say(
    settings: Any,
) -> None:
    settings.EDITIONS_KEPT = 1
    layer = make_layer()
    editions = [publish_features(layer, FEATURES) for _ in range(4)]

    done = tidy_up()

    assert done["editions_dropped"] == 2
    assert [_has_table(edition.pk) for edition in editions] == [False, False, True, True]


def test_it_leaves_a_layer_alone_that_is_being_imported() -> None:
    layer = make_layer()
    run = ImportRun.objects.create(layer=layer, source="schools.csv")
    with connect_as_owner() as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [0x494D50, layer.pk])

        tidy_up()

    run.refresh_from_db()
    assert run.outcome == ImportRun.Outcome.RUNNING


def test_the_nightly_job_tidies_up() -> None:
    layer = make_layer()
    run = ImportRun.objects.create(layer=layer, source="schools.csv")

    tidy_up_every_night(timestamp=0)

    run.refresh_from_db()
    assert run.outcome == ImportRun.Outcome.INTERRUPTED
    with only_import_of(Layer.objects.get(pk=layer.pk)):
        pass  # and the layer's lock was let go of


def test_of_changes_that_are_forgotten_no_remains_are_left(settings: Any) -> None:
    settings.CHANGES_KEPT = 0
    layer = make_layer()
    publish_features(layer, FEATURES)
    publish_features(layer, [MadeFeature("two", shapely.Point(407000, 287000), {"name": "Two"})])

    assert tidy_up()["changes_forgotten"] == 2

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('layers_change')")
        assert cursor.fetchone() == (0,)
