"""Files that are read wrongly, the fix that is offered, and what comes of confirming it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from importers.catalogue.entries import ChecksEntry, LayerEntry
from importers.errors import WrongUse
from importers.fixes import NO_FIXES, Fixes
from importers.models import ImportRun
from importers.offers import FORGOTTEN
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers.crs import point_4326
from layers.models import Act, Edition, Feature, Layer
from layers.publish import roll_back
from tests.factories.database import drop_edition_tables
from tests.factories.entries import council_entry, layer_entry
from tests.factories.source_files import write_csv

pytestmark = pytest.mark.django_db(transaction=True)

EASTING, NORTHING = 405_123.45, 285_678.9
TWO_CM = 0.02


@pytest.fixture(autouse=True)
def leave_no_tables(transactional_db: None) -> Iterator[None]:
    yield
    drop_edition_tables()


def send(path: Path, entry: LayerEntry | None = None, **request: Any) -> ImportReport:
    return import_layer(
        entry or layer_entry(), council_entry(), ImportRequest(str(path), **request)
    )


def newest() -> ImportRun:
    return ImportRun.objects.all()[0]


def confirmed() -> list[str]:
    return list(newest().issues.filter(kind="FIX-CONFIRMED").values_list("message", flat=True))


def trees(path: Path, x: str, y: str, first: float, second: float, count: int = 4) -> Path:
    return write_csv(
        path, [{"ref": f"T{n}", "name": f"Oak {n}", x: first, y: second} for n in range(count)]
    )


@pytest.fixture
def swapped(tmp_path: Path) -> Path:
    return trees(tmp_path / "swapped.csv", "Easting", "Northing", 285_000, 405_000)


@pytest.fixture
def right(tmp_path: Path) -> Path:
    return trees(tmp_path / "right.csv", "Easting", "Northing", 405_000, 285_000, 5)


def test_swapped_axes_are_offered_confirmed_published_right_and_kept_on_record(
    swapped: Path,
) -> None:
    stopped = send(swapped)
    assert (stopped.outcome, stopped.code) == ("stopped", "AXIS-SWAPPED")
    (offer,) = stopped.offers
    assert offer.fixes == Fixes(swap_axes=True)
    assert newest().offers == [offer.as_json()]
    assert not Edition.objects.exists()

    done = send(swapped, fixes=offer.fixes, asked_by="ann")

    assert done.outcome == "published", done.reason
    place = Feature.objects.filter(edition_id=done.edition).first().geom_27700
    assert (place.x, place.y) == (405_000, 285_000)
    assert confirmed() == ["Confirmed by a person: The two coordinates are swapped."]
    act = Act.objects.get(verb="fixed")
    assert (act.actor, act.run_id) == ("ann", newest().pk)
    assert act.reason == "The two coordinates are swapped."


def test_degrees_under_the_names_of_metres_are_offered_and_published_to_2_cm(
    tmp_path: Path,
) -> None:
    longitude, latitude = point_4326(EASTING, NORTHING)
    path = trees(tmp_path / "degrees.csv", "Easting", "Northing", longitude, latitude)
    stopped = send(path)
    assert stopped.code == "CRS-MISMATCH"
    (offer,) = stopped.offers
    assert offer.fixes == Fixes(crs="EPSG:4326")

    done = send(path, fixes=offer.fixes)

    assert done.outcome == "published", done.reason
    feature = Feature.objects.filter(edition_id=done.edition).first()
    assert feature.geom_27700.x == pytest.approx(EASTING, abs=TWO_CM)
    assert feature.geom_27700.y == pytest.approx(NORTHING, abs=TWO_CM)
    assert feature.geom_4326.x == pytest.approx(longitude, abs=1e-7)
    assert newest().understanding["crs_origin"] == "person"


def test_a_fix_that_is_remembered_holds_for_the_next_file_which_says_so(
    swapped: Path, tmp_path: Path
) -> None:
    send(swapped, fixes=Fixes(swap_axes=True), remembers_fixes=True)
    later = trees(tmp_path / "later.csv", "Easting", "Northing", 285_001, 405_001)

    done = send(later)

    assert done.outcome == "published", done.reason
    assert confirmed() == ["Confirmed by a person: The two coordinates are swapped."]


def test_a_fix_that_is_not_remembered_holds_once(swapped: Path, tmp_path: Path) -> None:
    send(swapped, fixes=Fixes(swap_axes=True))
    later = trees(tmp_path / "later.csv", "Easting", "Northing", 285_001, 405_001)

    assert send(later).code == "AXIS-SWAPPED"


def test_a_file_that_is_right_again_is_not_offered_to_be_swapped_twice(
    swapped: Path, right: Path
) -> None:
    send(swapped, fixes=Fixes(swap_axes=True), remembers_fixes=True)

    stopped = send(right)

    assert (stopped.code, stopped.offers) == ("AXIS-SWAPPED", [])
    assert "--remember without --fix forgets" in stopped.reason
    assert send(right, remembers_fixes=True).outcome == "published"
    assert confirmed() == []


def test_the_file_that_is_published_already_makes_the_layer_forget_too(
    swapped: Path, tmp_path: Path
) -> None:
    send(swapped, fixes=Fixes(swap_axes=True), remembers_fixes=True)

    again = send(swapped, remembers_fixes=True)

    assert again.outcome == "unchanged"
    assert again.notes == [FORGOTTEN]
    later = trees(tmp_path / "later.csv", "Easting", "Northing", 285_001, 405_001)
    assert send(later).code == "AXIS-SWAPPED"
    assert send(swapped, remembers_fixes=True).notes == []


def test_what_was_forgotten_stays_so_when_the_edition_is_taken_back(
    swapped: Path, right: Path, tmp_path: Path
) -> None:
    send(swapped, fixes=Fixes(swap_axes=True), remembers_fixes=True)
    later = trees(tmp_path / "later.csv", "Easting", "Northing", 285_001, 405_001)
    send(later)
    send(later, remembers_fixes=True)

    roll_back(Layer.objects.get())

    assert send(right).outcome == "published"


def test_the_same_file_without_a_word_forgets_nothing(swapped: Path, tmp_path: Path) -> None:
    send(swapped, fixes=Fixes(swap_axes=True), remembers_fixes=True)

    assert send(swapped).outcome == "unchanged"

    later = trees(tmp_path / "later.csv", "Easting", "Northing", 285_001, 405_001)
    assert send(later).outcome == "published"


def test_what_is_remembered_takes_the_place_of_what_was(swapped: Path, right: Path) -> None:
    send(swapped, fixes=Fixes(swap_axes=True), remembers_fixes=True)

    done = send(right, fixes=Fixes(encoding="utf-8"), remembers_fixes=True)

    assert done.outcome == "published", done.reason
    assert confirmed() == ["Confirmed by a person: Text is read as utf-8."]


def test_a_fix_of_an_edition_that_was_taken_back_is_forgotten(swapped: Path, right: Path) -> None:
    send(right)
    send(swapped, fixes=Fixes(swap_axes=True), remembers_fixes=True)
    roll_back(Layer.objects.get())

    stopped = send(swapped.rename(swapped.with_name("again.csv")))

    assert stopped.code == "AXIS-SWAPPED"
    assert stopped.offers


def test_that_nothing_is_meant_is_never_remembered(right: Path, tmp_path: Path) -> None:
    send(right)
    empty = tmp_path / "empty.csv"
    empty.write_text("ref,name,height_m,Easting,Northing\n")
    meant = Fixes(accept_empty=True)
    done = send(empty, fixes=meant, remembers_fixes=True, override_reason="All felled")
    assert done.outcome == "published", done.reason

    empty.write_text("ref,name,height_m,Easting,Northing\n\n")

    assert send(empty).code == "NO-ROWS"


def test_a_column_that_a_person_named_is_read_for_its_field(tmp_path: Path) -> None:
    rows = [
        {"ref": f"T{n}", "Tree type": "Ash", "Easting": 405_000, "Northing": 285_000}
        for n in range(3)
    ]
    path = write_csv(tmp_path / "trees.csv", rows)

    send(path, fixes=Fixes(columns={"name": "Tree type"}))

    assert Feature.objects.first().properties["name"] == "Ash"
    assert confirmed() == ["Confirmed by a person: “name” is read from the column “Tree type”."]


def test_columns_for_the_position_that_a_person_named_are_used(tmp_path: Path) -> None:
    path = trees(tmp_path / "trees.csv", "X_COORD", "Y_COORD", 405_000, 285_000)
    assert send(path).code == "COORDINATES-MISSING"

    assert send(path, fixes=Fixes(x="X_COORD", y="Y_COORD")).outcome == "published"


def test_a_fix_for_a_field_that_is_not_there_leaves_no_run_behind(right: Path) -> None:
    with pytest.raises(WrongUse, match="trees has no field “nmae”"):
        send(right, fixes=Fixes(columns={"nmae": "Name"}))

    assert not ImportRun.objects.exists()


def test_the_published_file_is_read_anew_when_a_fix_is_given(right: Path) -> None:
    first = send(right)

    assert send(right).outcome == "unchanged"
    again = send(right, fixes=Fixes(encoding="utf-8"))

    assert again.outcome == "published"
    assert again.edition != first.edition


STRICT = layer_entry(checks=ChecksEntry(min_rows=1))


@pytest.mark.parametrize("reason", ["", "All felled"])
def test_a_file_without_rows_needs_the_fix_and_a_reason(
    reason: str, right: Path, tmp_path: Path
) -> None:
    send(right, STRICT)
    empty = tmp_path / "empty.csv"
    empty.write_text("ref,name,height_m,Easting,Northing\n")

    assert send(empty, STRICT, override_reason=reason).code == "NO-ROWS"
    done = send(empty, STRICT, fixes=Fixes(accept_empty=True), override_reason=reason)

    assert (done.rows_read, done.removed) == (0, 5)
    if reason:
        assert done.outcome == "published", done.reason
        assert Feature.objects.filter(edition_id=done.edition).count() == 0
        assert confirmed() == ["Confirmed by a person: No rows at all is what is meant."]
    else:
        assert (done.outcome, done.code) == ("stopped", "DIFF-SUSPICIOUS")
        assert "0 features instead of 5: 100% fewer" in done.reason


def test_what_was_confirmed_is_nothing_where_nothing_was(right: Path) -> None:
    send(right, fixes=NO_FIXES)

    assert newest().fixes == {}
    assert not Act.objects.filter(verb="fixed").exists()
