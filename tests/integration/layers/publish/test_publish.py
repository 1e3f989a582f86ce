"""Publishing, taking back and undoing: what everyone else sees at each moment."""

from collections.abc import Callable

import pytest
import shapely

from layers.errors import EditionIncomplete, NothingToRollBack
from layers.models import Edition, Layer
from layers.publish import (
    StagedEdition,
    accept_edition,
    discard_edition,
    publish_edition,
    roll_back,
)
from layers.publish.signals import edition_staged
from tests.factories import MadeFeature, make_layer, publish_features, stage_features
from tests.factories.edition import fill_table
from tests.factories.other_connections import connect_as_web

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

# EPSG:27700, metres, in Birmingham.
AT_THE_BULL_RING = shapely.Point(407300, 286600)

SEEN_BY_THE_WEB = """
    SELECT properties ->> 'name' FROM layers_feature
    WHERE edition_id = (SELECT published_edition_id FROM layers_layer WHERE slug = 'schools')
    ORDER BY id
"""


@pytest.fixture
def layer() -> Layer:
    return make_layer("schools")


@pytest.fixture
def names_seen() -> Callable[[], list[str]]:
    """Return what another connection, of the web's role, sees published at this moment."""
    reader = connect_as_web()

    def look() -> list[str]:
        return [name for (name,) in reader.execute(SEEN_BY_THE_WEB).fetchall()]

    yield look
    reader.close()


def school(name: str) -> MadeFeature:
    return MadeFeature(name, AT_THE_BULL_RING, {"name": name})


def test_nothing_of_an_edition_is_seen_before_it_is_published(layer, names_seen):
    publish_features(layer, [school("Old")])

    edition = stage_features(layer, [school("New")])

    assert edition.state == "staged"
    assert names_seen() == ["Old"]
    publish_edition(edition)
    assert names_seen() == ["New"]


def test_publishing_dates_the_edition_and_the_change_of_its_layer(layer):
    before = layer.changed_at

    edition = publish_features(layer, [school("One")])

    assert edition.state == "published"
    assert edition.published_at > before
    assert layer.changed_at > before


def test_the_edition_before_is_superseded(layer):
    first = publish_features(layer, [school("One")])

    publish_features(layer, [school("Two")])

    assert Edition.objects.get(pk=first.pk).state == "superseded"


def test_an_edition_knows_its_numbers_and_extents(layer):
    points = [shapely.Point(405000, 285000), shapely.Point(410000, 290000)]
    features = [MadeFeature(str(place), point) for place, point in enumerate(points)]

    edition = stage_features(layer, features, quarantined_count=7)

    assert (edition.feature_count, edition.quarantined_count) == (2, 7)
    assert edition.extent_27700 == pytest.approx([405000, 285000, 410000, 290000], abs=0.001)
    west, south, east, north = edition.extent_4326
    assert -1.93 < west < east < -1.84
    assert 52.46 < south < north < 52.52


def test_an_edition_without_any_location_has_no_extent():
    layer = make_layer("licences", "None")

    edition = publish_features(layer, [MadeFeature("1", None, {"name": "A licence"})])

    assert edition.extent_27700 is None
    assert edition.extent_4326 is None


def test_an_empty_edition_can_be_published(layer, names_seen):
    publish_features(layer, [school("One")])

    publish_features(layer, [])

    assert names_seen() == []


def test_it_refuses_an_edition_with_fewer_rows_than_were_written(layer, names_seen):
    publish_features(layer, [school("Old")])
    edition = fill_table(layer, [school("One"), school("Two")])

    with pytest.raises(EditionIncomplete, match="holds 2 features, but 3 were written"):
        accept_edition(StagedEdition(edition.pk, feature_count=3, quarantined_count=0))

    assert names_seen() == ["Old"]
    with pytest.raises(EditionIncomplete):
        publish_edition(edition)


def test_it_refuses_to_publish_what_was_never_staged_to_its_end(layer):
    edition = fill_table(layer, [school("One")])

    with pytest.raises(EditionIncomplete, match="not complete"):
        publish_edition(edition)

    layer.refresh_from_db()
    assert layer.published_edition is None


def test_it_refuses_to_publish_what_is_no_longer_kept(layer):
    edition = stage_features(layer, [school("One")])
    discard_edition(edition.pk)

    with pytest.raises(EditionIncomplete, match="no longer kept"):
        publish_edition(edition)


def test_a_companion_that_cannot_be_built_stops_the_edition(layer):
    def fail(edition: Edition, **_: object) -> None:
        raise ZeroDivisionError

    edition_staged.connect(fail)
    edition = fill_table(layer, [school("One")])
    try:
        with pytest.raises(ZeroDivisionError):
            accept_edition(StagedEdition(edition.pk, feature_count=1, quarantined_count=0))
    finally:
        edition_staged.disconnect(fail)

    edition.refresh_from_db()
    assert edition.staged_at is None
    with pytest.raises(EditionIncomplete):
        publish_edition(edition)


def test_the_published_edition_can_be_taken_back(layer, names_seen):
    first = publish_features(layer, [school("One")])
    second = publish_features(layer, [school("Two")])

    target = roll_back(layer)

    assert target.pk == first.pk
    assert names_seen() == ["One"]
    assert Edition.objects.get(pk=first.pk).state == "published"
    assert Edition.objects.get(pk=second.pk).state == "withdrawn"


def test_taking_back_changes_the_layers_date(layer):
    publish_features(layer, [school("One")])
    publish_features(layer, [school("Two")])
    before = layer.changed_at

    roll_back(layer)

    layer.refresh_from_db()
    assert layer.changed_at > before


def test_taking_back_can_be_undone(layer, names_seen):
    publish_features(layer, [school("One")])
    second = publish_features(layer, [school("Two")])
    roll_back(layer)

    roll_back(layer, to=second.pk)

    assert names_seen() == ["Two"]
    assert Edition.objects.get(pk=second.pk).state == "published"


def test_it_never_goes_back_to_an_edition_that_was_withdrawn(layer, names_seen):
    publish_features(layer, [school("One")])
    publish_features(layer, [school("Two, withdrawn")])
    roll_back(layer)
    publish_features(layer, [school("Three")])

    roll_back(layer)

    assert names_seen() == ["One"]


def test_it_never_goes_back_to_an_edition_that_was_only_staged(layer):
    stage_features(layer, [school("Never shown")])
    publish_features(layer, [school("One")])

    with pytest.raises(NothingToRollBack, match="no earlier edition"):
        roll_back(layer)


def test_it_never_goes_back_to_another_layers_edition(layer):
    other = publish_features(make_layer("libraries"), [school("A library")])
    publish_features(layer, [school("One")])

    with pytest.raises(NothingToRollBack, match=f"no kept edition {other.pk}"):
        roll_back(layer, to=other.pk)


def test_the_published_edition_is_told_for_what_it_is(layer, names_seen):
    published = publish_features(layer, [school("One")])

    with pytest.raises(NothingToRollBack, match=f"Edition {published.pk} is what is published of"):
        roll_back(layer, to=published.pk)

    assert names_seen() == ["One"]


def test_a_first_edition_cannot_be_taken_back(layer, names_seen):
    publish_features(layer, [school("One")])

    with pytest.raises(NothingToRollBack, match="Other editions kept: none"):
        roll_back(layer)

    assert names_seen() == ["One"]


def test_publishing_an_edition_again_makes_it_no_longer_withdrawn(layer):
    publish_features(layer, [school("One")])
    second = publish_features(layer, [school("Two")])
    roll_back(layer)

    publish_edition(second)

    assert Edition.objects.get(pk=second.pk).withdrawn_at is None
