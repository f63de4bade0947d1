"""The SQL of warehouse/: numbered views in order, then the checks, then a COMMENT on every column."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from schemas.dictionary import descriptions, quoted
from schemas.tables import TABLES

SQL = Path(__file__).resolve().parents[2] / "warehouse"
LAST = ("waiver-matches-nothing",)
"""Checks about what the other checks found."""
FOUND = ("document_id", "place", "quote", "quarter", "measure", "detail")


class SqlError(RuntimeError):
    """A file of warehouse/ that DuckDB refuses; the message names the file."""


def run_views(
    connection: duckdb.DuckDBPyConnection, after: Callable[[duckdb.DuckDBPyConnection], None] | None = None
) -> None:
    """Every numbered file, in order of its number; ``after`` is called after each."""
    for path in sorted((SQL / "views").glob("*.sql")):
        _execute(connection, path, path.read_text(encoding="utf-8"))
        if after:
            after(connection)


def run_checks(connection: duckdb.DuckDBPyConnection, folder: Path = SQL / "checks") -> None:
    """Fill ``built.findings``: the findings of the Readings, then what each check returns.

    A check is one query; its file name is the rule. It returns the columns document_id, place, quote,
    quarter, measure and detail (JSON), in any order; a column it leaves out is empty.
    """
    connection.execute(
        "INSERT INTO built.findings SELECT document_id, rule, place, quote, quarter, measure, detail, 'reading' "
        "FROM readings.findings"
    )
    for path in sorted(folder.glob("*.sql"), key=lambda path: (path.stem in LAST, path.name)):
        query = path.read_text(encoding="utf-8").strip().rstrip(";")
        given = [row[0] for row in _execute(connection, path, f"DESCRIBE {query}").fetchall()]
        unknown = set(given) - set(FOUND)
        if unknown:
            raise SqlError(
                f"{path.name} returns columns that a finding does not have: {', '.join(sorted(unknown))}"
            )
        columns = ", ".join(name if name in given else f"NULL AS {name}" for name in FOUND)
        _execute(
            connection,
            path,
            "INSERT INTO built.findings BY NAME "
            f"SELECT {columns}, {quoted(path.stem)} AS rule, 'check' AS found_by FROM ({query})",
        )


def comment_columns(connection: duckdb.DuckDBPyConnection, folder: Path = SQL / "views") -> None:
    """A COMMENT on every column that has none: a name means the same everywhere.

    The words come from ``columns.csv`` beside the views, else from the models of the base tables.
    """
    said = {column: text for _, column, text in reversed(list(descriptions(TABLES)))}
    with (folder / "columns.csv").open(encoding="utf-8", newline="") as file:
        said |= {row["column"]: row["description"] for row in csv.DictReader(file)}
    bare = connection.execute(
        "SELECT schema_name, table_name, column_name FROM duckdb_columns() "
        "WHERE NOT internal AND comment IS NULL AND database_name = current_database()"
    ).fetchall()
    for schema, table, column in bare:
        if column in said:
            connection.execute(f'COMMENT ON COLUMN {schema}."{table}"."{column}" IS {quoted(said[column])}')


def examples(folder: Path = SQL / "views") -> dict[str, str]:
    """View -> the example query that stands above it in its file."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.sql")):
        found |= _examples(path.read_text(encoding="utf-8").splitlines())
    return found


def _examples(lines: Iterable[str]) -> dict[str, str]:
    found, waiting = {}, None
    for line in lines:
        if line.startswith("-- Example: "):
            waiting = line.removeprefix("-- Example: ").strip()
        elif waiting and line.startswith(("CREATE VIEW ", "CREATE MACRO ")):
            found[line.split()[2].partition("(")[0]] = waiting
            waiting = None
    return found


def _execute(connection: duckdb.DuckDBPyConnection, path: Path, statement: str) -> duckdb.DuckDBPyConnection:
    try:
        return connection.execute(statement)
    except duckdb.Error as error:
        raise SqlError(f"warehouse/{path.parent.name}/{path.name}: {error}") from error
