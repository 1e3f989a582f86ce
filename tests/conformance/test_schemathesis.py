"""schemathesis, with all its checks, over the definition: what it says is what is there.

A failure prints a curl line that repeats it. ``DRILL_SEED`` repeats a whole run.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conformance.site import Site

pytestmark = pytest.mark.django_db(databases=["default", "read"])

ROOT = Path(__file__).resolve().parents[2]
HOOKS = Path(__file__).with_name("schemathesis_hooks.py")
SEED = int(os.environ.get("DRILL_SEED", "1"))
DRILL_REQUESTS = 20_000
_LONGEST_REPORT = 20_000


def fuzz(site: Site, folder: Path, seed: int, examples: int, *options: str) -> int:
    """Run schemathesis over every operation, and return how many requests it made."""
    counted = folder / f"counted-{seed}"
    done = subprocess.run(
        [
            Path(sys.executable).with_name("schemathesis"),
            *("run", f"{site.api}openapi", "--checks", "all", "--no-color"),
            *("--seed", str(seed), "--max-examples", str(examples), *options),
            *("--generation-database", "none", "--suppress-health-check", "all"),
            # One: Hypothesis parses sources to describe what it draws, and CPython 3.11 may trip
            # over two threads that parse at once (python/cpython#106905).
            *("--workers", "1", "--continue-on-failure"),
            *("--warnings", "off", "--request-timeout", "20"),
        ],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SCHEMATHESIS_HOOKS": str(HOOKS.relative_to(ROOT).with_suffix("")).replace("/", "."),
            "REQUESTS_COUNTED_IN": str(counted),
        },
        capture_output=True,
        text=True,
    )
    report = done.stdout + done.stderr
    assert done.returncode == 0, f"seed {seed}\n{report[-_LONGEST_REPORT:]}"
    return int(counted.read_text())


def test_every_operation_does_what_the_definition_says(site, tmp_path):
    asked = fuzz(site, tmp_path, SEED, 5, "--phases", "examples,coverage,fuzzing", "--no-shrink")

    assert asked >= 1_000


@pytest.mark.drill
def test_twenty_thousand_requests_find_nothing(site, tmp_path):
    asked, seed = 0, SEED
    while asked < DRILL_REQUESTS:
        asked += fuzz(site, tmp_path, seed, 400)
        seed += 1
