"""An import's report in words that a council officer understands."""

from unicodedata import category

from importers.report import ImportReport, IssueGroup

_STEPS = {
    "fetch": "Copying the file",
    "read": "Opening the file in the sandbox",
    "transform": "Reading rows, placing them, checking them",
    "stage": "Loading rows",
    "validate": "Checking the whole",
    "index": "Indexing",
    "compare": "Comparing with the published edition",
    "attach": "Completing the edition",
    "publish": "Publishing",
    "prune": "Dropping editions that are no longer kept",
}
_OUTCOMES = {
    "published": "Published.",
    "unchanged": "Unchanged: this file is what is published already.",
    "staged": "Staged, not published.",
    "dry-run": "Dry run: nothing was kept.",
    "held": "Stopped by a check. Nothing was changed. The new edition waits, unseen.",
    "stopped": "Stopped by a check. Nothing was changed.",
    "busy": "Not done: it is being imported already.",
    "unreadable": "The source could not be read. Nothing was changed.",
}
_WHAT_BECAME_OF_GOOD_ROWS = {"dry-run": "fit to be published", "staged": "staged"}
_SEVERITIES = {
    "error": "kept out",
    "excluded": "left out on purpose",
    "warning": "warning",
    "fixed": "put right",
    "note": "note",
}


def step_in_words(step: str) -> str:
    """Return what a step of the pipeline does, for a progress line."""
    return _STEPS[step]


def describe_report(report: ImportReport) -> str:
    """Return the whole report, a line a fact."""
    is_held = report.outcome == "stopped" and report.edition is not None
    lines = [f"{report.layer}: {_OUTCOMES['held' if is_held else report.outcome]}"]
    if report.form:
        lines.append(f"  Read as {_describe_form(report)}.")
    lines.append(_describe_rows(report))
    if report.outcome in ("published", "staged", "dry-run") or is_held:
        lines.append(
            f"  Against the published edition: {report.added:,} added, {report.changed:,} changed,"
            f" {report.removed:,} removed."
        )
    if report.outcome == "staged":
        lines.append(
            f"  Edition {report.edition}. To publish it: publish_layer {report.layer} "
            f"--edition {report.edition}"
        )
    elif is_held:
        lines.append(
            f"  Edition {report.edition}. To publish it all the same: publish_layer {report.layer} "
            f'--edition {report.edition} --override "why"'
        )
    elif report.edition is not None:
        lines.append(f"  Edition {report.edition}.")
    if report.outcome != "stopped":
        lines += [f"  {check.code}. {check.message}" for check in report.failed_checks]
    lines += [
        f"  Or confirm: {offer.words} Add {offer.fixes.as_options()}" for offer in report.offers
    ]
    lines += [_describe_group(group) for group in report.issues]
    lines += [f"  Note: {note}" for note in report.notes]
    return printable("\n".join(lines))


def summarise_report(report: ImportReport) -> str:
    """Return the report in one line, with the reason if it was stopped."""
    is_held = report.outcome == "stopped" and report.edition is not None
    words = _OUTCOMES["held" if is_held else report.outcome]
    if report.reason:
        said = f"{report.code}. {report.reason}"
    else:
        checks = "".join(f" {check.code}. {check.message}" for check in report.failed_checks)
        said = (
            f"{report.published:,} features; {report.added:,} added, {report.changed:,} changed, "
            f"{report.removed:,} removed, {report.quarantined:,} rows kept out.{checks}"
        )
    return printable(" ".join(f"{report.layer}: {words} {said}".split()))


def printable(text: str) -> str:
    """Return text whose control characters are shown by number, so that none steers a terminal."""
    return "".join(
        character
        if character == "\n" or category(character) != "Cc"
        else f"\\x{ord(character):02x}"
        for character in text
    )


def _describe_form(report: ImportReport) -> str:
    # What stopped at its columns was not looked at so far.
    is_known = report.crs or report.rows_read
    return f"{report.form}, {report.crs or 'no coordinate system'}" if is_known else report.form


def _describe_rows(report: ImportReport) -> str:
    if report.reason:
        return f"  {report.rows_read:,} rows read, none published."
    what = _WHAT_BECAME_OF_GOOD_ROWS.get(report.outcome, "published")
    return (
        f"  {report.rows_read:,} rows read = {report.published:,} {what}"
        f" + {report.quarantined:,} quarantined."
    )


def _describe_group(group: IssueGroup) -> str:
    return f"  {group.count:>7,} × {group.kind} ({_SEVERITIES[group.severity]}). {group.example}"
