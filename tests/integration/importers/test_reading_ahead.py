"""A source that nobody reads to its end: what was fetched ahead ends with the child, unheard."""

import logging
from pathlib import Path

import pytest

from importers.fetch.files import fetch_file
from importers.read.limits import ReadLimits
from importers.read.open import open_source
from tests.integration.importers.sandbox_reading import ENTRY

pytestmark = pytest.mark.cold_reader


def test_leaving_early_says_nothing_of_a_fault(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "trees.csv"
    path.write_text("ref,name\n" + "".join(f"{row},Oak\n" for row in range(400_000)))
    source = fetch_file(str(path), tmp_path / "store")

    with (
        caplog.at_level(logging.WARNING, logger="importers"),
        open_source(source, ENTRY, limits=ReadLimits(batch_rows=1_000)) as reading,
    ):
        first = next(reading.batches)

    assert first.rows[0] == 2
    assert [each for each in caplog.messages if "reader of a source" in each] == []
