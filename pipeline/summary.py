"""The record of a run: what went in, with what program, and what came out. And when nothing has to be done."""

from __future__ import annotations

import hashlib
import platform
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.cache import Cache, program_version
from pipeline.documents import OWN, OWN_FOLDERS
from pipeline.runs import Changes
from pipeline.shapes import Document, Finding

DATABASE = "scorecards.duckdb"
LOST = ("unreadable", "empty", "quarantined")
"""documents.status of a file that could not be loaded."""

Found = Sequence[tuple[str, Finding]]
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. ``lost`` files could not be loaded; ``findings``: the open ones by severity; ``unchanged`` means that nothing had to be done."""

    documents: int
    read: int
    lost: tuple[str, ...]
    results: int
    findings: dict[str, int]
    unclaimed: int
    report: Path
    unchanged: bool = False

    def lines(self) -> Iterator[str]:
        """What to print of it."""
        counts = {name: self.findings.get(name, 0) for name in ("error", "warning", "note")}
        found = ", ".join(f"{n:,} {name}{'s' * (n != 1)}" for name, n in counts.items() if n) or "none"
        if self.unchanged:
            yield "Nothing has changed since the last run; the warehouse is up to date."
        yield f"Documents read:    {self.read:,} (from {self.documents:,} files)"
        yield f"Results loaded:    {self.results:,}"
        yield f"Findings:          {found}"
        yield f"Cells unclaimed:   {self.unclaimed:,}"
        yield f"Report:            {self.report}"


def record_of(
    started: str,
    raw: Path,
    documents: Sequence[Document],
    changes: Changes,
    runs: Sequence[Record],
    cache: Cache,
    findings: Found,
) -> Record:
    program = program_version()
    last = next((run for run in reversed(runs) if "results" in run), None)
    inputs = hashlib.sha256(f"{program} {date.today()}".encode())
    for document in documents:
        inputs.update(cache.file(document).name.encode())
    for path, finding in findings:
        inputs.update(f"{path} {finding.rule} {finding.quote}".encode())
    for name in sorted(OWN):
        own = raw / name
        inputs.update(own.read_bytes() if own.is_file() else b"")
    for folder in sorted(OWN_FOLDERS):
        for own in sorted(path for path in (raw / folder).rglob("*") if path.is_file()):
            inputs.update(own.relative_to(raw).as_posix().encode() + own.read_bytes())
    return {
        "started": started,
        "raw": str(raw),
        "program": program,
        "code_changed": last is not None and last["program"] != program,
        "machine": f"{socket.gethostname()}, {platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "documents": len(documents),
        "new": changes.new,
        "replaced": changes.replaced,
        "gone": changes.gone,
        "inputs": inputs.hexdigest(),
    }


def nothing_new(record: Record, runs: Sequence[Record], warehouse: Path) -> bool:
    """Whether the last run had the same input, and its warehouse and report are there.

    A run killed after the swap left a warehouse that no record knows; it may be of other input.
    """
    if not runs or runs[-1].get("inputs") != record["inputs"] or "results" not in runs[-1]:
        return False
    from pipeline.load.before import built_by

    report = (warehouse / "report" / "index.html").is_file()
    return report and built_by(warehouse / DATABASE) in {run.get("started") for run in runs}


def count(warehouse: Path) -> Record:
    from pipeline.query import run_query

    def ask(sql: str) -> list[tuple[Any, ...]]:
        return run_query(warehouse / DATABASE, sql)[1]

    lost = ask(
        f"FROM (SELECT document_path FROM documents WHERE status IN {LOST} UNION "
        "SELECT f.document_path FROM findings f JOIN documents d ON f.detail ->> 'same_as' = d.document_path "
        f"WHERE f.rule = 'file-duplicate' AND d.status IN {LOST}) ORDER BY 1"
    )
    return {
        "read": ask("SELECT count(*) FROM documents WHERE status = 'read'")[0][0],
        "lost": [row[0] for row in lost],
        "results": ask("SELECT count(*) FROM results")[0][0],
        "findings": dict(ask("SELECT severity, count(*) FROM findings WHERE is_open GROUP BY 1 ORDER BY 1")),
        "unclaimed": int(ask("SELECT coalesce(sum(unclaimed), 0) FROM coverage")[0][0]),
    }


def summary_of(run: Record, warehouse: Path) -> Summary:
    """The summary of a run that its record holds."""
    return Summary(
        run["documents"],
        run["read"],
        tuple(run["lost"]),
        run["results"],
        run["findings"],
        run["unclaimed"],
        report=warehouse / "report" / "index.html",
        unchanged=bool(run.get("unchanged")),
    )
