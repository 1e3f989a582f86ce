"""Good files that differ too much from what is published: held until a person decides.

H15 and I15 ask for a second approver. Here it is the right to override a check, and a
reason that the audit trail keeps. I15's "returns yesterday's data" is the same file again,
which changes nothing (see `test_i15_…yesterdays…`); a feed that stays so is for the
flat-line alarm.
"""

import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from shapely import Point

from importers.catalogue.entries import ChecksEntry
from importers.fixes import Fixes
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers.models import Act, Feature, Layer
from tests.factories.entries import council_entry, layer_entry, source_entry
from tests.factories.source_files import write_csv, write_geojson, write_zipped_shapefile
from tests.integration.importers.bad_inputs.desk import Desk

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

COUNT = 40
CHECKS = ChecksEntry()


def trees(
    count: int = COUNT, *, prefix: str = "T", east_m: int = 0, **columns: Any
) -> list[dict[str, Any]]:
    return [
        {
            "ref": f"{prefix}{n}",
            "name": f"Oak of {chr(65 + n % 26)}",
            "height_m": n,
            "Easting": 405_000 + n + east_m,
            "Northing": 285_000,
        }
        | columns
        for n in range(count)
    ]


def without(rows: list[dict[str, Any]], column: str) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != column} for row in rows]


def send(folder: Path, rows: list[dict[str, Any]], **request: Any) -> ImportReport:
    path = write_csv(folder / "trees.csv", rows)
    return import_layer(
        layer_entry(checks=CHECKS), council_entry(), ImportRequest(str(path), **request)
    )


@pytest.fixture
def forty(desk: Desk) -> Iterator[Desk]:
    """Give the desk's layer forty published trees."""
    report = send(desk.folder, trees(), override_reason="The whole list")
    assert report.outcome == "published", report.reason
    yield desk


SUSPICIOUS = [
    pytest.param(
        trees(24),
        "24 features instead of 40: 40% fewer than are published, and 25% may be",
        (0, 0, 16),
        id="h15_forty_per_cent_fewer_rows",
    ),
    pytest.param(
        trees(4),
        "4 features instead of 40: 90% fewer",
        (0, 0, 36),
        id="i15_ninety_per_cent_fewer_rows",
    ),
    pytest.param(
        trees(100),
        "100 features instead of 40: 150% more than are published, and 100% may be",
        (60, 0, 0),
        id="h15_many_more_rows",
    ),
    pytest.param(
        trees(east_m=100),
        "40 of the 40 features that are in both editions have moved",
        (0, 40, 0),
        id="h15_all_moved_100_m",
    ),
    pytest.param(
        trees(prefix="X"),
        "40 of the 40 features are gone and 40 new ones are there instead",
        (40, 0, 40),
        id="h15_all_references_new",
    ),
    pytest.param(
        without(trees(), "height_m"),
        "Columns that the published edition was read from are gone: “height_m” (Height)",
        (0, 40, 0),
        id="h15_and_i15_a_column_gone",
    ),
    pytest.param(
        trees(name=17),
        "Columns that held text hold only numbers now: “name”",
        (0, 40, 0),
        id="h15_text_became_numbers",
    ),
]


@pytest.mark.parametrize(("rows", "words", "figures"), SUSPICIOUS)
def test_it_is_held_with_its_figures_and_published_only_for_a_reason(
    rows: list[dict[str, Any]], words: str, figures: tuple[int, int, int], forty: Desk
) -> None:
    before = _what_everyone_sees()

    held = send(forty.folder, rows)

    assert (held.outcome, held.code) == ("stopped", "DIFF-SUSPICIOUS")
    assert words in held.reason
    assert (held.added, held.changed, held.removed) == figures
    assert (forty.run.added, forty.run.changed, forty.run.removed) == figures
    assert [check["code"] for check in forty.run.failed_checks] == ["DIFF-SUSPICIOUS"]
    assert _what_everyone_sees() == before

    with pytest.raises(CommandError, match="To publish it all the same, add --override") as refusal:
        call_command("publish_layer", "trees", edition=held.edition, stdout=StringIO())
    assert words in str(refusal.value)
    assert _what_everyone_sees() == before

    call_command(
        "publish_layer", "trees", edition=held.edition, override="Ann rang", stdout=StringIO()
    )

    assert Layer.objects.get().published_edition_id == held.edition
    assert Feature.objects.filter(edition_id=held.edition).count() == len(rows)
    assert (forty.run.outcome, forty.run.override_reason) == ("published", "Ann rang")
    published, overrode = Act.objects.filter(edition_id=held.edition)[:2]
    assert (overrode.verb, overrode.reason, overrode.run_id) == (
        "overrode",
        "Ann rang",
        forty.run.pk,
    )
    assert (published.verb, published.reason) == ("published", "Ann rang")


def test_an_import_that_says_why_publishes_at_once(forty: Desk) -> None:
    report = send(forty.folder, trees(24), override_reason="Sixteen were felled")

    assert report.outcome == "published"
    assert [check.code for check in report.failed_checks] == ["DIFF-SUSPICIOUS"]
    assert Act.objects.filter(verb="overrode", reason="Sixteen were felled").exists()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(trees(31), id="nine_fewer"),
        pytest.param(trees(80), id="twice_as_many"),
        pytest.param(trees(20) + trees(20, prefix="X"), id="half_of_them_others"),
        pytest.param(trees(20, east_m=100) + trees()[20:], id="half_of_them_moved"),
        pytest.param(trees(name="Ash"), id="all_renamed"),
        pytest.param(trees(east_m=1), id="all_moved_by_a_rounding"),
    ],
)
def test_what_changes_of_itself_is_published(rows: list[dict[str, Any]], forty: Desk) -> None:
    report = send(forty.folder, rows)

    assert report.outcome == "published", report.reason


def test_of_a_handful_of_features_any_share_may_change(desk: Desk) -> None:
    # Three are published; by share all of it is suspicious.
    report = send(desk.folder, trees(3, prefix="X"))

    assert report.outcome == "published", report.reason


def test_after_an_empty_edition_whatever_comes_is_welcome(desk: Desk) -> None:
    empty = desk.folder / "empty.csv"
    empty.write_text("ref,name,height_m,Easting,Northing\n")
    desk_entry = layer_entry(checks=CHECKS)
    request = ImportRequest(str(empty), fixes=Fixes(accept_empty=True), override_reason="All gone")
    assert import_layer(desk_entry, council_entry(), request).outcome == "published"

    assert send(desk.folder, trees()).outcome == "published"


def test_where_the_catalogue_entry_has_changed_it_is_named_as_a_cause(forty: Desk) -> None:
    entry = layer_entry(checks=CHECKS, key=("name",), digest="e" * 64)
    path = write_csv(forty.folder / "trees.csv", trees(26))

    report = import_layer(entry, council_entry(), ImportRequest(str(path)))

    assert report.code == "DIFF-SUSPICIOUS"
    assert "catalogue entry has changed since the published edition; that may be why" in (
        report.reason
    )


def test_a_newer_import_sets_aside_what_was_stopped_before_it(forty: Desk) -> None:
    stopped = send(forty.folder, trees(24))
    run = forty.run

    newer = send(forty.folder, trees(41))

    run.refresh_from_db()
    assert newer.outcome == "published"
    assert (run.outcome, run.edition) == ("set-aside", None)
    assert (run.removed, run.failed_checks[0]["code"]) == (16, "DIFF-SUSPICIOUS")
    act = Act.objects.get(verb="set-aside")
    assert (act.edition_id, act.run_id) == (stopped.edition, run.pk)
    assert act.reason == f"Import {forty.run.pk} took its place."
    with pytest.raises(CommandError, match=f"no edition {stopped.edition} that waits"):
        call_command("publish_layer", "trees", edition=stopped.edition, override="x")


def test_a_dry_run_says_the_same_and_keeps_nothing(forty: Desk) -> None:
    before = _what_everyone_sees()

    report = send(forty.folder, trees(24), dry_run=True)

    assert (report.outcome, report.code, report.edition) == ("stopped", "DIFF-SUSPICIOUS", None)
    assert report.removed == 16
    assert _what_everyone_sees() == before


def test_an_unreadable_file_leaves_what_waits_where_it_is(forty: Desk) -> None:
    held = send(forty.folder, trees(24))
    empty = forty.folder / "nothing.csv"
    empty.touch()

    forty.refuse(empty, "EMPTY-FILE")

    call_command("publish_layer", "trees", edition=held.edition, override="Yes", stdout=StringIO())
    assert Layer.objects.get().published_edition_id == held.edition


def test_i15_yesterdays_file_again_changes_nothing(forty: Desk) -> None:
    before = _what_everyone_sees()

    assert send(forty.folder, trees()).outcome == "unchanged"
    assert _what_everyone_sees() == before


def test_b04_a_shape_without_a_system_is_refused_with_what_it_looks_like(desk: Desk) -> None:
    entry = layer_entry(source=source_entry(driver="ESRI Shapefile", coordinates=()))
    path = _without_prj(
        write_zipped_shapefile(
            desk.folder / "trees.zip",
            [
                {
                    "ref": f"T{n}",
                    "name": "Oak",
                    "height_m": 1.5,
                    "geometry": Point(405_000 + n, 285_000),
                }
                for n in range(1, 13)
            ],
        )
    )

    stopped = import_layer(entry, council_entry(), ImportRequest(str(path)))

    assert (stopped.outcome, stopped.code) == ("stopped", "CRS-MISSING")
    (offer,) = stopped.offers
    assert offer.words == (
        "The numbers look like British National Grid: 12 of 12 fall inside the council's area. "
        "Is that right?"
    )
    assert desk.run.offers == [offer.as_json()]

    confirmed = import_layer(
        entry,
        council_entry(),
        ImportRequest(str(path), fixes=offer.fixes, asked_by="ann", override_reason="More trees"),
    )

    assert confirmed.outcome == "published", confirmed.reason
    assert [issue.message for issue in desk.issues("FIX-CONFIRMED")] == [
        "Confirmed by a person: Coordinates are read as British National Grid (EPSG:27700)."
    ]
    assert Act.objects.get(verb="fixed").actor == "ann"
    first = desk.features()[0]
    assert (first.geom_27700.x, first.geom_27700.y) == (405_001, 285_000)


def test_geojson_of_metres_is_recognised_and_offered(desk: Desk) -> None:
    rows = [
        {"ref": f"T{n}", "name": "Oak", "geometry": Point(405_000 + n, 285_000)}
        for n in range(1, 4)
    ]
    path = write_geojson(desk.folder / "trees.geojson", rows)

    report = desk.refuse(path, "CRS-MISMATCH", source={"driver": "GeoJSON", "coordinates": ()})

    assert report.offers[0].fixes.as_json() == {"crs": "EPSG:27700"}


def test_places_without_a_single_property_are_not_taken_for_an_empty_source(desk: Desk) -> None:
    path = write_geojson(desk.folder / "trees.geojson", [{"geometry": Point(-1.9, 52.45)}])

    desk.refuse(path, "COLUMN-MISSING", source={"driver": "GeoJSON", "coordinates": ()})


def _without_prj(path: Path) -> Path:
    bare = path.with_name("bare.zip")
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(bare, "w") as archive:
        for name in whole.namelist():
            if not name.endswith(".prj"):
                archive.writestr(name, whole.read(name))
    return bare


def _what_everyone_sees() -> dict[str, Any]:
    layer = Layer.objects.values("published_edition_id", "changed_at").get(slug="trees")
    features = Feature.objects.filter(edition_id=layer["published_edition_id"])
    return {"layer": layer, "features": list(features.order_by("id").values("fid", "properties"))}
