"""Readings -> a new DuckDB file: base tables, identities, views, checks; then swapped into place.

The warehouse is never changed in place: ``load`` builds a new file beside the old one and puts it in its
place when it is complete, so a reader that has the old file open keeps reading it, and a build that fails
leaves the old one as it was.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipeline.load.before import remember
from pipeline.load.codes import load_codes
from pipeline.load.identity import identify
from pipeline.load.rows import create_tables, insert, insert_readings, settle
from pipeline.load.sql import comment_columns, run_checks, run_views
from pipeline.load.suggestions import write_suggestions
from pipeline.shapes import Finding, Reading
from pipeline.validate import finding_row
from schemas.dictionary import quoted
from schemas.tables import TABLES

STORAGE_VERSION = "v1.4.0"
"""Readable by DuckDB 1.4 and later; analysts use older tools than we do."""

MEMORY = "50%"
"""How much of the machine's memory loading may take before it goes on with temporary files beside the warehouse."""


def load(
    readings: Iterable[Reading],
    codes: Path,
    warehouse: Path,
    run: Mapping[str, Any],
    findings: Iterable[Finding] = (),
) -> None:
    """Build the warehouse of these Readings (validated) and swap it in.

    ``codes`` is the folder of the code lists, ``warehouse`` the DuckDB file. ``run`` says what is known of
    this run: 'raw' (folder with corrections.csv, waivers.csv and expected.csv), 'as_of' (day as 2026-11-24
    on which waivers are judged; today when it is missing), 'runs' (the records of all runs, this one the
    last), and anything else worth keeping. ``findings`` are
    those about no document. Beside the warehouse stand then ``suggestions.csv`` and ``measures-proposed.csv``.
    Raises what a wrong code list or SQL file raises; the old warehouse then stays as it was.
    """
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    new = warehouse.parent / f".{warehouse.name}.{os.getpid()}.new"
    spill = warehouse.parent / f".{warehouse.name}.{os.getpid()}.spill"
    _remove(new)
    try:
        config: dict[str, Any] = {"temp_directory": str(spill), "memory_limit": MEMORY}
        with contextlib.closing(duckdb.connect(config=config)) as connection:
            # DuckDB draws a bar of its own over that of the run once a statement takes two seconds.
            connection.execute("SET enable_progress_bar = false")
            connection.execute(
                f"ATTACH {quoted(str(new))} AS warehouse (STORAGE_VERSION '{STORAGE_VERSION}')"
            )
            connection.execute("USE warehouse")
            # one transaction: else each of a thousand statements waits for the disk
            connection.execute("BEGIN")
            _fill(connection, readings, codes, run, findings, warehouse)
            connection.execute("COMMIT")
            write_suggestions(connection, warehouse.parent)
            connection.execute("CHECKPOINT warehouse")
            connection.execute("USE memory")
            connection.execute("DETACH warehouse")
        _swap(new, warehouse)
    finally:
        _remove(new)
        shutil.rmtree(spill, ignore_errors=True)


def _fill(
    connection: duckdb.DuckDBPyConnection,
    readings: Iterable[Reading],
    codes: Path,
    run: Mapping[str, Any],
    findings: Iterable[Finding],
    before: Path,
) -> None:
    for schema in ("readings", "codes", "built"):
        connection.execute(f"CREATE SCHEMA {schema}")
    create_tables(connection, "readings", TABLES)
    many = insert_readings(connection, readings)
    loose = [finding_row(None, finding) for finding in findings]
    insert(connection, "readings.findings", TABLES["findings"], loose)
    raw = run.get("raw")
    load_codes(connection, codes, Path(raw) if raw else None)
    _note_run(connection, run)
    identify(connection)
    run_views(connection, settle if many else None)
    run_checks(connection)
    # this run is the last of them, and none has ended with its start
    recorded = {str(record.get("started")) for record in run["runs"][:-1]} if "runs" in run else None
    remember(connection, before, recorded)
    comment_columns(connection)


def _note_run(connection: duckdb.DuckDBPyConnection, run: Mapping[str, Any]) -> None:
    """``built.run``: one row about this run. It is left out where equal builds are compared."""
    connection.execute("CREATE TABLE built.run (as_of DATE, detail JSON)")
    connection.execute("COMMENT ON TABLE built.run IS 'About the run that built this warehouse'")
    kept = {name: value for name, value in run.items() if name not in ("raw", "as_of", "runs")}
    connection.execute(
        "INSERT INTO built.run VALUES (?, ?)",
        [run.get("as_of") or date.today().isoformat(), json.dumps(kept, default=str, sort_keys=True)],
    )
    connection.execute("CREATE TABLE built.runs (run_no INTEGER, record JSON)")
    connection.execute("COMMENT ON TABLE built.runs IS 'The records of all runs so far, this one the last'")
    history = [
        [number, json.dumps(record, default=str)] for number, record in enumerate(run.get("runs", ()), 1)
    ]
    if history:
        connection.executemany("INSERT INTO built.runs VALUES (?, ?)", history)


def _swap(new: Path, warehouse: Path) -> None:
    """Put the complete file in the place of the old one, safe against a power cut."""
    with new.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(new, warehouse)
    with contextlib.suppress(OSError):
        folder = os.open(warehouse.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _remove(path: Path) -> None:
    for leftover in (path, path.with_name(path.name + ".wal")):
        leftover.unlink(missing_ok=True)
