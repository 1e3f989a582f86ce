"""Hostile files: as people meet the service, and with every check of ours switched off.

The second half is the proof that the sandbox is enough by itself. Its reader has all that GDAL,
SQLite and an XML parser can do; outside the sandbox the same files do harm with it, which the
last tests show.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from importers.errors import SourceUnreadable
from importers.read.limits import ReadLimits
from tests.integration.importers.sandbox_reading import KINDS, read_whole
from tests.integration.importers.walls.canary import SECRET, Canary, resident_bytes
from tests.integration.importers.walls.children import (
    WALLS,
    Walls,
    group_is_gone,
    strongest_first,
    take_over,
)
from tests.integration.importers.walls.hostile_files import HOSTILE, Maker
from tests.integration.importers.walls.raw_reader import PROGRAM

pytestmark = pytest.mark.cold_reader

CHECKOUT = Path(__file__).resolve().parents[4]
MOST_GROWTH_BYTES = 64_000_000
LIMITS = ReadLimits(memory_bytes=1_500_000_000, cpu_s=6, wait_s=15, unpacked_bytes=100_000_000)
LONGEST_S = 60
every_file = pytest.mark.parametrize("write", HOSTILE.values(), ids=HOSTILE)


@every_file
@pytest.mark.parametrize("kind", strongest_first(KINDS))
def test_a_hostile_file_reaches_nothing(
    tmp_path: Path,
    canary: Canary,
    scratch: Path,
    started: list["subprocess.Popen[bytes]"],
    caplog: pytest.LogCaptureFixture,
    kind: str,
    write: Maker,
) -> None:
    path = write(tmp_path, canary)
    before_bytes, began = resident_bytes(), time.monotonic()

    try:
        said = str(read_whole(path, kind, limits=LIMITS))
    except SourceUnreadable as fault:
        said = str(fault)
        assert fault.code not in ("READ-FAILED", "READ-CRASHED", "READ-TIMEOUT"), fault.code

    assert SECRET not in said + caplog.text
    assert_nothing_is_left(canary, scratch, started, before_bytes, began)


@every_file
@pytest.mark.parametrize("walls", strongest_first([WALLS[1], WALLS[0], *WALLS[2:]]))
def test_with_no_check_of_ours_the_sandbox_alone_holds(
    tmp_path: Path,
    canary: Canary,
    scratch: Path,
    started: list["subprocess.Popen[bytes]"],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    walls: Walls,
    write: Maker,
) -> None:
    path = write(tmp_path, canary)
    take_over(monkeypatch, walls, PROGRAM)
    before_bytes, began = resident_bytes(), time.monotonic()

    with pytest.raises(SourceUnreadable) as caught:
        # The form says only what the child is to call the file.
        read_whole(path, walls.kind, limits=LIMITS, form="gpkg")

    assert caught.value.code in ("READ-FAILED", "READ-CRASHED", "READ-TIMEOUT", "TOO-BIG")
    assert SECRET not in str(caught.value) + caplog.text
    assert_nothing_is_left(canary, scratch, started, before_bytes, began)


def assert_nothing_is_left(
    canary: Canary,
    scratch: Path,
    started: list["subprocess.Popen[bytes]"],
    before_bytes: int,
    began: float,
) -> None:
    assert canary.heard() == set()
    assert list(scratch.iterdir()) == []
    assert time.monotonic() - began < LONGEST_S
    assert resident_bytes() - before_bytes < MOST_GROWTH_BYTES
    for child in started:
        assert child.returncode is not None
        assert group_is_gone(child.pid)


@pytest.mark.parametrize(
    "name", ["vrt-as-csv", "vrt-zipped-as-vrt", "kml-entities", "zip-with-link"]
)
def test_outside_the_sandbox_the_same_reader_does_harm(
    tmp_path: Path, canary: Canary, name: str
) -> None:
    """Otherwise the tests above would prove nothing."""
    path = HOSTILE[name](tmp_path, canary)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    start = f"import sys\npath, scratch = {str(path)!r}, {str(scratch)!r}\ntell = print\n"

    done = subprocess.run(
        [sys.executable, "-c", start + PROGRAM],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "no_proxy": "127.0.0.1"},
        check=False,
    )

    assert SECRET in done.stdout or canary.heard(), done.stdout + done.stderr
