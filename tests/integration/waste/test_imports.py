"""Files of rounds, calendars and changes through the shipped templates and the real importers."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from importers.catalogue.load import load_catalogue
from importers.fixes import Fixes
from importers.models import ImportRun
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers.models import Feature
from tests.factories.processes import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = 'geometry_type = "None"\n[source]\ndriver = "CSV"\n'
ROUND = {
    "round": "R1",
    "service": "Household waste",
    "day": "Monday",
    "frequency": "fortnightly",
    "start_date": "16/11/2026",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "smallville"
    folder.mkdir()
    council = ROOT / "tests/fixtures/catalogue/smallville/council.toml"
    (folder / "council.toml").write_bytes(council.read_bytes())
    return folder


def import_rows(
    folder: Path,
    template: str,
    rows: Sequence[dict[str, str]],
    own: str = "",
    *,
    emptied: bool = False,
) -> ImportReport:
    (folder / f"{template}.toml").write_text(f'template = "{template}"\n{own}', encoding="utf-8")
    names = list(dict.fromkeys(name for row in rows for name in row))
    file = folder.parent / f"{template}.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, names, restval="")
        writer.writeheader()
        writer.writerows([] if emptied else rows)
    catalogue = load_catalogue(folder)
    request = ImportRequest(str(file), fixes=Fixes(accept_empty=emptied))
    return import_layer(catalogue.layers[template], catalogue.council, request)


def import_rounds(folder: Path, *rows: dict[str, str], own: str = "") -> ImportReport:
    return import_rows(folder, "collection-rounds", rows, TABLE + own)


def faults() -> list[tuple[str, int, str, str]]:
    run = ImportRun.objects.first()
    assert run is not None
    issues = run.issues.filter(severity__in=("error", "warning"), row__isnull=False)
    return [(issue.kind, issue.row or 0, issue.field, issue.value) for issue in issues]


def message() -> str:
    run = ImportRun.objects.first()
    assert run is not None
    return str(run.issues.filter(severity="error").values_list("message", flat=True)[0])


def published(report: ImportReport) -> list[dict[str, object]]:
    return [feature.properties for feature in Feature.objects.filter(edition=report.edition)]


def test_rounds_are_read_in_a_councils_words(folder: Path) -> None:
    report = import_rounds(
        folder,
        ROUND | {"day": "Mon & Thurs", "frequency": "Alternate  Weeks"},
        ROUND | {"round": "R2", "day": "Monday", "frequency": "2"},
        ROUND | {"round": "R3", "day": "fri", "frequency": "", "start_date": ""},
    )

    assert report.outcome == "published", report.reason
    rows = published(report)
    assert [row["weekday"] for row in rows] == ["Monday, Thursday", "Monday", "Friday"]
    assert [row["every_weeks"] for row in rows] == [2, 2, None]
    assert {row["service_kind"] for row in rows} == {"refuse"}
    assert {row["service"] for row in rows} == {"Household waste"}


@pytest.mark.parametrize(
    ("wrong", "kind", "field", "value"),
    [
        ({"day": "Mnoday"}, "WORD-UNKNOWN", "weekday", "Mnoday"),
        ({"day": "Monday or so"}, "WORD-UNKNOWN", "weekday", "Monday or so"),
        ({"day": ""}, "FIELD-EMPTY", "weekday", ""),
        ({"frequency": "now and then"}, "WORD-UNKNOWN", "every_weeks", "now and then"),
        ({"frequency": "0"}, "INTERVAL-UNLIKELY", "every_weeks", "0"),
        ({"start_date": ""}, "START-MISSING", "starts_on", ""),
        ({"start_date": "17/11/2026"}, "WEEKDAY-CONTRADICTED", "starts_on", "2026-11-17"),
        ({"start_date": "31/11/2026"}, "DATE-INVALID", "starts_on", "31/11/2026"),
        ({"end_date": "15/11/2026"}, "SPAN-BACKWARDS", "ends_on", "2026-11-15"),
        ({"service": "Purple sack"}, "WORD-UNKNOWN", "service_kind", "Purple sack"),
        ({"season_from": "1 March"}, "RULE-UNREADABLE", "season_to", ""),
        (
            {"season_from": "spring", "season_to": "1 May"},
            "RULE-UNREADABLE",
            "season_from",
            "spring",
        ),
        ({"week_of_month": "first"}, "INTERVAL-TWICE", "every_weeks", "2"),
        ({"week_of_month": "5", "frequency": ""}, "WEEK-OF-MONTH", "week_of_month", "5"),
    ],
)
def test_a_row_that_no_rule_can_be_made_of_is_kept_out_and_told(
    wrong: dict[str, str], kind: str, field: str, value: str, folder: Path
) -> None:
    report = import_rounds(folder, ROUND | {"round": "R2"}, ROUND | wrong)

    assert faults() == [(kind, 3, field, value)]
    assert (report.rows_read, report.quarantined) == (2, 1)
    # A round must not go missing without a person's word.
    assert report.outcome == "stopped"


def test_what_is_wrong_says_what_to_do(folder: Path) -> None:
    import_rounds(folder, ROUND | {"start_date": "17/11/2026"})

    assert message() == (
        "The first collection, Tuesday 17 November 2026, is not a Monday. Correct the date or the "
        "day of the week."
    )


def test_an_unknown_word_names_those_that_are_known(folder: Path) -> None:
    import_rounds(folder, ROUND | {"service": "Black bin"})

    assert message() == (
        "“Kind of waste” is “Black bin”; expected one of “refuse”, “recycling”, “garden”, “food”, "
        "“other”. If it means one of them, add it to the field's words."
    )


def test_a_council_adds_a_word_of_its_own(folder: Path) -> None:
    own = '[[fields]]\nname = "service_kind"\n[fields.words]\n"Black bin" = "refuse"\n'

    report = import_rounds(folder, ROUND | {"service": "BLACK  bin"}, own=own)

    assert report.outcome == "published", report.reason
    assert published(report)[0]["service_kind"] == "refuse"


def test_a_round_may_change_its_week_on_a_date(folder: Path) -> None:
    report = import_rounds(
        folder,
        ROUND | {"end_date": "31/12/2026"},
        ROUND | {"start_date": "04/01/2027"},
    )

    assert report.outcome == "published", report.reason


def test_the_same_rule_twice_is_one_too_many(folder: Path) -> None:
    import_rounds(folder, ROUND, ROUND)

    assert [kind for kind, *_ in faults()] == ["KEY-DUPLICATE"]


CHANGE = {"planned_on": "16/11/2099", "moved_to": "17/11/2099", "reason": "Bank holiday"}


@pytest.mark.parametrize(
    ("wrong", "kind", "field"),
    [
        ({"moved_to": ""}, "CHANGE-UNCLEAR", "moved_to"),
        ({"suspended": "yes"}, "CHANGE-UNCLEAR", "moved_to"),
        ({"moved_to": "17/11/2098"}, "MOVED-TOO-FAR", "moved_to"),
        ({"moved_to": "", "shift_days": "100"}, "MOVED-TOO-FAR", "shift_days"),
        ({"planned_to": "15/11/2099"}, "SPAN-BACKWARDS", "planned_to"),
        ({"reason": ""}, "FIELD-EMPTY", "reason"),
    ],
)
def test_a_change_that_contradicts_itself_is_kept_out_and_told(
    wrong: dict[str, str], kind: str, field: str, folder: Path
) -> None:
    report = import_rows(folder, "collection-changes", [CHANGE | wrong])

    assert [(found, where) for found, _, where, _ in faults()] == [(kind, field)]
    assert (report.quarantined, report.outcome) == (1, "stopped")


def test_a_collection_moved_to_an_earlier_day_is_published_with_a_warning(folder: Path) -> None:
    report = import_rows(folder, "collection-changes", [CHANGE | {"moved_to": "14/11/2099"}])

    assert report.outcome == "published", report.reason
    assert [kind for kind, *_ in faults()] == ["MOVED-EARLIER"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"service": "household  WASTE"}, None),
        ({"service": "refuse"}, None),
        ({"round": "R1"}, None),
        ({"round": "R9"}, "CHANGE-OF-NOTHING"),
        ({"service": "Refuze"}, "CHANGE-OF-NOTHING"),
        ({"planned_on": "15/11/2099"}, "CHANGE-WITHOUT-EFFECT"),
        ({"planned_on": "09/11/2020", "moved_to": "10/11/2020", "round": "R9"}, None),
    ],
    ids=["all", "name", "kind", "round", "no round", "no service", "no day", "long past"],
)
def test_a_change_of_nothing_that_is_published_waits_for_a_person(
    change: dict[str, str], code: str | None, folder: Path
) -> None:
    import_rounds(folder, ROUND | {"frequency": "weekly"})

    report = import_rows(folder, "collection-changes", [CHANGE | change])

    assert [check.code for check in report.failed_checks] == ([code] if code else [])
    assert report.outcome == ("stopped" if code else "published")


def test_a_change_of_a_day_of_a_calendar_has_an_effect(folder: Path) -> None:
    import_rows(
        folder,
        "collection-dates",
        [{"uprn": "10", "service": "Food waste", "date": "15/11/2099"}],
    )

    report = import_rows(
        folder, "collection-changes", [CHANGE | {"planned_on": "15/11/2099", "service": "food"}]
    )

    assert report.outcome == "published", report.reason


def test_properties_on_rounds_that_are_not_published_wait_for_a_person(folder: Path) -> None:
    import_rounds(folder, ROUND)

    report = import_rows(
        folder,
        "collection-premises",
        [
            {"UPRN": "1", "Round": "R1"},
            {"UPRN": "2", "Round": "OLD"},
            {"UPRN": "3", "Round": "OLD"},
        ],
    )

    assert [(check.code, check.message) for check in report.failed_checks] == [
        (
            "ROUND-UNKNOWN",
            "2 properties on “OLD”: no such round is published, so their dates are not known. "
            "Publish the rounds first.",
        )
    ]


def test_a_date_of_nobody_is_kept_out(folder: Path) -> None:
    import_rows(folder, "collection-dates", [{"service": "food", "date": "15/11/2099", "uprn": ""}])

    assert [(kind, field) for kind, _, field, _ in faults()] == [("WHOSE-DATE", "round")]


def test_notices_have_an_area_or_none(folder: Path) -> None:
    square = "POLYGON ((405000 285000, 406000 285000, 406000 286000, 405000 285000))"
    report = import_rows(
        folder,
        "service-notices",
        [
            {"title": "Everywhere", "text": "", "area": ""},
            {"title": "There", "text": "", "area": square},
        ],
    )

    assert report.outcome == "published", report.reason
    shapes = Feature.objects.filter(edition=report.edition).order_by("id")
    assert [feature.geom_27700 is None for feature in shapes] == [True, False]


STRIKE = {"planned_on": "30/11/2026", "moved_to": "01/12/2026", "reason": "Strike"}
NOTICE = {"title": "Gates locked", "text": "Use Hill Street.", "starts_on": "30/11/2026"}


@pytest.mark.parametrize(
    ("template", "row"), [("collection-changes", STRIKE), ("service-notices", NOTICE)]
)
def test_a_list_is_emptied_by_a_file_of_a_header_once_that_is_confirmed(
    folder: Path, template: str, row: dict[str, str]
) -> None:
    import_rounds(folder, ROUND)
    row = {**row, "area": ""} if template == "service-notices" else row
    first = import_rows(folder, template, [row])
    header_alone = folder.parent / f"{template}.csv"
    header_alone.write_text(",".join(row) + "\n")
    catalogue = load_catalogue(folder)
    refused = import_layer(
        catalogue.layers[template], catalogue.council, ImportRequest(str(header_alone))
    )
    emptied = import_rows(folder, template, [row], emptied=True)

    assert (first.outcome, first.published) == ("published", 1), first.reason
    assert [offer.fixes for offer in refused.offers] == [Fixes(accept_empty=True)]
    assert (emptied.outcome, emptied.published) == ("published", 0), emptied.reason
    assert emptied.removed == 1
