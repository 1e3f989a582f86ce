"""Runs one step at a time, says which, and keeps its output for when it fails."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
LOCAL_DIR = ROOT / ".local"
# Package managers keep theirs here too: nothing outside the checkout is written to.
CACHE_DIR = LOCAL_DIR / "cache"
_LINES_SHOWN = 20
_TERMINATE_TIMEOUT_S = 10.0

Command = Sequence[str | Path]


class StepFailed(Exception):
    """A step could not be done. The message is one sentence that says what to do."""


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def run_step(title: str, command: Command, environment: Mapping[str, str] | None = None) -> None:
    """Run ``command`` quietly; if it fails, show the end of what it said."""
    say(title)
    log = LOCAL_DIR / "logs" / f"{Path(command[0]).name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        code = run_to_end(command, environment, output)
    if code:
        lines = log.read_text(errors="replace").splitlines()[-_LINES_SHOWN:]
        print("\n".join(lines), file=sys.stderr)
        raise StepFailed(f"{title}: failed. The end of its output is above, the whole in {log}.")


def run_to_end(
    command: Command,
    environment: Mapping[str, str] | None = None,
    output: IO[bytes] | None = None,
) -> int:
    """Run ``command`` and return its exit code; when we are told to stop, so is it.

    What it says goes to ``output``, or to where our own words go.
    """
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=output,
        stderr=output,
    )
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        try:
            process.wait(_TERMINATE_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise


def digest_of(*paths: Path, salt: str = "") -> str:
    """Return a digest of files and of everything under folders, those that there are."""
    digest = sha256(salt.encode())
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            if file.is_file():
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def is_stamped(stamp: Path, digest: str) -> bool:
    """Return whether the step that leaves ``stamp`` was last done for this very input."""
    return stamp.exists() and stamp.read_text() == digest


def leave_stamp(stamp: Path, digest: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)
