"""`make test`, `make bench` and `make drills`: their own set-up, then pytest."""

import os
import random
import sys
from collections.abc import Sequence

from scripts import check, front_end, system_packages, virtual_env
from scripts.steps import StepFailed, run_to_end, say
from scripts.virtual_env import PYTHON


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
    front_end.build_front_end()
    front_end.collect_static_files()


def _run_tests(arguments: Sequence[str]) -> int:
    return check.main() or _run_pytest("-m", "not drill", *arguments)


def _run_benchmarks(arguments: Sequence[str]) -> int:
    # -s: their figures are what they are for.
    return _run_pytest("tests/benchmarks", "-s", "--override-ini=norecursedirs=", *arguments)


def _run_drills(arguments: Sequence[str]) -> int:
    seed = os.environ.setdefault("DRILL_SEED", str(random.randrange(1_000_000)))
    say(f"The seed is {seed}; DRILL_SEED={seed} make drills repeats this run")
    return _run_pytest("-m", "drill", *arguments)


def _run_pytest(*arguments: str) -> int:
    return run_to_end([PYTHON, "-m", "pytest", *arguments])


_SUITES = {"test": _run_tests, "bench": _run_benchmarks, "drills": _run_drills}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
