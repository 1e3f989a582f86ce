"""What the report of an import says to a council officer."""

from importers.findings import Finding
from importers.pipeline import STEPS
from importers.report import ImportReport, IssueGroup, group_findings
from importers.words import describe_report, step_in_words

PUBLISHED = ImportReport(
    layer="trees",
    outcome="published",
    edition=7,
    rows_read=1204,
    published=1200,
    quarantined=4,
    added=10,
    changed=2,
    removed=1,
    form="CSV",
    crs="EPSG:27700",
    issues=group_findings(
        [
            Finding("COLUMN-UNUSED", "note", "Columns not used: Cost."),
            Finding("KEY-MISSING", "error", "No Reference.", row=3),
            Finding("KEY-DUPLICATE", "error", "Reference “a” is also in row 2.", row=9),
            Finding("KEY-DUPLICATE", "error", "Reference “b” is also in row 4.", row=10),
        ]
    ),
)


def test_a_published_report_adds_up_before_the_eyes() -> None:
    lines = describe_report(PUBLISHED).splitlines()

    assert lines[:5] == [
        "trees: Published.",
        "  Read as CSV, EPSG:27700.",
        "  1,204 rows read = 1,200 published + 4 quarantined.",
        "  Against the published edition: 10 added, 2 changed, 1 removed.",
        "  Edition 7.",
    ]


def test_faults_that_kept_rows_out_come_first_and_name_their_row() -> None:
    issues = [line.strip() for line in describe_report(PUBLISHED).splitlines()[5:]]

    assert issues == [
        "2 × KEY-DUPLICATE (kept out). Row 9: Reference “a” is also in row 2.",
        "1 × KEY-MISSING (kept out). Row 3: No Reference.",
        "1 × COLUMN-UNUSED (note). Columns not used: Cost.",
    ]


def test_of_a_file_that_stopped_before_its_rows_no_coordinate_system_is_told() -> None:
    report = ImportReport(layer="trees", outcome="stopped", form="KML", reason="No column.")

    assert describe_report(report).splitlines()[1] == "  Read as KML."


def test_a_stopped_report_does_not_say_that_anything_was_published() -> None:
    report = ImportReport(layer="trees", outcome="stopped", rows_read=5, reason="Too few.")

    assert describe_report(report).splitlines() == [
        "trees: Stopped by a check. Nothing was changed.",
        "  5 rows read, none published.",
    ]


def test_every_step_has_its_words() -> None:
    assert all(step_in_words(step) for step in STEPS)


def test_a_cell_cannot_steer_the_terminal_of_who_reads_the_report() -> None:
    cell = "\x1b[2J\x1b]0;owned\x07"
    report = ImportReport(
        layer="trees", outcome="published", issues=[IssueGroup("X", "error", 1, cell)]
    )

    told = describe_report(report)

    assert "\x1b" not in told
    assert "\x07" not in told
    assert r"\x1b[2J" in told


def test_a_dry_run_does_not_say_that_anything_was_published() -> None:
    report = ImportReport(layer="trees", outcome="dry-run", rows_read=3, published=3)

    told = describe_report(report)

    assert "3 fit to be published" in told


def test_a_staged_edition_comes_with_the_command_that_publishes_it() -> None:
    report = ImportReport(layer="trees", outcome="staged", edition=7, rows_read=3, published=3)

    told = describe_report(report)

    assert "publish_layer trees --edition 7" in told
