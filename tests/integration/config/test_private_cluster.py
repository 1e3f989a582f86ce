"""The private cluster: made once, shared while anyone needs it, found again after a crash."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config import private_cluster
from config.private_cluster import describe_private_cluster, running_private_cluster

ROOT = Path(__file__).resolve().parents[3]

# Uses the cluster of the folder it is given until its standard input closes.
USER = """
import pathlib, sys
sys.path.insert(0, sys.argv[1])
from config import private_cluster
private_cluster.LOCAL_DIR = pathlib.Path(sys.argv[2])
with private_cluster.running_private_cluster():
    print("in", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that the server's account cannot walk to, as in /root."""
    closed = tmp_path_factory.mktemp("closed")
    closed.chmod(0o700)
    return closed / "local"


@pytest.fixture(autouse=True)
def environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("DATABASE_URL", "DATABASE_WEB_URL", "TEST_DATABASE_TEMPLATE"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setattr(private_cluster, "LOCAL_DIR", folder)
    describe_private_cluster()
    yield
    with running_private_cluster():
        pass


def start_user(folder: Path) -> "subprocess.Popen[str]":
    user = subprocess.Popen(
        [sys.executable, "-c", USER, ROOT, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert user.stdout is not None
    assert user.stdout.readline() == "in\n"
    return user


def leave(user: "subprocess.Popen[str]") -> None:
    user.communicate(timeout=40)


def is_answering(name: str = "DATABASE_URL") -> bool:
    try:
        with psycopg.connect(os.environ[name]) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def kill_outright(pid: int) -> None:
    """Kill a process, and come back when it has let go of its folder."""
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while os.path.lexists(f"/proc/{pid}/cwd") and time.monotonic() < deadline:
        try:
            os.readlink(f"/proc/{pid}/cwd")
        except OSError:
            return
        time.sleep(0.01)


def postmaster_pid(folder: Path) -> int:
    return int((folder / "postgres/data/postmaster.pid").read_text().splitlines()[0])


def test_it_answers_inside_and_is_gone_afterwards() -> None:
    with running_private_cluster():
        answers_inside = is_answering() and is_answering("DATABASE_WEB_URL")

    assert answers_inside
    assert not is_answering()


def test_the_server_does_not_run_as_root(folder: Path) -> None:
    with running_private_cluster():
        owner = Path(f"/proc/{postmaster_pid(folder)}").stat().st_uid

    assert owner != 0


def test_it_listens_on_no_network() -> None:
    with running_private_cluster(), psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        (addresses,) = connection.execute("SHOW listen_addresses").fetchone() or ("?",)

    assert addresses == ""


def test_its_socket_is_closed_to_other_users(folder: Path) -> None:
    with running_private_cluster():
        mode = (folder / "postgres/socket").stat().st_mode & 0o777

    assert mode == 0o700


def test_the_last_to_leave_stops_it(folder: Path) -> None:
    first, second = start_user(folder), start_user(folder)

    leave(first)
    answers_after_first = is_answering()
    leave(second)

    assert answers_after_first
    assert not is_answering()


def test_a_user_that_is_killed_leaves_it_to_the_next(folder: Path) -> None:
    user = start_user(folder)
    pid = postmaster_pid(folder)
    user.kill()
    leave(user)

    with running_private_cluster():
        adopted = postmaster_pid(folder)

    assert adopted == pid
    assert not is_answering()


def test_a_server_that_was_killed_comes_back_with_its_data(folder: Path) -> None:
    with running_private_cluster(), psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    user = start_user(folder)
    kill_outright(postmaster_pid(folder))
    user.kill()
    leave(user)

    with running_private_cluster(), psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        answer = connection.execute("SELECT answer FROM kept").fetchone()
        connection.execute("DROP TABLE kept")

    assert answer == (42,)


def test_a_pid_file_whose_number_another_process_has_is_no_hindrance(folder: Path) -> None:
    with running_private_cluster():
        pass
    pid_file = folder / "postgres/data/postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n/elsewhere\n0\n5432\n\n\n\nready\n")

    with running_private_cluster():
        answers = is_answering()

    assert answers


def test_sigterm_stops_the_command_and_the_cluster(folder: Path) -> None:
    program = USER.replace("running_private_cluster()", "use_private_cluster()")
    user = subprocess.Popen(
        [sys.executable, "-c", program, ROOT, folder],
        env={**os.environ, "DATABASE_URL": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert user.stdout is not None
    assert user.stdout.readline() == "in\n"

    user.terminate()
    leave(user)

    assert user.returncode == 128 + signal.SIGTERM
    assert not is_answering()


def test_a_deep_checkout_still_has_a_socket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("d" * 100) / "local"
    monkeypatch.setattr(private_cluster, "LOCAL_DIR", deep)
    describe_private_cluster()

    with running_private_cluster():
        answers = is_answering()

    assert answers


def test_starting_again_is_quick() -> None:
    started = time.monotonic()

    with running_private_cluster():
        took_s = time.monotonic() - started

    assert took_s < 5
