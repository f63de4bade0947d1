"""Processes that end with the one that started them: nothing of a killed run goes on reading a stranger's file.

python pipeline/child.py PARENT PROGRAM ARGUMENT...   becomes PROGRAM, which ends with the process PARENT
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from pathlib import Path


def end_with(parent: int) -> None:
    """From here on this process, whatever program it becomes, is killed when the process ``parent`` ends.

    Nothing happens elsewhere than on Linux, which alone can be asked for it.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)  # it ended before we asked


def bound(seconds: int, memory: int) -> None:
    """From here on this process has so many seconds of processor time and bytes of memory, and drops no core."""
    for which, limit in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(which)[1]
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        resource.setrlimit(which, (limit, limit))


def tied(program: str, *arguments: str) -> list[str]:
    """The command that runs another program, so that it ends with this process."""
    return [sys.executable, "-I", "-S", str(Path(__file__).resolve()), str(os.getpid()), program, *arguments]


if __name__ == "__main__":
    end_with(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])
