"""Where a row lies that was kept out of a layer, no answer is "no"."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.test import Client

from importers.catalogue.constraint_entry import ConstraintEntry, CoverageEntry
from importers.catalogue.entries import FilterEntry
from importers.pipeline import import_layer
from importers.request import ImportRequest
from layers import crs
from layers.models import KeptOutShape, Layer
from layers.publish import discard_edition
from planning.answer import LayerAnswer, Reason, Verdict
from planning.query import check_site
from planning.site import Site
from tests.factories import drop_everything
from tests.factories.entries import council_entry, field_entry, layer_entry, source_entry
from tests.factories.source_files import write_geopackage

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "read"]),
    pytest.mark.usefixtures("patient"),
]

# All in EPSG:27700, metres.
WEST = shapely.box(405000, 285000, 405100, 285100)
FAR = shapely.box(405500, 285000, 405600, 285100)
OTHER = shapely.box(406000, 285000, 406100, 285100)
ABROAD = shapely.box(605000, 285000, 605100, 285100)


EVERYWHERE = CoverageEntry(extent_27700=(400000, 280000, 410000, 290000))


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    yield
    drop_everything()


def publish(
    folder: Path,
    *rows: tuple[str, shapely.Geometry | None],
    covers_more: bool = False,
    **changes: Any,
) -> Layer:
    """Import zones by the references that their source gives them, right or wrong."""
    entry = layer_entry(
        slug="zones",
        geometry_type=rows[0][1].geom_type,
        source=source_entry(driver="GPKG", coordinates=(), covers_more=covers_more),
        fields=(field_entry("ref", queryable=True), field_entry("name")),
        is_constraint=True,
        constraint=ConstraintEntry(accuracy_m=2.0),
        coverage=EVERYWHERE,
        **changes,
    )
    source = write_geopackage(
        folder / "zones.gpkg",
        [{"ref": ref, "name": ref, "geometry": shape} for ref, shape in rows],
    )
    report = import_layer(entry, council_entry(), ImportRequest(str(source)))
    assert report.outcome == "published", report
    return Layer.objects.get(slug="zones")


def check(shape: shapely.Geometry) -> LayerAnswer:
    [answer] = check_site(Site(shape, "A site", "drawn")).answers
    return answer


@pytest.mark.parametrize(
    "site", [FAR, FAR.buffer(-40), FAR.centroid, shapely.box(405450, 285000, 405550, 285100)]
)
def test_where_a_row_without_a_key_of_its_own_lies_no_answer_is_no(
    tmp_path: Path, site: shapely.Geometry
) -> None:
    publish(tmp_path, ("A", WEST), ("A", FAR))

    answer = check(site)

    assert (answer.verdict, answer.reason) == (Verdict.NOT_KNOWN, Reason.KEPT_OUT)
    assert check(OTHER).verdict == Verdict.DOES_NOT_APPLY
    assert check(WEST).verdict == Verdict.APPLIES


def test_a_row_that_repeats_a_feature_takes_nothing_from_what_is_known(tmp_path: Path) -> None:
    publish(tmp_path, ("A", WEST), ("A", WEST))

    beside = check(shapely.box(405099.5, 285000, 405200, 285100))

    assert (beside.verdict, beside.reason) == (Verdict.DOES_NOT_APPLY, None)
    assert [each.is_probably_neighbours for each in beside.findings] == [True]


def test_what_another_row_says_of_the_place_applies_all_the_same(tmp_path: Path) -> None:
    publish(tmp_path, ("A", WEST), ("A", FAR), ("B", FAR.buffer(-10)))

    assert check(FAR).verdict == Verdict.APPLIES


def test_a_row_that_was_left_out_on_purpose_is_no_gap(tmp_path: Path) -> None:
    publish(tmp_path, ("A", WEST), ("B", FAR), filters=(FilterEntry("ref", ("A",)),))

    assert check(FAR).verdict == Verdict.DOES_NOT_APPLY


def test_around_a_point_that_was_kept_out_nothing_is_known_as_far_as_it_is_accurate(
    tmp_path: Path,
) -> None:
    publish(tmp_path, ("A", WEST.centroid), ("A", FAR.centroid))

    assert check(FAR).reason == Reason.KEPT_OUT
    assert check(shapely.Point(405551, 285050)).reason == Reason.KEPT_OUT
    assert check(shapely.Point(405556, 285050)).verdict == Verdict.DOES_NOT_APPLY


def test_the_next_edition_without_the_fault_knows_again(tmp_path: Path) -> None:
    publish(tmp_path, ("A", WEST), ("A", FAR))
    [gap] = KeptOutShape.objects.all()
    publish(tmp_path, ("A", WEST), ("B", FAR))

    assert check(FAR).verdict == Verdict.APPLIES
    discard_edition(gap.edition_id)
    assert not KeptOutShape.objects.exists()


def test_rows_that_do_not_say_where_they_lie_are_counted_in_every_answer(
    tmp_path: Path, client: Client
) -> None:
    layer = publish(tmp_path, ("A", WEST), ("A", FAR), ("B", None), ("C", FAR.boundary))

    assert layer.published_edition is not None
    assert (layer.published_edition.quarantined_count, KeptOutShape.objects.count()) == (3, 1)
    longitude, latitude = crs.point_4326(OTHER.centroid.x, OTHER.centroid.y)
    said = client.get("/api/constraints", {"lon": longitude, "lat": latitude}).json()
    assert [each["rowsWithoutPlace"] for each in said["answers"]] == [2]


def test_a_row_outside_the_area_is_neither_a_gap_nor_without_a_place(tmp_path: Path) -> None:
    # ---- a good zone ---- one outside the council ---- one whose shape is no polygon
    layer = publish(tmp_path, ("A", WEST), ("B", ABROAD), ("C", FAR.boundary), covers_more=True)

    assert layer.published_edition is not None
    assert layer.published_edition.quarantined_count == 2
    assert layer.published_edition.unplaced_count == 1
    assert not KeptOutShape.objects.exists()


def test_a_layer_with_nothing_but_rows_outside_beside_its_own_is_published(tmp_path: Path) -> None:
    layer = publish(tmp_path, ("A", WEST), ("B", ABROAD), covers_more=True)

    assert layer.published_edition is not None
    assert layer.published_edition.unplaced_count == 0


def test_an_edition_of_which_no_places_were_noted_is_loaded_anew(tmp_path: Path) -> None:
    layer = publish(tmp_path, ("A", WEST), ("A", FAR))
    layer.editions.update(unplaced_count=None)
    KeptOutShape.objects.all().delete()

    publish(tmp_path, ("A", WEST), ("A", FAR))

    assert check(FAR).reason == Reason.KEPT_OUT
