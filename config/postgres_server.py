"""One PostgreSQL server of our own in a folder: made, started, found again and stopped."""

import os
import pwd
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir

SUPERUSER = "postgres"
SOCKET_NAME = ".s.PGSQL.5432"
# sockaddr_un has 108 bytes, the last one a NUL.
_LONGEST_SOCKET_PATH = 107
_START_TIMEOUT_S = 60.0
_STOP_TIMEOUT_S = 30.0
_POLL_S = 0.05
_RETRY_S = 0.5


class ServerUnavailable(Exception):
    """The private PostgreSQL server cannot be made, started or reached."""


@dataclass(frozen=True)
class Account:
    """The system account that the server runs as: never root."""

    uid: int
    gid: int


class PostgresServer:
    """A server whose data, log and locks are in ``folder``, reached by Unix socket only."""

    def __init__(self, folder: Path, settings_file: Path) -> None:
        self.folder = folder
        self.settings_file = settings_file
        self.data_dir = folder / "data"
        self.log_file = folder / "server.log"
        self.socket_dir = _socket_dir(folder)

    def prepare_folder(self) -> None:
        """Make the folder, closed to everyone but the server's account (and root)."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self._make_private(self.folder)

    def ensure_started(self) -> None:
        """Leave the server ready, whatever state an earlier run left it in."""
        if not self.data_dir.exists():
            self._create_cluster()
        # One that is starting or stopping is about to be ready or gone.
        _wait(lambda: self._postmaster() is None or self._is_ready(), _START_TIMEOUT_S)
        if not self._is_ready():
            self._start()

    def stop(self) -> None:
        """Disconnect everyone and stop, at a checkpoint: nothing is left to recover."""
        pid = self._postmaster()
        if pid is None:
            return
        for request in (signal.SIGINT, signal.SIGQUIT):
            with suppress(ProcessLookupError):
                os.kill(pid, request)
            if _wait(lambda: self._postmaster() != pid, _STOP_TIMEOUT_S):
                if self.socket_dir.parent != self.folder:
                    self.socket_dir.rmdir()
                return
        raise ServerUnavailable(f"PostgreSQL (process {pid}) does not stop; see {self.log_file}.")

    def run_sql_file(self, path: Path) -> None:
        """Run ``path`` with psql as the superuser, stopping at the first error."""
        found = subprocess.run(
            [
                _programs_dir(self._version()) / "psql",
                *("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"),
                *(f"--host={self.socket_dir}", f"--username={SUPERUSER}", "--dbname=postgres"),
                f"--file={path}",
            ],
            env=_plain_environment() | {"PGOPTIONS": "-c client_min_messages=warning"},
            capture_output=True,
            text=True,
        )
        if found.returncode:
            raise ServerUnavailable(f"{path.name} failed on the private PostgreSQL: {found.stderr}")

    def _create_cluster(self) -> None:
        # Under another name until it is whole: a killed initdb must not look like a cluster.
        unfinished = self.folder / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._make_private(unfinished)
        # Who reaches the socket is who may use it: its directory is closed to others.
        sign_in = ["--auth-local=trust", "--auth-host=reject"]
        text = ["--encoding=UTF8", "--locale=C.UTF-8"]
        program = _programs_dir() / "initdb"
        if not self._run(program, [f"--username={SUPERUSER}", *sign_in, *text], unfinished):
            raise ServerUnavailable(f"initdb could not make the cluster: see {self.log_file}.")
        unfinished.rename(self.data_dir)

    def _start(self) -> None:
        self._make_private(self.socket_dir)
        self._forget_dead_server()
        shutil.copyfile(self.settings_file, self.data_dir / "postgresql.conf")
        deadline = time.monotonic() + _START_TIMEOUT_S
        while not self._try_to_start():
            said = self.log_file.read_text(errors="replace")
            reason = next((line for line in reversed(said.splitlines()) if "FATAL" in line), "")
            # After kill -9 of the server its last backends need a moment to notice.
            if "still in use" not in reason or time.monotonic() > deadline:
                raise ServerUnavailable(f"PostgreSQL did not start: {reason} (see {self.log_file})")
            time.sleep(_RETRY_S)

    def _try_to_start(self) -> bool:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": self._socket_dir_for_server(),
            "unix_socket_permissions": "0700",
        }
        options = shlex.join(f"--{name}={value}" for name, value in settings.items())
        wait = ["--wait", f"--timeout={_START_TIMEOUT_S:.0f}", "--silent"]
        program = _programs_dir(self._version()) / "pg_ctl"
        return self._run(program, ["start", *wait, f"--options={options}"], self.data_dir)

    def _run(self, program: Path, arguments: list[str], data_dir: Path) -> bool:
        """Run one of PostgreSQL's programs on ``data_dir``, as the server's account.

        With a checkout in /root, say, that account cannot follow the path to the data; the link
        of a file that it has open leads to the directory itself.
        """
        account = self._account()
        directory = os.open(data_dir, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with self.log_file.open("ab") as log:
                found = subprocess.run(
                    [program, *arguments, "-D", f"/proc/self/fd/{directory}"],
                    cwd="/",
                    env=_plain_environment(),
                    pass_fds=[directory],
                    user=account.uid,
                    group=account.gid,
                    extra_groups=[] if os.geteuid() == 0 else None,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    # Ctrl-C in a terminal is for the command, not for a server others may share.
                    start_new_session=True,
                )
        finally:
            os.close(directory)
        return found.returncode == 0

    def _is_ready(self) -> bool:
        # The eighth line of postmaster.pid is the server's own word on its state, as pg_ctl reads.
        return self._postmaster() is not None and self._pid_file_lines()[7:8] == ["ready"]

    def _postmaster(self) -> int | None:
        """Return the process id of this folder's server, if it is alive."""
        lines = self._pid_file_lines()
        if not lines or not lines[0].isdigit():
            return None
        with suppress(OSError):
            if os.path.samefile(f"/proc/{lines[0]}/cwd", self.data_dir):
                return int(lines[0])
        return None

    def _forget_dead_server(self) -> None:
        """Drop the lock files of a killed server, whose process id may have passed to another.

        Backends that outlive it keep its shared memory, and a new server will not start on that.
        """
        if self._postmaster() is None:
            self._pid_file.unlink(missing_ok=True)
            for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
                (self.socket_dir / name).unlink(missing_ok=True)

    @property
    def _pid_file(self) -> Path:
        return self.data_dir / "postmaster.pid"

    def _pid_file_lines(self) -> list[str]:
        try:
            return [line.strip() for line in self._pid_file.read_text().splitlines()]
        except FileNotFoundError:
            return []

    def _version(self) -> str:
        return (self.data_dir / "PG_VERSION").read_text().strip()

    def _socket_dir_for_server(self) -> str:
        """Return the socket directory as the server, standing in its data directory, names it."""
        if self.socket_dir.parent == self.folder:
            return f"../{self.socket_dir.name}"
        return str(self.socket_dir)

    def _account(self) -> Account:
        """Return whose server this is: the folder's owner, or who it should be at first."""
        if self.folder.exists() and (owner := self.folder.stat()).st_uid != 0:
            account = Account(owner.st_uid, owner.st_gid)
        elif os.geteuid() != 0:
            account = Account(os.geteuid(), os.getegid())
        else:
            account = _postgres_account()
        if os.geteuid() not in (0, account.uid):
            raise ServerUnavailable(
                f"{self.folder} belongs to another user (uid {account.uid}). "
                "Run as that user or as root, or set DATABASE_URL."
            )
        return account

    def _make_private(self, directory: Path) -> None:
        account = self._account()
        with suppress(FileExistsError):
            directory.mkdir(mode=0o700)
            os.chown(directory, account.uid, account.gid)
        # Outside the checkout another user may have been there first.
        found = directory.lstat()
        if not directory.is_dir() or directory.is_symlink() or found.st_uid not in (0, account.uid):
            raise ServerUnavailable(f"{directory} is somebody else's; remove it and try again.")
        os.chown(directory, account.uid, account.gid)
        directory.chmod(0o700)


def _socket_dir(folder: Path) -> Path:
    """Return a directory for the socket whose path is short enough for the system."""
    beside_data = folder / "socket"
    if len(os.fsencode(beside_data / SOCKET_NAME)) <= _LONGEST_SOCKET_PATH:
        return beside_data
    key = sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(gettempdir()) / f"council-maps-{key}"


def _programs_dir(version: str | None = None) -> Path:
    """Return the directory of the newest PostgreSQL that has PostGIS, or of ``version``."""
    installed = [
        directory / "bin"
        for directory in Path("/usr/lib/postgresql").glob("*")
        if (directory / "bin" / "initdb").exists() and version in (None, directory.name)
    ]
    with_postgis = [bin_dir for bin_dir in installed if _postgis_control(bin_dir).exists()]
    if not with_postgis:
        wanted = f"PostgreSQL {version}" if version else "PostgreSQL"
        raise ServerUnavailable(
            f"{wanted} with PostGIS is not installed here: "
            "`make run` installs it, or set DATABASE_URL."
        )
    return max(with_postgis, key=lambda bin_dir: int(bin_dir.parent.name))


def _postgis_control(bin_dir: Path) -> Path:
    return Path("/usr/share/postgresql", bin_dir.parent.name, "extension/postgis.control")


def _postgres_account() -> Account:
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        raise ServerUnavailable(
            "PostgreSQL must not run as root and there is no `postgres` account here: "
            "`make run` installs the package that makes it, or set DATABASE_URL."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def _plain_environment() -> dict[str, str]:
    """Return no more of our environment than the server needs: no secrets, no PG* variables."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _wait(is_done: Callable[[], bool], timeout_s: float) -> bool:
    deadline = time.monotonic() + timeout_s
    while not is_done():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_S)
    return True
