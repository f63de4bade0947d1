"""Questions to the warehouse: read-only, without access to other files."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

Row = tuple[Any, ...]
VIEWS = "SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = 'main' ORDER BY view_name"


class NotOneQuestion(ValueError):
    """A text with no question in it, or with several, of which all answers but the last would be lost."""


@contextlib.contextmanager
def open_warehouse(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can read the warehouse and nothing else, and cannot be talked out of it."""
    if not warehouse.is_file():
        raise FileNotFoundError(f"there is no warehouse at {warehouse}; build it with: make ingest")
    with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection


def run_query(warehouse: Path, sql: str, at_most: int | None = None) -> tuple[list[str], list[Row]]:
    """(names of the columns, rows) of a question; ``at_most`` so many rows, however many there are.

    Raises NotOneQuestion, and duckdb.Error for what DuckDB cannot answer.
    """
    with open_warehouse(warehouse) as connection:
        questions = connection.extract_statements(sql)
        if len(questions) != 1:
            raise NotOneQuestion("ask one question at a time" if questions else "there is no question in it")
        answer = connection.execute(questions[0])
        names = [column[0] for column in answer.description or []]
        return names, answer.fetchall() if at_most is None else answer.fetchmany(at_most)


def export_rows(warehouse: Path) -> dict[str, list[Row]]:
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
