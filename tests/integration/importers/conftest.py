"""What every import in a test needs: a store of sources that goes with the test."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytest_django import Settings

from importers.report import ImportReport

_TABLE = pytest.StashKey["ImportTable"]()
_WIDEST_CELL = 58


@pytest.fixture(autouse=True)
def sources_dir(tmp_path: Path, settings: Settings) -> Path:
    settings.SOURCES_DIR = tmp_path / "sources"
    return Path(settings.SOURCES_DIR)


@dataclass
class ImportTable:
    """What became of each file, to be printed when all tests are done."""

    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, path: str, report: ImportReport) -> None:
        """Add one import."""
        issues = ", ".join(f"{issue.kind} {issue.count}" for issue in report.issues)
        figures = (report.rows_read, report.published, report.quarantined)
        outcome = report.code or issues
        self.rows.append((path, report.form, _crs(report), *map(str, figures), outcome))

    def lines(self) -> list[str]:
        """Return the table, its columns aligned."""
        head = ("file", "form", "CRS, and who says so", "read", "published", "kept out", "issues")
        rows = [head, *self.rows]
        rows = [(_shortened(row[0]), *row[1:]) for row in rows]
        widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
        return [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]


def _crs(report: ImportReport) -> str:
    if not report.crs:
        return "none"
    kinds = {issue.kind for issue in report.issues}
    if "CRS-FROM-COLUMN" in kinds:
        return report.crs
    if "CRS-FROM-CATALOGUE" in kinds or report.form == "CSV":
        return f"{report.crs}, catalogue"
    return f"{report.crs}, file"


def _shortened(path: str) -> str:
    return path if len(path) <= _WIDEST_CELL else f"…{path[1 - _WIDEST_CELL :]}"


@pytest.fixture
def import_table(pytestconfig: pytest.Config) -> ImportTable:
    """The table of real files that the run prints at its end."""
    return pytestconfig.stash.setdefault(_TABLE, ImportTable())


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print what became of every real file, also without ``-s``."""
    table = config.stash.get(_TABLE, None)
    if table is None:
        return
    terminalreporter.section("every real file")
    for line in table.lines():
        terminalreporter.write_line(line)
