"""Documents read in processes of their own, within the limits; what goes wrong there costs one document.

A few long-lived workers take one document after the other, because starting one costs a second of imports.
Time and memory are counted per document. A worker that dies is replaced, and its document gets a finding.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from pipeline.cache import encode
from pipeline.child import end_with
from pipeline.limits import MB, Limits, use
from pipeline.reading import failed, read_document
from pipeline.shapes import Document

SLACK = 4
"""A worker may take this many times its processor seconds by the clock before it counts as hanging."""
READY, KEEP, ONCE, STOP = b"R", b"K", b"O", b"S"
PASSING = ("file-changed", "file-gone", "file-no-access", "ocr-missing")
"""Findings that the next run may not have: such a Reading is not kept."""


class CannotRead(Exception):
    """Reading cannot go on for any document (no room on the disk, the code does not start): one line says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The packed Readings of a document, and whether the cache may keep them."""

    document: Document
    packed: bytes
    keep: bool


def read_isolated(
    documents: Iterable[Document], codes: Path, folder: Path, limits: Limits, workers: int | None = None
) -> Iterator[Outcome]:
    """Read documents in worker processes and yield each as it is done, in no particular order.

    ``codes`` is the folder of the code lists, ``folder`` one for temporary files. Raises CannotRead.
    """
    waiting = deque((document, False) for document in documents)
    count = max(1, min(workers or os.cpu_count() or 1, len(waiting)))
    busy: list[_Worker] = []
    idle: list[_Worker] = []
    number = 0
    try:
        while waiting or busy:
            while waiting and len(busy) < count:
                if not idle:
                    number += 1
                    idle.append(_Worker(codes, folder / f"worker-{number}", limits))
                worker = idle.pop()
                worker.take(*waiting.popleft())
                busy.append(worker)
            now = time.monotonic()
            ready = wait(
                [worker.connection for worker in busy], max(0.0, min(w.deadline for w in busy) - now)
            )
            for worker in [w for w in busy if w.connection in ready or w.deadline <= time.monotonic()]:
                heard = worker.result()
                if heard is None:
                    continue
                busy.remove(worker)
                if worker.alive:
                    idle.append(worker)
                if isinstance(heard, Outcome):
                    yield heard
                else:
                    waiting.appendleft((heard, True))
    finally:
        for worker in busy + idle:
            worker.end()


class _Worker:
    """A process that reads documents, as its parent sees it."""

    def __init__(self, codes: Path, folder: Path, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.folder, self.limits = folder, limits
        folder.mkdir(parents=True, exist_ok=True)
        self.process: SpawnProcess = context.Process(
            target=_serve, args=(theirs, str(codes), str(folder), limits, os.getpid()), daemon=True
        )
        self.process.start()
        theirs.close()
        self.alive, self.ready, self.retried = True, False, False
        self.document: Document | None = None
        self.deadline = float("inf")

    def take(self, document: Document, retried: bool) -> None:
        """Start on a document. ``retried``: it has ended a worker before."""
        self.document, self.retried = document, retried
        self.deadline = time.monotonic() + SLACK * self.limits.seconds + 60 * (not self.ready)
        with contextlib.suppress(OSError):  # a worker that is dead already shows so in result()
            self.connection.send(document)

    def result(self) -> Outcome | Document | None:
        """The outcome, or the document when it is to be read again, or None when it is still being read."""
        assert self.document is not None
        document = self.document
        try:
            if not self.connection.poll():
                raise TimeoutError
            answer = self.connection.recv_bytes()
        except TimeoutError:
            self.end()
            return self._too_slow(document)
        except (EOFError, OSError):
            return self._died(document)
        if answer == READY:
            self.ready = True
            self.deadline = time.monotonic() + SLACK * self.limits.seconds
            return None
        if answer[:1] == STOP:
            self.end()
            raise CannotRead(answer[1:].decode())
        if answer[1:2] == STOP:
            self.end()
        return Outcome(document, answer[2:], answer[:1] == KEEP)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.alive = False
        self.process.kill()
        self.process.join()
        self.connection.close()

    def _too_slow(self, document: Document) -> Outcome:
        return self._failed(document, "file-too-slow", f"{self.limits.seconds} seconds")

    def _died(self, document: Document) -> Outcome | Document:
        self.process.join(5)
        code = self.process.exitcode or 0
        self.end()
        said = _last_line(self.folder / "messages")
        if not self.ready:
            raise CannotRead(
                f"the program that reads documents does not start: {said or f'it ended with {code}'}"
            )
        if -code == signal.SIGXCPU:
            return self._too_slow(document)
        if not self.retried:
            return document  # once more, alone in a fresh process: it may have paid for another's faults
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        what = f"{name}: {said}" if said else name
        keep = (
            -code != signal.SIGKILL
        )  # somebody else's kill, or the machine was out of memory: not its fault
        return self._failed(document, "file-crashed", what, keep)

    def _failed(self, document: Document, rule: str, quote: str, keep: bool = True) -> Outcome:
        return Outcome(document, encode([failed(document, rule, quote)], self.limits), keep)


def _last_line(file: Path) -> str:
    try:
        lines = file.read_text(errors="replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1].strip()[:300] if lines else ""


# --- in the worker


def _serve(connection: Connection, codes: str, folder: str, limits: Limits, parent: int) -> None:
    _settle(Path(folder), parent)
    use(limits)
    from pipeline.codes import load_codes

    _import_readers()
    lists = load_codes(Path(codes))
    connection.send_bytes(READY)
    while True:
        try:
            document = connection.recv()
        except EOFError:
            return
        try:
            with _bounded(limits):
                readings = read_document(document, lists, Path(folder))
                rules = {row["rule"] for reading in readings for row in reading.rows.get("findings", ())}
                packed = encode(readings, limits if "file-too-large" in rules else None)
        except MemoryError:
            packed = encode([failed(document, "file-too-large", f"{limits.memory} MB of memory")], limits)
            rules = {"file-too-large"}
        except OSError as error:  # not the document's fault: read_document turns those into findings
            connection.send_bytes(STOP + f"{error.strerror or error} ({folder})".encode())
            return
        kept = ONCE if rules & set(PASSING) else KEEP
        last = STOP if _swollen(limits) else READY
        connection.send_bytes(kept + last + packed)


def _settle(folder: Path, parent: int) -> None:
    """End with the parent, leave its Ctrl-C to it, drop no core, and keep what libraries print out of sight."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with(parent)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    messages = os.open(folder / "messages", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
    os.dup2(messages, 1)
    os.dup2(messages, 2)


def _import_readers() -> None:
    """What every document needs, before its memory is counted."""
    import pipeline.extract
    import pipeline.interpret
    import pipeline.preflight
    import pipeline.validate  # noqa: F401
    import schemas.tables  # noqa: F401


@contextlib.contextmanager
def _bounded(limits: Limits) -> Iterator[None]:
    """The limits of processor time and memory, counted from here."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + limits.seconds + 1
    with _soft(resource.RLIMIT_CPU, seconds), _soft(resource.RLIMIT_AS, _memory(0) + limits.memory * MB):
        yield


@contextlib.contextmanager
def _soft(which: int, limit: int) -> Iterator[None]:
    hard = resource.getrlimit(which)[1]
    if which == resource.RLIMIT_AS and sys.platform != "linux":
        limit = hard  # elsewhere this limit is unknown or cannot be measured against
    resource.setrlimit(which, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(which, (hard, hard))


def _memory(field: int) -> int:
    """Bytes of this process: 0 its whole address space, 1 what of it lies in memory. 0 where nobody says."""
    try:
        pages = Path("/proc/self/statm").read_text().split()
    except OSError:
        return 0
    return int(pages[field]) * resource.getpagesize()


def _swollen(limits: Limits) -> bool:
    """Whether documents have left so much behind that a fresh process is better."""
    return _memory(1) > 500 * MB + limits.memory * MB // 4
