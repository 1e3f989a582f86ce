"""Closes system calls that no reading needs: sockets, new processes, other processes' memory.

The filter is written here as the kernel takes it, a few instructions of classic BPF, so that no
compiler and no library is needed. It cannot be taken off again, and holds in every sandbox.
"""

import ctypes
import errno
import os
import struct
from dataclasses import dataclass

_SET_FILTER = 1
_ALL_THREADS = 1  # SECCOMP_FILTER_FLAG_TSYNC
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM
_KILL = 0x80000000

_LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_IF_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_IF_AT_LEAST = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_ANSWER = 0x06  # BPF_RET | BPF_K
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
_OTHER_NUMBERING = 0x40000000  # the x32 calls of an x86-64 kernel

# New since 5.1, with one number everywhere: pidfd_send_signal, io_uring_setup, pidfd_open, clone3,
# pidfd_getfd, memfd_secret.
_EVERYWHERE = (424, 425, 434, 435, 438, 447)


@dataclass(frozen=True)
class _Machine:
    audit_name: int
    seccomp: int
    refused: tuple[int, ...]


_MACHINES = {
    "x86_64": _Machine(
        audit_name=0xC000003E,
        seccomp=317,
        refused=(
            *(41, 42, 43, 44, 46, 49, 50, 53, 288, 307),  # socket to socketpair, accept4, sendmmsg
            *(56, 57, 58, 59, 322),  # clone, fork, vfork, execve, execveat
            *(62, 200, 101, 310, 311),  # kill, tkill, ptrace, process_vm_readv and _writev
            *(155, 161, 165, 166, 272, 308),  # pivot_root, chroot, mount, umount2, unshare, setns
            *(248, 249, 250, 298, 304, 321, 323),  # keys, perf, handles, bpf, userfaultfd
            *(29, 68, 240, 319),  # shmget, msgget, mq_open, memfd_create: memory nobody counts
        ),
    ),
    "aarch64": _Machine(
        audit_name=0xC00000B7,
        seccomp=277,
        refused=(
            *(198, 203, 202, 206, 211, 200, 201, 199, 242, 269),
            *(220, 221, 281),
            *(129, 130, 117, 270, 271),
            *(41, 51, 40, 39, 97, 268),
            *(217, 218, 219, 241, 265, 280, 282),
            *(194, 186, 180, 279),
        ),
    ),
}


def close_system_calls() -> bool:
    """Close them for this process and all its threads; False where the kernel cannot.

    Needs ``PR_SET_NO_NEW_PRIVS``.
    """
    machine = _MACHINES.get(os.uname().machine)
    if machine is None:
        return False
    instructions = _program(machine)
    buffer = ctypes.create_string_buffer(b"".join(instructions))
    program = struct.pack("HxxxxxxP", len(instructions), ctypes.addressof(buffer))
    answer: int = ctypes.CDLL(None).syscall(machine.seccomp, _SET_FILTER, _ALL_THREADS, program)
    return answer == 0


def _program(machine: _Machine) -> list[bytes]:
    """Return the filter: jumps are counted from the instruction after, and only go forward."""
    refused = (*machine.refused, *_EVERYWHERE)
    checks = [
        _instruction(_IF_EQUAL, number, if_true=len(refused) - place)
        for place, number in enumerate(refused)
    ]
    return [
        _instruction(_LOAD, _ARCHITECTURE_AT),
        _instruction(_IF_EQUAL, machine.audit_name, if_true=1),
        _instruction(_ANSWER, _KILL),
        _instruction(_LOAD, _NUMBER_AT),
        _instruction(_IF_AT_LEAST, _OTHER_NUMBERING, if_true=len(refused) + 1),
        *checks,
        _instruction(_ANSWER, _ALLOW),
        _instruction(_ANSWER, _REFUSE),
    ]


def _instruction(code: int, value: int, if_true: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, 0, value)
