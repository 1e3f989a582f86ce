"""What is outside the sandbox stays outside, and what runs too long or too large is ended."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import importers.read.open
from importers.fetch.files import fetch_file
from importers.read import sandbox
from importers.read.limits import ReadLimits
from importers.read.open import open_source
from importers.read.sandbox import SandboxMissing, bubblewrap_command, end_child, start_child
from tests.integration.importers.sandbox_reading import (
    ENTRY,
    KINDS,
    needs_namespaces,
    read_whole,
    refusal,
)
from tests.unit.importers.read.made_files import VRT, feature, write_geojson

pytestmark = pytest.mark.cold_reader

CHECKOUT = Path(__file__).resolve().parents[3]


class Canary:
    """A server on this machine that must hear nothing."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self.port = listener.getsockname()[1]

    def heard_something(self) -> bool:
        self._listener.setblocking(False)
        try:
            self._listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@pytest.fixture
def canary() -> Iterator[Canary]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield Canary(listener)


def run_inside(program: str) -> str:
    """Run Python inside the namespaces of the reader and return what it prints."""
    command = [*bubblewrap_command([]), sys.executable, "-I", "-c", textwrap.dedent(program)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("ending", ["kml", "geojson", "csv", "gpkg", "zip"])
def test_a_vrt_under_another_name_reads_nothing_and_connects_nowhere(tmp_path, canary, ending):
    secret = tmp_path / "secret.csv"
    secret.write_text("id,name\n1,TOP-SECRET\n")
    accessed_ns = secret.stat().st_atime_ns
    for number, target in enumerate((secret, f"http://127.0.0.1:{canary.port}/a.csv", "PG:")):
        path = tmp_path / f"trees{number}.{ending}"
        path.write_text(VRT.format(target=target))

        fault = refusal(path)

        assert fault.code == "FMT-MISMATCH"
        assert "TOP-SECRET" not in str(fault)
    assert secret.stat().st_atime_ns == accessed_ns
    assert not canary.heard_something()


def test_a_vrt_behind_a_screen_of_spaces_is_only_text(tmp_path, canary):
    path = tmp_path / "trees.csv"
    path.write_text("\n" * 10_000 + VRT.format(target=f"http://127.0.0.1:{canary.port}/a.csv"))

    assert refusal(path).code == "NO-ROWS"
    assert not canary.heard_something()


def test_gdal_keeps_only_the_driver_of_the_declared_form(tmp_path, canary):
    path = tmp_path / "trees.gpkg"
    path.write_text(VRT.format(target=f"http://127.0.0.1:{canary.port}/a.csv"))
    program = """
        import sys
        sys.path.insert(0, sys.argv[1])
        from pathlib import Path
        from importers.read.child.gdal import open_layer
        open_layer(Path(sys.argv[2]), driver="GPKG", layer=0, batch_rows=10)
    """

    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), str(CHECKOUT), str(path)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert "SourceUnreadable" in done.stderr
    assert not canary.heard_something()


@needs_namespaces
def test_the_child_cannot_reach_a_server_on_this_machine(canary):
    program = f"""
        import socket
        try:
            socket.create_connection(("127.0.0.1", {canary.port}), 2)
        except OSError:
            print("unreachable")
    """

    assert run_inside(program) == "unreachable"
    assert not canary.heard_something()


@needs_namespaces
def test_the_child_sees_neither_the_database_nor_the_projects_files():
    hidden = [
        "/var/run/postgresql",
        "/run",
        "/etc/passwd",
        str(CHECKOUT / "config"),
        str(CHECKOUT / ".env"),
        str(CHECKOUT / ".local"),
        str(Path.home() / ".ssh"),
    ]
    program = f"""
        import os
        print([path for path in {hidden!r} if os.path.exists(path)])
    """

    assert run_inside(program) == "[]"


@pytest.mark.parametrize("kind", KINDS)
def test_the_childs_environment_holds_no_secret(tmp_path, monkeypatch, kind):
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner:hunter2@db/city")
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    path = tmp_path / "trees.csv"
    path.write_text("id\n1\n")
    with (tmp_path / "stderr").open("w+b") as stderr:
        child, _, _ = start_child(kind, path, "source.csv", tmp_path, stderr)
        try:
            environment = Path(f"/proc/{child.pid}/environ").read_bytes()
        finally:
            end_child(child)
            child.communicate()

    assert b"hunter2" not in environment


@needs_namespaces
def test_the_child_cannot_change_the_source_or_the_program(tmp_path):
    program = """
        import os
        denied = 0
        for path in ("/app/importers/x", "/usr/x", "/x"):
            try:
                open(path, "w")
            except OSError:
                denied += 1
        print(denied)
    """

    assert run_inside(program) in ("2", "3")


@pytest.mark.parametrize("kind", KINDS)
def test_a_source_that_needs_too_much_memory_is_refused(tmp_path, kind):
    line = {"type": "LineString", "coordinates": [[0.1, 0.2]] * 1_500_000}
    path = write_geojson(tmp_path / "lines.geojson", [feature(line)])

    fault = refusal(path, kind, limits=ReadLimits(memory_bytes=600_000_000))

    assert fault.code == "TOO-BIG"
    assert "memory" in str(fault)


@pytest.mark.parametrize("kind", KINDS)
def test_a_source_that_needs_too_much_processor_time_is_refused(tmp_path, kind):
    path = tmp_path / "rows.csv"
    path.write_bytes(b"a,b,c,d,e,f\n" + b'"1","2","3","4","5","6"\n' * 3_000_000)

    fault = refusal(path, kind, limits=ReadLimits(cpu_s=1, rows=10_000_000))

    assert fault.code == "READ-TIMEOUT"
    assert "processor time" in str(fault)


@pytest.mark.parametrize("kind", KINDS)
def test_a_child_that_says_nothing_for_too_long_is_ended(tmp_path, kind):
    path = tmp_path / "trees.csv"
    path.write_text("id\n1\n")

    assert refusal(path, kind, limits=ReadLimits(wait_s=0.01)).code == "READ-TIMEOUT"


@pytest.mark.parametrize("kind", KINDS)
def test_a_child_that_is_killed_gives_a_clear_refusal(tmp_path, monkeypatch, caplog, kind):
    path = tmp_path / "trees.csv"
    path.write_bytes(b"id,name\n" + b"1,Oak\n" * 900_000)
    children: list[subprocess.Popen[bytes]] = []

    def start_and_remember(*arguments, **options):
        started = start_child(*arguments, **options)
        children.append(started[0])
        return started

    monkeypatch.setattr(importers.read.open, "start_child", start_and_remember)
    source = fetch_file(str(path), tmp_path / "store")

    with (
        pytest.raises(importers.read.open.SourceUnreadable) as caught,
        open_source(source, ENTRY, kind=kind) as reading,
    ):
        next(reading.batches)
        end_child(children[0])
        list(reading.batches)

    assert caught.value.code == "READ-CRASHED"
    assert str(path) not in str(caught.value)


@pytest.mark.parametrize("kind", KINDS)
def test_leaving_early_ends_and_reaps_the_child(tmp_path, kind):
    path = tmp_path / "trees.csv"
    path.write_bytes(b"id,name\n" + b"1,Oak\n" * 900_000)
    source = fetch_file(str(path), tmp_path / "store")
    others = children_of(os.getpid())

    with open_source(source, ENTRY, kind=kind) as reading:
        next(reading.batches)

        started = [pid for pid in children_of(os.getpid()) if pid not in others]
        assert started

    assert gone_within(started, seconds=1)


@pytest.mark.parametrize("kind", KINDS)
def test_the_child_dies_with_its_parent(tmp_path, kind):
    path = tmp_path / "trees.csv"
    path.write_bytes(b"id,name\n" + b"1,Oak\n" * 900_000)
    program = f"""
        import time
        from pathlib import Path
        from importers.fetch.files import fetch_file
        from importers.read.open import open_source
        from tests.integration.importers.sandbox_reading import ENTRY
        source = fetch_file({str(path)!r}, Path({str(tmp_path / "store")!r}))
        with open_source(source, ENTRY, kind={kind!r}) as reading:
            next(reading.batches)
            print("reading", flush=True)
            time.sleep(60)
    """
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "TMPDIR": str(tmp_path)}
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    )
    with parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "reading\n"
        children = children_of(parent.pid)
        assert children

        parent.send_signal(signal.SIGKILL)

    assert gone_within(children, seconds=5)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("after_s", [0, 0.002, 0.005, 0.01, 0.03])
def test_a_child_ended_at_any_moment_leaves_no_process(tmp_path, kind, after_s):
    path = tmp_path / "trees.csv"
    path.write_text("id\n1\n")
    with (tmp_path / "stderr").open("w+b") as stderr:
        child, _, _ = start_child(kind, path, "source.csv", tmp_path, stderr)
        time.sleep(after_s)

        end_child(child)

        # The pipe ends once nobody is left who could write to it.
        assert child.communicate(timeout=5) == (b"", None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_python_that_was_started_from_a_folder_beside_it_reads(kind, tmp_path, monkeypatch):
    folder = CHECKOUT / "docs"
    to_the_root = "/.." * (len(folder.parts) - 1)
    monkeypatch.setattr(sys, "executable", f"{folder}{to_the_root}{sys.executable}")
    path = write_geojson(tmp_path / "trees.geojson", [feature(None, name="Oak")])

    _, (batch,) = read_whole(path, kind)

    assert batch.columns.to_pylist() == [{"name": "Oak"}]


@pytest.mark.parametrize("kind", KINDS)
def test_the_child_sees_its_source_under_a_name_that_fits_its_form(kind, tmp_path):
    path = tmp_path / "download"
    path.write_text("id\n1\n")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with (tmp_path / "stderr").open("w+b") as stderr:
        child, seen, _ = start_child(kind, path, "source.csv", scratch, stderr)
        with child:
            end_child(child)

    assert Path(seen).name == "source.csv"


def test_a_required_sandbox_that_is_missing_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox, "sandbox_kind", lambda: "limits")
    path = tmp_path / "trees.csv"
    path.write_text("id\n1\n")

    with pytest.raises(SandboxMissing, match="Install bubblewrap"):
        read_whole(path, sandbox_required=True)


@pytest.mark.parametrize("kind", KINDS)
def test_reading_leaves_no_file_behind(kind, tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    path = tmp_path / "trees.csv"
    path.write_text("id\n1\n")

    read_whole(path, kind)

    assert list(scratch.iterdir()) == []


def children_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    direct = [int(child) for child in tasks]
    return direct + [each for child in direct for each in children_of(child)]


def gone_within(pids: list[int], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(is_running(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
