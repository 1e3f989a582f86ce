"""`make test`, `make bench` and `make drills`: their own set-up, then pytest."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from scripts import check, front_end, system_packages, virtual_env
from scripts.steps import LOCAL_DIR, ROOT, Command, StepFailed, run_to_end, say
from scripts.virtual_env import PYTHON

_PYTEST: Command = (PYTHON, "-m", "pytest")
# Runs at the same time as all the other tests, each with a database of its own. More than cores:
# tests of servers, browsers and kills wait most of their time.
_RUNS_BESIDE: tuple[tuple[str, ...], ...] = (
    ("tests/integration/importers/bad_inputs", "tests/faults"),
    (
        "tests/integration/importers/fetch",
        "tests/integration/importers/refresh",
        "tests/integration/importers/walls",
        "tests/integration/importers/test_every_real_file.py",
    ),
    ("tests/conformance", "tests/integration/layers"),
    ("tests/integration/maps", "tests/integration/gazetteer"),
    ("tests/browser",),
)


def main(arguments: Sequence[str]) -> int:
    suite, *pytest_arguments = arguments
    try:
        set_up()
        return _SUITES[suite](pytest_arguments)
    except StepFailed as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def set_up() -> None:
    """Install what tests and checks need, and build the pages' style sheets and scripts."""
    system_packages.install_for_tests()
    virtual_env.install_for_tests()
    virtual_env.compile_our_code()
    front_end.build_front_end()
    front_end.collect_static_files()


def _run_tests(arguments: Sequence[str]) -> int:
    if arguments:
        return check.main() or _run_pytest("-m", "not drill", *arguments)
    return check.main() or _run_all_at_once()


def _run_all_at_once() -> int:
    """Run all tests in several processes at once; what those beside say comes last."""
    with ExitStack() as stack:
        beside = [
            stack.enter_context(_running(paths, LOCAL_DIR / "logs" / f"tests-{number}.log"))
            for number, paths in enumerate(_RUNS_BESIDE, 1)
        ]
        say(f"What runs beside says so in {LOCAL_DIR / 'logs'}/tests-*.log, and here at the end")
        ignored = [f"--ignore={path}" for paths in _RUNS_BESIDE for path in paths]
        codes = [_run_pytest("-m", "not drill", *ignored)]
        for run, log in beside:
            codes.append(run.wait())
            print(log.read_text(errors="replace"), flush=True)
    return next((code for code in codes if code), 0)


@contextmanager
def _running(paths: Sequence[str], log: Path) -> Iterator[tuple["subprocess.Popen[bytes]", Path]]:
    command: Command = [*_PYTEST, *paths, "-m", "not drill"]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as said:
        run = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
        try:
            yield run, log
        finally:
            run.terminate()


def _run_benchmarks(arguments: Sequence[str]) -> int:
    # -s: their figures are what they are for.
    return _run_pytest("tests/benchmarks", "-s", "--override-ini=norecursedirs=.*", *arguments)


def _run_drills(arguments: Sequence[str]) -> int:
    seed = os.environ.setdefault("DRILL_SEED", str(random.randrange(1_000_000)))
    say(f"The seed is {seed}; DRILL_SEED={seed} make drills repeats this run")
    return _run_pytest("-m", "drill", *arguments)


def _run_pytest(*arguments: str) -> int:
    return run_to_end([*_PYTEST, *arguments])


_SUITES = {"test": _run_tests, "bench": _run_benchmarks, "drills": _run_drills}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
