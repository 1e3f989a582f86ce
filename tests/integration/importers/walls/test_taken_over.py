"""A reader that a file has taken over: it reaches nothing, and it ends within its limits."""

import os
import re
import subprocess
import time
from pathlib import Path

import pytest
from django.db import connection

from importers.read.limits import ReadLimits
from tests.integration.importers.sandbox_reading import refusal
from tests.integration.importers.walls.canary import SECRET, Canary, resident_bytes
from tests.integration.importers.walls.children import WALLS, Walls, group_is_gone, take_over

MOST_GROWTH_BYTES = 64_000_000
pytestmark = [pytest.mark.cold_reader, pytest.mark.parametrize("walls", WALLS)]

# Each says "did NAME" if it could.
ATTEMPTS = """
import ctypes, mmap, os, socket, subprocess
libc = ctypes.CDLL(None, use_errno=True)

def connect(family, kind, address):
    with socket.socket(family, kind) as each:
        each.settimeout(2)
        each.connect(address)
        each.send(b"x")

def fork():
    if os.fork() == 0:
        os._exit(0)

def system_call(name, *arguments):
    if getattr(libc, name)(*arguments) < 0:
        raise OSError(name)

def read_of_parent():
    return open(f"/proc/{parent}/environ", "rb").read()

def signal_parent():
    os.kill(parent, 0)

attempts = {
    "tcp": lambda: connect(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", port)),
    "udp": lambda: connect(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", port)),
    "unix": lambda: connect(socket.AF_UNIX, socket.SOCK_STREAM, unix),
    "database": lambda: connect(socket.AF_UNIX, socket.SOCK_STREAM, database),
    "secret": lambda: tell(open(secret).read()),
    "listing": lambda: tell(os.listdir(os.path.dirname(secret))),
    "catalogue": lambda: open(project + "/config/settings.py").read(),
    "passwords": lambda: open("/etc/passwd").read(),
    "environment of the parent": read_of_parent,
    "signal": signal_parent,
    "fork": fork,
    "program": lambda: subprocess.run(["/bin/true"]),
    "mount": lambda: system_call("mount", b"none", b"/usr", b"tmpfs", 0, None),
    "namespace": lambda: system_call("unshare", 0x10000000),
    "write beside": lambda: open("/tmp/walls-was-here", "w"),
    "write to shared memory": lambda: open("/dev/shm/walls-was-here", "w"),
    "write to the source": lambda: open(path, "r+b"),
    "write to the program": lambda: open(sys.argv[1] + "/importers/x", "w"),
    "more memory": lambda: __import__("resource").setrlimit(9, (1 << 50, 1 << 50)),
    "more processes": lambda: __import__("resource").setrlimit(6, (100, 100)),
}
for name, attempt in attempts.items():
    try:
        attempt()
    except OSError:
        pass
    except ValueError:
        pass
    else:
        tell("did " + name)
tell("environ", dict(os.environ))
tell("tried everything")
sys.exit(1)
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "trees.csv"
    path.write_text("id\n1\n")
    return path


@pytest.mark.django_db
def test_it_reaches_nothing_but_its_source(
    source: Path,
    canary: Canary,
    scratch: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    walls: Walls,
) -> None:
    monkeypatch.setenv("SECRET_KEY", SECRET)
    database = (
        f"{connection.settings_dict['HOST']}/.s.PGSQL.{connection.settings_dict['PORT'] or 5432}"
    )
    take_over(
        monkeypatch,
        walls,
        ATTEMPTS,
        port=canary.port,
        unix=canary.unix,
        secret=canary.secret,
        database=database,
        project=Path(__file__).resolve().parents[4],
        parent=os.getpid(),
    )

    fault = refusal(source, walls.kind)

    assert fault.code == "READ-FAILED"
    assert "tried everything" in caplog.text
    done = re.findall("did (.+)", caplog.text)
    assert set(done) <= walls.harmless
    assert SECRET not in caplog.text + str(fault)
    assert canary.heard() == set()
    assert list(scratch.iterdir()) == []
    assert source.read_text() == "id\n1\n"


# What the child does, and the code of the refusal that comes of it.
EXCESSES = {
    "sleeps": ("import time; time.sleep(600)", "READ-TIMEOUT"),
    "spins": ("while True: pass", "READ-TIMEOUT"),
    "ignores-its-alarm": (
        "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass",
        "READ-TIMEOUT",
    ),
    # Of untouched pages: filling a gigabyte may take a busy machine longer than its seconds.
    "eats-memory": (
        "import mmap\nkept = []\nwhile True: kept.append(mmap.mmap(-1, 10_000_000))",
        "READ-FAILED",
    ),
    "writes-one-file": (
        "with open(scratch + '/a', 'wb') as file:\n    while True: file.write(bytes(1_000_000))",
        "READ-FAILED",
    ),
    "writes-many-files": (
        "for number in range(10**9):\n"
        "    with open(f'{scratch}/{number}', 'wb') as file: file.write(bytes(1_000_000))",
        "TOO-BIG",
    ),
    "writes-garbage": (
        "while True: sys.stdout.buffer.write(b'endless garbage ' * 1000)",
        "TOO-BIG",
    ),
    "promises-a-terabyte": (
        "import struct\n"
        "sys.stdout.buffer.write(struct.pack('<Ii', 0xFFFFFFFF, 2**31 - 8))\n"
        "while True: sys.stdout.buffer.write(bytes(1_000_000))",
        "TOO-BIG",
    ),
    "promises-little-and-writes-on": (
        "import struct\n"
        "sys.stdout.buffer.write(struct.pack('<Ii', 0xFFFFFFFF, 30_000_000))\n"
        "while True: sys.stdout.buffer.write(bytes(1_000_000))",
        "READ-TIMEOUT",
    ),
    "complains-for-ever": (
        "while True: sys.stderr.write('no ' * 100_000)",
        "READ-CRASHED",
    ),
    "closes-its-output-and-stays": (
        "import os, time\nos.close(1)\ntime.sleep(600)",
        "READ-TIMEOUT",
    ),
    "ends-as-if-all-were-well": ("sys.exit(0)", "READ-CRASHED"),
    "reports-what-is-no-fault": ("tell('{\"code\": 1'); sys.exit(3)", "READ-CRASHED"),
    "drips-for-ever": (
        """
import time, json, pyarrow as pa
source = {"form": "CSV", "crs": None, "encoding": None, "geometry_type": None,
          "has_geometry": False, "findings": []}
schema = pa.schema([("row", pa.int64())], metadata={b"source": json.dumps(source).encode()})
with pa.ipc.new_stream(sys.stdout.buffer, schema) as writer:
    while True:
        writer.write_batch(pa.record_batch([pa.array([], pa.int64())], schema=schema))
        sys.stdout.buffer.flush()
        time.sleep(0.1)
""",
        "READ-TIMEOUT",
    ),
    "invents-rows-for-ever": (
        """
import json, pyarrow as pa
source = {"form": "CSV", "crs": None, "encoding": None, "geometry_type": None,
          "has_geometry": False, "findings": []}
schema = pa.schema([("row", pa.int64())], metadata={b"source": json.dumps(source).encode()})
batch = pa.record_batch([pa.array(range(1000))], schema=schema)
with pa.ipc.new_stream(sys.stdout.buffer, schema) as writer:
    while True:
        writer.write_batch(batch)
""",
        "TOO-MANY-ROWS",
    ),
}
LIMITS = ReadLimits(
    memory_bytes=1_000_000_000,
    cpu_s=2,
    wait_s=5,
    all_waits_s=6,
    unpacked_bytes=40_000_000,
    message_bytes=32_000_000,
    rows=50_000,
)
# Starting Python on a busy machine, and the seconds between the two limits of processor time.
LONGEST_S = 25


@pytest.mark.parametrize(("program", "code"), EXCESSES.values(), ids=EXCESSES)
def test_it_ends_within_its_limits(
    source: Path,
    scratch: Path,
    started: list["subprocess.Popen[bytes]"],
    monkeypatch: pytest.MonkeyPatch,
    walls: Walls,
    program: str,
    code: str,
) -> None:
    take_over(monkeypatch, walls, program)
    before_bytes, began = resident_bytes(), time.monotonic()

    fault = refusal(source, walls.kind, limits=LIMITS)

    assert fault.code == code
    assert time.monotonic() - began < LONGEST_S
    assert resident_bytes() - before_bytes < MOST_GROWTH_BYTES
    (child,) = started
    assert child.returncode is not None
    assert group_is_gone(child.pid)
    assert list(scratch.iterdir()) == []
