"""Areas whose coordinates are wrong: all of them, or one among good ones."""

from pathlib import Path
from typing import Any

import pytest
import shapely
from django.core.management import call_command

from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers import crs
from layers.models import Layer
from tests.factories.entries import council_entry, layer_entry, source_entry
from tests.factories.source_files import write_geojson

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

ENTRY = layer_entry(geometry_type="Polygon", source=source_entry(driver="GeoJSON", coordinates=()))


@pytest.fixture(autouse=True)
def _sources(tmp_path: Path, settings: Any) -> None:
    settings.SOURCES_DIR = tmp_path / "sources"


def square(place: int, *, is_swapped: bool = False) -> dict[str, Any]:
    """Return a square of 100 m in the council's area, in EPSG:4326."""
    west, south = crs.point_4326(405_000 + 200 * place, 285_000)
    east, north = crs.point_4326(405_100 + 200 * place, 285_100)
    box = shapely.box(west, south, east, north)
    if is_swapped:
        box = shapely.transform(box, lambda xy: xy[:, ::-1])
    return {"ref": f"A{place}", "name": "A", "height_m": 1, "geometry": box}


def run(folder: Path, rows: list[dict[str, Any]], *, publish: bool = True) -> ImportReport:
    path = write_geojson(folder / "areas.geojson", rows)
    return import_layer(ENTRY, council_entry(), ImportRequest(str(path), publish=publish))


def test_areas_that_are_all_swapped_stop_the_import_and_are_said_to_be(tmp_path: Path) -> None:
    report = run(tmp_path, [square(place, is_swapped=True) for place in range(12)])

    assert (report.outcome, report.code) == ("stopped", "AXIS-SWAPPED")
    assert "12 are inside" in report.reason


def test_one_odd_row_does_not_hide_that_the_others_are_swapped(tmp_path: Path) -> None:
    rows = [square(0), *(square(place, is_swapped=True) for place in range(1, 36))]

    report = run(tmp_path, rows)

    assert report.code == "AXIS-SWAPPED"


def test_one_swapped_area_among_good_ones_is_kept_out_by_itself(tmp_path: Path) -> None:
    rows = [square(0, is_swapped=True), *(square(place) for place in range(1, 12))]

    report = run(tmp_path, rows)

    assert (report.published, report.quarantined) == (11, 1)
    assert [group.kind for group in report.issues if group.severity == "error"] == ["OUTSIDE-GB"]


def test_a_staged_edition_can_be_published_later(tmp_path: Path) -> None:
    staged = run(tmp_path, [square(1)], publish=False)

    call_command("publish_layer", "trees", edition=staged.edition)

    assert Layer.objects.get(slug="trees").published_edition_id == staged.edition
