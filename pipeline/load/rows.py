"""Rows of Readings -> the base tables of DuckDB, in large batches through Arrow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.reading import document_row
from pipeline.shapes import Reading
from pipeline.validate import with_derived_rows
from schemas.columns import Table
from schemas.dictionary import ddl, kind
from schemas.tables import TABLES

Row = Mapping[str, Any]
BATCH = 50_000
OF_THE_NAME = frozenset({"file-name-odd", "file-disguised", "file-replaced", "file-moved"})
"""Findings about the name of one file; a copy has its own."""
_ARROW = {"string": pa.string(), "Int64": pa.int32(), "Float64": pa.float64(), "boolean": pa.bool_()}


def create_tables(
    connection: duckdb.DuckDBPyConnection, schema: str, models: Mapping[str, type[Table]]
) -> None:
    """Empty tables of these models in a schema of the database, with CHECKs and COMMENTs."""
    for name, model in models.items():
        for statement in ddl(f"{schema}.{name}", model):
            connection.execute(statement)


def insert(
    connection: duckdb.DuckDBPyConnection, table: str, model: type[Table], rows: Iterable[Row]
) -> None:
    """Add rows to a table made from its model; a column that a row does not name is empty."""
    listed = list(rows)
    if not listed:
        return
    columns = model.to_schema().columns
    arrays = [
        pa.array([row.get(name) for row in listed], type=_ARROW[kind(column)])
        for name, column in columns.items()
    ]
    batch = pa.table(arrays, names=list(columns))
    connection.register("batch", batch)
    connection.execute(f"INSERT INTO {table} SELECT * FROM batch")
    connection.unregister("batch")


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Commit what is there and begin anew: rows of an open transaction stay in memory, 4 GB at ten million results.

    Nothing is lost by it: the new file is nobody's before it is complete.
    """
    connection.execute("COMMIT")
    connection.execute("BEGIN")


def insert_readings(connection: duckdb.DuckDBPyConnection, readings: Iterable[Reading]) -> bool:
    """All rows of all Readings into the schema ``readings``, in batches; whether they were more than one batch.

    A file that stands twice in raw/ gives the same document_id twice: the first is loaded, the second becomes
    the finding ``file-duplicate``, beside its own findings and, when nothing could be read from the first, those
    that say why. A Reading without a row of documents (nothing could be read) gets one from its Document.
    """
    waiting: dict[str, list[Row]] = {name: [] for name in TABLES}
    loaded: dict[str, str] = {}
    unread: dict[str, Sequence[Row]] = {}
    many = False
    for reading in readings:
        rows = _complete(reading).rows
        identity, path = str(rows["documents"][0]["document_id"]), str(rows["documents"][0]["document_path"])
        if identity in loaded:
            waiting["findings"].append(_duplicate(path, loaded[identity]))
            waiting["findings"] += [
                _of_copy(row, path) for row in (*unread.get(identity, ()), *rows.get("findings", ()))
            ]
            continue
        loaded[identity] = path
        if rows["documents"][0].get("status") != "read":
            unread[identity] = [row for row in rows["findings"] if row["rule"] not in OF_THE_NAME]
        for name, given in rows.items():
            waiting[name].extend(given)
            if len(waiting[name]) >= BATCH:
                insert(connection, f"readings.{name}", TABLES[name], waiting[name])
                waiting[name] = []
                settle(connection)
                many = True
    for name, left in waiting.items():
        insert(connection, f"readings.{name}", TABLES[name], left)
    return many


def _complete(reading: Reading) -> Reading:
    if "findings" not in reading.rows:
        reading = with_derived_rows(reading)
    if reading.rows.get("documents"):
        return reading
    return Reading(
        reading.document,
        {**reading.rows, "documents": (document_row(reading.document, "unreadable"),)},
        reading.findings,
        reading.ledger,
    )


def _of_copy(row: Row, path: str) -> dict[str, Any]:
    """A finding about a document as the same finding about a copy of its file, which is no document itself."""
    detail = {**json.loads(row.get("detail") or "{}"), "document_path": path}
    return {**row, "document_id": None, "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True)}


def _duplicate(path: str, same_as: str) -> dict[str, Any]:
    detail = json.dumps({"document_path": path, "same_as": same_as}, ensure_ascii=False)
    return {"rule": "file-duplicate", "quote": path, "detail": detail}
