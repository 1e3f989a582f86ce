"""The web process: granian, and how it is told to serve. Run alone, it becomes granian."""

import os
import shutil
import sys

from scripts.service import Address, Child, read_address
from scripts.steps import LOCAL_DIR, ROOT, Command, StepFailed
from scripts.virtual_env import PYTHON


def describe_web(address: Address) -> Child:
    """Return the process that answers at ``address``, with a clean slate for its counts."""
    metrics_dir = LOCAL_DIR / f"metrics-{address.port}"
    shutil.rmtree(metrics_dir, ignore_errors=True)
    metrics_dir.mkdir(parents=True)
    environment = {"PROMETHEUS_MULTIPROC_DIR": str(metrics_dir), "IS_WEB_PROCESS": "true"}
    if web_url := os.environ.get("DATABASE_WEB_URL"):
        # The owner's password is no business of a process that answers strangers.
        environment["DATABASE_URL"] = web_url
    return Child("the web service", _command(address), environment)


def _command(address: Address) -> Command:
    return [
        *(PYTHON.with_name("granian"), "--interface", "wsgi", "config.wsgi:application"),
        *("--host", address.host, "--port", str(address.port)),
        # A slow reader holds a thread, so there are more of them than answers at a time.
        *("--workers", os.environ.get("WEB_WORKERS", "2")),
        *("--blocking-threads", os.environ.get("WEB_THREADS", "12")),
        # A thread that ends takes its open tile store with it.
        *("--blocking-threads-idle-timeout", "600"),
        # A request line and its headers; a query of 60,000 characters fits, a flood is cut off. Ten
        # seconds are enough to send them, so that slow ones do not take all connections.
        *("--http1-buffer-size", "65536", "--http1-header-read-timeout", "10000"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
        # The same for HTTP/2, which has 16 MB of its own. (With --http 1, which would be rid of it,
        # granian does not keep to the buffer size.)
        *("--http2-max-headers-size", "65536"),
        # A path may hold a resident's postcode, so requests are counted and not written down. Its
        # warnings are advice on numbers: that the threads above are many for few cores is meant.
        *("--no-access-log", "--no-ws", "--log-level", "error"),
    ]


def main() -> None:
    web = describe_web(read_address())
    os.chdir(ROOT)
    command = [str(part) for part in web.command]
    os.execve(command[0], command, {**os.environ, **web.environment})


if __name__ == "__main__":
    try:
        main()
    except StepFailed as error:
        sys.exit(f"Error: {error}")
