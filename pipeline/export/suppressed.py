"""The warehouse as it would be had the documents printed [c] for every small count.

Suppressing in the printed results, and building every view on top of them anew, leaves no view that gives a count away
by a difference, a total or a rank.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.load.sql import comment_columns, run_views
from schemas.dictionary import quoted

TEXTS = {
    "views": frozenset({"findings"}),
    "columns": frozenset({"progress_summary", "comments", "direction_text"}),
}
"""Views and columns of running text, which may repeat a suppressed count: they are left out."""

EMPTIED = ("value", "digits", "upper", "native", "comparator")


def suppressed(connection: duckdb.DuckDBPyConnection, file: Path, largest: int) -> None:
    """Build the suppressed warehouse in a new ``file`` from the attached ``warehouse`` and make it the current one.

    Suppressed are whole numbers from 1 to ``largest`` in results and other values, unless codes.units knows their unit
    as no count, and every text that holds such a number beside its figure ('60% (3 of 5)').
    """
    connection.execute(f"ATTACH {quoted(str(file))} AS suppressed")
    connection.execute("USE suppressed")
    given = connection.execute(
        "SELECT schema_name, table_name, comment FROM duckdb_tables() WHERE database_name = 'warehouse' AND "
        "(schema_name IN ('readings', 'codes') "
        "OR (schema_name = 'built' AND table_name IN ('councils', 'wordings', 'lineages', 'meanings', 'run', 'runs', 'answers')))"
    ).fetchall()
    for schema in ("readings", "codes", "built"):
        connection.execute(f"CREATE SCHEMA {schema}")
    for schema, table, _ in given:
        connection.execute(f'CREATE TABLE {schema}."{table}" AS FROM warehouse.{schema}."{table}"')
    for table, text in (
        ("readings.results", "value_text"),
        ("readings.other_values", "value_text"),
        ("built.meanings", "meaning"),
    ):
        columns = {row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()}
        empty = [f"{name} = NULL" for name in EMPTIED if name in columns]
        connection.execute(
            f"UPDATE {table} SET {text} = '[c]', value_status = 'suppressed', {', '.join(empty)} "
            f"WHERE {_small(text, largest)}"
        )
    run_views(connection)
    comment_columns(connection)


def _small(text: str, largest: int) -> str:
    """SQL: whether a row holds a count from 1 to ``largest``, as its figure or elsewhere in its text."""
    numbers = "|".join(str(number) for number in range(1, largest + 1))
    alone = f"(^|[^0-9A-Za-z.,£$€/-])({numbers})($|[^0-9.,%/]|[.,]($|[^0-9]))"
    counted = "coalesce(unit NOT IN (SELECT u.unit FROM codes.units AS u WHERE u.kind != 'count'), TRUE)"
    figure = f"coalesce(value = round(value) AND value BETWEEN 1 AND {largest}, FALSE)"
    return f"CASE WHEN {figure} THEN {counted} ELSE regexp_matches({text}, {quoted(alone)}) END"
