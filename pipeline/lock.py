"""One ingest at a time per warehouse: a file lock that the operating system lets go when its holder dies."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

NAME = ".ingest.lock"


class Held(Exception):
    """Another ingest holds the lock; the message says which process, on which machine, since when."""


@contextlib.contextmanager
def hold(warehouse: Path) -> Iterator[None]:
    """Hold the lock of a warehouse folder. Raises Held; a lock left by a dead process is simply taken."""
    warehouse.mkdir(parents=True, exist_ok=True)
    file = warehouse / NAME
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Held(_holder(file)) from None
        about = {"pid": os.getpid(), "host": socket.gethostname(), "since": _now()}
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps(about).encode())
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _holder(file: Path) -> str:
    try:
        about = json.loads(file.read_text())
        return f"process {about['pid']} on {about['host']} since {about['since']}"
    except (OSError, ValueError, KeyError):
        return "another process that has just started"


def _now() -> str:
    return datetime.now().astimezone().isoformat(" ", "seconds")
