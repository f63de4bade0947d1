"""Questions to the warehouse: read-only, without access to other files."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

VIEWS = "SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = 'main' ORDER BY view_name"


@contextlib.contextmanager
def open_warehouse(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can read the warehouse and nothing else, and cannot be talked out of it."""
    if not warehouse.is_file():
        raise FileNotFoundError(f"there is no warehouse at {warehouse}; build it with: make ingest")
    with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection


def run_query(warehouse: Path, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """(names of the columns, rows) of a query. Raises duckdb.Error for what DuckDB cannot answer."""
    with open_warehouse(warehouse) as connection:
        answer = connection.execute(sql)
        names = [column[0] for column in answer.description or []]
        return names, answer.fetchall() if names else []


def export_rows(warehouse: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of readings, codes and main's views -> its rows in order; equal inputs give equal exports.

    What is said of the runs themselves (built.run, runs) is left out.
    """
    with open_warehouse(warehouse) as connection:
        tables = connection.execute(
            "SELECT schema_name || '.\"' || table_name || '\"' FROM duckdb_tables() "
            "WHERE schema_name IN ('readings', 'codes') ORDER BY ALL"
        ).fetchall()
        names = [str(row[0]) for row in tables + connection.execute(VIEWS).fetchall() if row[0] != "runs"]
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in names}
