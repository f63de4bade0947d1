"""Which council a document is of, what its directorate was called before, and which measure each wording is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from pipeline.identity import Identities, normalise
from schemas.dictionary import quoted

_COUNCILS = """
    WITH named AS (
        SELECT directorate, min(council) AS council
        FROM readings.documents
        WHERE council IS NOT NULL
        GROUP BY directorate
        HAVING count(DISTINCT council) = 1
    )
    SELECT d.document_id, coalesce(d.council, n.council) AS council
    FROM readings.documents AS d
    LEFT JOIN named AS n USING (directorate)
"""
"""One format of a document names the council, another does not: a directorate of one known council is its."""

_WORDINGS = """
    SELECT DISTINCT m.measure, d.directorate, m.section, c.council
    FROM readings.measures AS m
    INNER JOIN readings.documents AS d USING (document_id)
    INNER JOIN built.councils AS c USING (document_id)
    ORDER BY ALL
"""


def identify(connection: duckdb.DuckDBPyConnection) -> None:
    """``built.councils``, ``built.lineages`` and ``built.wordings``, from the Readings and the code lists."""
    identities = Identities.from_lists(
        _rows(connection, "wordings"), _rows(connection, "directorate_history")
    )
    connection.execute(f"CREATE TABLE built.councils AS {_COUNCILS}")
    _comment(connection, "councils", "The council of every document")
    held = connection.execute(
        "SELECT DISTINCT c.council, d.directorate FROM readings.documents AS d "
        "INNER JOIN built.councils AS c USING (document_id) WHERE d.directorate IS NOT NULL ORDER BY ALL"
    ).fetchall()
    _table(
        connection,
        "lineages",
        ("council", "directorate", "lineage"),
        [(council, name, identities.lineage(name, council)) for council, name in held],
        "Every directorate with its oldest name, which is its own unless it was only renamed",
    )
    found = connection.execute(_WORDINGS).fetchall()
    _table(
        connection,
        "wordings",
        ("measure", "directorate", "section", "council", "normalised", "measure_id", "identified_by"),
        [(*row, normalise(row[0]), *identities.of(*row)) for row in found],
        "Every wording with the measure it was found to be",
    )


def _table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str | None]],
    comment: str,
) -> None:
    """A table of texts in the schema ``built``; a million rows go in as columns, not one by one."""
    connection.execute(f"CREATE TABLE built.{name} ({', '.join(f'{column} VARCHAR' for column in columns)})")
    _comment(connection, name, comment)
    if rows:
        import pyarrow as pa

        batch = [pa.array(values, pa.string()) for values in zip(*rows, strict=True)]
        connection.register("batch", pa.table(batch, names=list(columns)))
        connection.execute(f"INSERT INTO built.{name} SELECT * FROM batch")
        connection.unregister("batch")


def _comment(connection: duckdb.DuckDBPyConnection, name: str, text: str) -> None:
    connection.execute(f"COMMENT ON TABLE built.{name} IS {quoted(text)}")


def _rows(connection: duckdb.DuckDBPyConnection, code_list: str) -> list[dict[str, Any]]:
    answer = connection.execute(f"SELECT * FROM codes.{code_list}")
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
