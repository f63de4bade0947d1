"""A command for which a socket that leads off the machine is death, in native libraries and child processes too.

The kernel itself watches (seccomp, Linux): ``socket()`` for IPv4 or IPv6 ends the process with SIGSYS, and what a
process starts inherits that. Nobody needs rights for it.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path

SOCKET = {"x86_64": 41, "aarch64": 198}
"""The number of the system call, by machine."""
OUTSIDE = (2, 10)
"""AF_INET and AF_INET6."""
LOAD, EQUALS, ANSWER = 0x20, 0x15, 0x06
ALLOW, KILL = 0x7FFF0000, 0x80000000
NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2


def run(order: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in ``folder``; its exit code is -SIGSYS when it asked for the network."""
    rules = (
        (LOAD, 0, 0, 0),  # which call?
        (EQUALS, 0, 4, SOCKET[platform.machine()]),
        (LOAD, 0, 0, 16),  # its first argument, the family
        (EQUALS, 1, 0, OUTSIDE[0]),
        (EQUALS, 0, 1, OUTSIDE[1]),
        (ANSWER, 0, 0, KILL),
        (ANSWER, 0, 0, ALLOW),
    )
    library, kept = (
        ctypes.CDLL(None, use_errno=True),
        ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules)),
    )
    program = ctypes.create_string_buffer(struct.pack("HP", len(rules), ctypes.addressof(kept)))

    def watch() -> None:
        for call in (
            (NO_NEW_PRIVILEGES, 1, 0, 0, 0),
            (SECCOMP, FILTER, ctypes.c_void_p(ctypes.addressof(program)), 0, 0),
        ):
            if library.prctl(*call):
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

    return subprocess.run(
        list(order), cwd=folder, capture_output=True, text=True, preexec_fn=watch, check=False
    )
