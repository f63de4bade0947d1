"""What earlier runs saw and did: the history of runs and the register of every file ever seen.

Both lie beside the warehouse (``runs.jsonl``, ``register.csv``) and survive every rebuild. From the register
comes the knowledge that a file's bytes changed under an old name, or that a file disappeared; both stay
findings, run after run, until somebody says ``--accept-changes``.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.documents import about
from pipeline.shapes import Document, Finding

COLUMNS = ("path", "sha256", "first_seen")


@dataclass(frozen=True, slots=True)
class Seen:
    """A file once seen: path below raw/, SHA-256, the moment of the first run that saw it."""

    path: str
    sha256: str
    first_seen: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different from all earlier runs, as findings by path, and the register to keep."""

    new: int
    replaced: int
    gone: int
    findings: tuple[tuple[str, Finding], ...]
    register: tuple[Seen, ...]


def compare(seen: Iterable[Seen], documents: Iterable[Document], now: str) -> Changes:
    """The files of this run against every file seen before."""
    before: dict[str, list[Seen]] = {}
    for entry in seen:
        before.setdefault(entry.path, []).append(entry)
    present = {document.path: document.sha256 for document in documents}
    moved_to = {digest: path for path, digest in present.items() if path not in before}
    findings: list[tuple[str, Finding]] = []
    register: list[Seen] = []
    new = replaced = gone = 0
    for path, digest in present.items():
        entries = before.get(path, [])
        fresh = digest not in {entry.sha256 for entry in entries}
        entries = [*entries, Seen(path, digest, now)] if fresh else entries
        register += entries
        new += fresh and len(entries) == 1
        replaced += fresh and len(entries) > 1
        if len(entries) > 1:
            findings.append((path, about("file-replaced", path, path, first_seen=entries[0].first_seen)))
    for path, entries in before.items():
        if path in present:
            continue
        target = moved_to.get(entries[-1].sha256)
        if target:
            findings.append((target, about("file-moved", target, path, was=path)))
        else:
            register += entries
            gone += 1
            findings.append((path, about("file-disappeared", path, path, first_seen=entries[0].first_seen)))
    return Changes(
        new, replaced, gone, tuple(findings), tuple(sorted(register, key=lambda s: (s.path, s.first_seen)))
    )


def read_register(warehouse: Path) -> list[Seen]:
    """Every file seen by earlier runs; empty when there was none."""
    try:
        with (warehouse / "register.csv").open(encoding="utf-8", newline="") as file:
            return [Seen(row["path"], row["sha256"], row["first_seen"]) for row in csv.DictReader(file)]
    except FileNotFoundError:
        return []


def write_register(warehouse: Path, register: Iterable[Seen]) -> None:
    """Put a new register in the place of the old one, whole."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows([seen.path, seen.sha256, seen.first_seen] for seen in register)
    file = warehouse / "register.csv"
    new = warehouse / f".register.{os.getpid()}.new"
    new.write_text(text.getvalue(), encoding="utf-8")
    os.replace(new, file)


def read_runs(warehouse: Path) -> list[dict[str, Any]]:
    """The records of earlier runs, oldest first; a last line that was cut off by a crash is left out."""
    runs = []
    try:
        lines = (warehouse / "runs.jsonl").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    for line in lines:
        try:
            runs.append(json.loads(line))
        except ValueError:
            continue
    return runs


def add_run(warehouse: Path, record: Mapping[str, Any]) -> None:
    """Add the record of a finished run, on the disk when this returns."""
    file = warehouse / "runs.jsonl"
    cut_off = file.exists() and file.read_bytes()[-1:] not in (b"", b"\n")
    with file.open("a", encoding="utf-8") as opened:
        opened.write("\n" * cut_off + json.dumps(record, sort_keys=True) + "\n")
        opened.flush()
        os.fsync(opened.fileno())
