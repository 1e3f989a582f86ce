"""Servers and a secret on this machine that nobody who reads a source may find."""

import os
import socket
from contextlib import ExitStack
from pathlib import Path

SECRET = "TOP-SECRET-hunter2"


class Canary:
    """Listens by TCP, by UDP and at a file; holds a secret; all must stay untouched."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.secret = folder / "secret.csv"
        self.secret.write_text(f"id,name\n1,{SECRET}\n")
        self.unix = folder / "service.sock"
        self._open = ExitStack()
        tcp = self._open.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = self._open.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        unix = self._open.enter_context(socket.socket(socket.AF_UNIX))
        self.port = tcp.getsockname()[1]
        udp.bind(("127.0.0.1", self.port))
        unix.bind(str(self.unix))
        unix.listen()
        self._listeners = {"tcp": tcp, "udp": udp, "unix": unix}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/a.csv"

    def close(self) -> None:
        self._open.close()

    def heard(self) -> set[str]:
        """Return which of the servers somebody has called."""
        return {name for name, each in self._listeners.items() if _was_called(each)}


def _was_called(listener: socket.socket) -> bool:
    listener.setblocking(False)
    try:
        if listener.type == socket.SOCK_DGRAM:
            listener.recv(1)
        else:
            listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def resident_bytes() -> int:
    """Return the memory that this process has in use."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
