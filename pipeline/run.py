"""The whole way on one page: register -> read what is new, each document by itself -> load -> report."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from pipeline.cache import ROOT, Cache, code_version, decode
from pipeline.codes import load_codes
from pipeline.documents import register
from pipeline.isolate import CannotRead, read_isolated
from pipeline.limits import Limits, use
from pipeline.lock import hold
from pipeline.reading import failed, with_findings
from pipeline.runs import Changes, add_run, compare, read_register, read_runs, write_register
from pipeline.shapes import Document, Finding, Reading
from pipeline.summary import DATABASE, Found, Summary, count, nothing_new, record_of, summary_of
from pipeline.summary import Record as Run

CODES = ROOT / "schemas" / "codes"
LEFTOVERS = (".work-*", f".{DATABASE}.*", ".register.*.new")
Tell = Callable[[str, int, int, str], None]
"""Told of progress: stage, how many are done, of how many, which document."""


class NothingToRead(Exception):
    """raw/ is missing or holds nothing; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: limits, number of processes (None: one per core), what to do again, what to accept, code lists,
    the scheduler of a cluster (tcp://host:port) that reads instead of this machine, the storage it shares.
    """

    limits: Limits = field(default_factory=Limits)
    workers: int | None = None
    rebuild: bool = False
    accept_changes: bool = False
    codes: Path = CODES
    scheduler: str | None = None
    storage: str | None = None


def ingest(raw: Path, warehouse: Path, tell: Tell, options: Options | None = None) -> Summary:
    """Read everything below ``raw`` and build the warehouse and its report in the folder ``warehouse``.

    Raises NothingToRead, Held (another ingest is running), CannotRead, CodeListError, OSError, SqlError; the warehouse is then as it was.
    """
    options = options or Options()
    use(options.limits)
    with hold(warehouse):
        _sweep(warehouse)
        load_codes(options.codes)  # a list that cannot be read is told before any document waits for it
        started = _now()
        tell("Looking at the files", 0, 0, "")
        documents, findings, changes = _register(raw, warehouse, started, options)
        runs = read_runs(warehouse)
        cache = Cache(warehouse / "cache", code_version(codes=options.codes), options.limits)
        record = record_of(started, raw, documents, changes, runs, cache, findings)
        if not options.rebuild and nothing_new(record, runs, warehouse):
            again = {**runs[-1], **record, "finished": _now(), "unchanged": True}
            add_run(warehouse, again)
            return summary_of(again, warehouse)
        fresh = [d for d in documents if d.sha256 and (options.rebuild or not cache.has(d))]
        in_passing = _read(_unique(fresh), cache, warehouse, options, tell)
        tell("Building the warehouse", 0, 0, "")
        registered = {document.path for document in documents}
        loose = [(path, finding) for path, finding in findings if path not in registered]
        about_run = {"raw": str(raw), "this": record, "runs": [*runs, record]}
        _load(_readings(documents, findings, cache, in_passing), options.codes, warehouse, about_run, loose)
        tell("Writing the report", 0, 0, "")
        record |= count(warehouse)
        record["quality"] = _report(warehouse, keep=not options.rebuild)
        record["finished"] = _now()
        # from here on the run has told what it found; killed before, the next one tells it
        write_register(warehouse, changes.register)
        add_run(warehouse, record)
        cache.sweep(documents)
        return summary_of(record, warehouse)


def _register(
    raw: Path, warehouse: Path, now: str, options: Options
) -> tuple[list[Document], Found, Changes]:
    try:
        found = register(raw)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NothingToRead(
            f"{error}; put the scorecards and returns into it as {raw}/2012-13/Q1/file.pdf"
        ) from None
    if not found.documents and not found.findings:
        raise NothingToRead(
            f"there is no file in {raw}; put scorecards and returns into it as {raw}/2012-13/Q1/file.pdf"
        )
    changes = compare([] if options.accept_changes else read_register(warehouse), found.documents, now)
    return list(found.documents), [*found.findings, *changes.findings], changes


def _unique(documents: Sequence[Document]) -> list[Document]:
    """Each content once; a second file with the same bytes is reported when it is loaded."""
    return list({document.document_id: document for document in reversed(documents)}.values())[::-1]


def _read(
    documents: Sequence[Document], cache: Cache, warehouse: Path, options: Options, tell: Tell
) -> dict[str, bytes]:
    """Read documents into the cache; what the cache must not keep comes back, packed, by document_id."""
    if not documents:
        return {}
    work = warehouse / f".work-{os.getpid()}"
    passing: dict[str, bytes] = {}
    tell("Reading", 0, len(documents), "")
    try:
        if options.scheduler:
            from pipeline.cluster import read_on_cluster

            outcomes = read_on_cluster(
                documents, options.codes, options.limits, options.scheduler, options.storage
            )
        else:
            outcomes = read_isolated(documents, options.codes, work, options.limits, options.workers)
        for done, outcome in enumerate(outcomes, 1):
            if outcome.keep:
                cache.put(outcome.document, outcome.packed)
            else:
                passing[outcome.document.document_id] = outcome.packed
            tell("Reading", done, len(documents), outcome.document.path)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return passing


def _readings(
    documents: Sequence[Document], findings: Found, cache: Cache, passing: dict[str, bytes]
) -> Iterator[Reading]:
    """The Readings of all documents in the order of their paths, one document in memory at a time."""
    by_path: dict[str, list[Finding]] = {}
    for path, finding in findings:
        by_path.setdefault(path, []).append(finding)
    loaded: set[str] = set()
    for document in documents:
        said = by_path.get(document.path, [])
        packed = passing.get(document.document_id)
        if not document.sha256:
            yield replace(failed(document, said[0].rule, said[0].quote, said[1:]), findings=())
        elif document.document_id in loaded:
            yield Reading(document, {}, tuple(said), ())
        else:
            readings = decode(document, packed) if packed else cache.get(document)
            if not readings:
                raise CannotRead(
                    f"what was read from {document.path} is gone from {cache.folder}; run it again"
                )
            yield with_findings(readings[0], said)
            yield from readings[1:]
        loaded.add(document.document_id)


def _load(readings: Iterator[Reading], codes: Path, warehouse: Path, about_run: Run, loose: Found) -> None:
    from pipeline.load import load

    load(readings, codes, warehouse / DATABASE, about_run, [finding for _, finding in loose])


def _report(warehouse: Path, keep: bool) -> dict[str, float | None]:
    """Write the report; gives the quality score by dimension, which the reports of later runs compare with."""
    from pipeline.report import write_report

    report = write_report(warehouse, keep=keep).parent
    scores: dict[str, float | None] = json.loads((report / "quality.json").read_text(encoding="utf-8"))
    return scores


def _sweep(warehouse: Path) -> None:
    """Remove what a killed run left behind; nobody else can be at work, we hold the lock."""
    for pattern in LEFTOVERS:
        for path in warehouse.glob(pattern):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _now() -> str:
    return datetime.now().astimezone().isoformat(" ", "milliseconds")
