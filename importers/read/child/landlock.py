"""Closes every file but Python, the system's libraries, the source and the scratch folder.

Landlock is the kernel's own (Linux 5.13 and later). Where bubblewrap stands around the child it
is a second wall; where nothing does, it is the wall.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # on every architecture
_ASK_VERSION = 1
_RULE_FOR_PATH = 1
_READ = 1 << 2 | 1 << 3  # files and folders
_EVERYTHING_TO_FILES = (1 << 0) | (1 << 1) | (1 << 2)  # execute, write, read: apply to a file
_ACCESS_OF_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # how many rights each version knows
_TCP = 0b11
_SCOPES = 0b11  # abstract sockets and signals, of version 6
_SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/etc/ld.so.cache", "/proc/self")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")


def close_files(source: Path, scratch: Path) -> bool:
    """Close every file but those that reading needs; False where the kernel cannot.

    Needs ``PR_SET_NO_NEW_PRIVS``.
    """
    libc = ctypes.CDLL(None)
    version: int = libc.syscall(_CREATE, None, 0, _ASK_VERSION)
    if version < 1:
        return False
    everything = (1 << _ACCESS_OF_VERSION.get(version, 16)) - 1
    rights = struct.pack("Q", everything)
    if version >= 4:
        rights += struct.pack("Q", _TCP)
    if version >= 6:
        rights += struct.pack("Q", _SCOPES)
    ruleset: int = libc.syscall(_CREATE, rights, len(rights), 0)
    if ruleset < 0:
        return False
    try:
        for path in _readable(source):
            _allow(libc, ruleset, path, _READ)
        _allow(libc, ruleset, scratch, everything & ~(1 << 0))
        answer: int = libc.syscall(_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)
    return answer == 0


def _readable(source: Path) -> Sequence[Path]:
    package = Path(__file__).resolve().parents[2]
    python = (sys.prefix, sys.base_prefix)
    return [source, package, *map(Path, (*_SYSTEM, *_DEVICES, *python))]


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH)
    except FileNotFoundError:
        return
    try:
        if not path.is_dir():
            rights &= _EVERYTHING_TO_FILES
        libc.syscall(_ADD_RULE, ruleset, _RULE_FOR_PATH, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)
