"""`make run`: from a bare machine to a service that answers, and back to nothing running."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock

from config.env_file import EnvFileInvalid, load_env_file
from config.private_cluster import use_private_cluster
from scripts import front_end, system_packages, virtual_env
from scripts.prepare import prepare_database, serves_council_of_sample, wants_sample
from scripts.service import read_address, refuse_busy_port, serve
from scripts.steps import LOCAL_DIR, ROOT, StepFailed, say
from scripts.web import describe_web
from scripts.worker import describe_worker

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class ToldToStop(Exception):
    """One of the stop signals came."""


def main() -> int:
    for number in _STOP_SIGNALS:
        signal.signal(number, _stop)
    try:
        _run()
    except (StepFailed, EnvFileInvalid) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    except ToldToStop:
        pass
    say("Stopped.")
    return 0


def _run() -> None:
    load_env_file(ROOT / ".env")
    address = read_address()
    refuse_busy_port(address)
    is_private = not os.environ.get("DATABASE_URL", "").strip()
    with _one_set_up_at_a_time():
        system_packages.install_for_service()
        virtual_env.install_for_service()
        virtual_env.compile_our_code()
        front_end.build_front_end()
    with use_private_cluster():
        with _one_set_up_at_a_time():
            front_end.collect_static_files()
            is_for_trying = is_private and serves_council_of_sample()
            prepare_database(load_sample=is_for_trying or wants_sample())
        serve(address, [describe_web(address), describe_worker()])


@contextmanager
def _one_set_up_at_a_time() -> Iterator[None]:
    LOCAL_DIR.mkdir(exist_ok=True)
    with (LOCAL_DIR / "set-up.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


def _stop(number: int, _frame: object) -> None:
    # Once is enough: what stops must be left to stop.
    for further in _STOP_SIGNALS:
        signal.signal(further, signal.SIG_IGN)
    raise ToldToStop(signal.Signals(number).name)


if __name__ == "__main__":
    sys.exit(main())
