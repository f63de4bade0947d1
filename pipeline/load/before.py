"""What the warehouse of the run before held, kept in the new one, so that the report can say what changed.

The run before is the last one whose record was kept. A run that ended between the swap and its record has told nobody
what it changed: of its warehouse not the findings are taken, but what it remembered itself, so nothing is lost.

Tables of the schema ``built``: ``run_before`` (one row, none when there was no run before), ``findings_before``
and ``values_before``. They are not part of what equal inputs give equally.
"""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

import duckdb

from pipeline.query import open_warehouse
from schemas.dictionary import quoted

KEY = (
    "left(md5(concat_ws(chr(31), rule, coalesce(document_path, ''), coalesce(directorate, ''), "
    "coalesce(financial_year, ''), coalesce(quarter::VARCHAR, ''), coalesce(measure, ''), coalesce(place, ''), "
    "coalesce(quote, ''), if(document_path IS NULL, council, NULL))), 10)"
)
"""SQL: a name for a finding that is the same in every run."""

TABLES = {
    "run_before": ("started VARCHAR", "When the run began that built the warehouse before this one"),
    "findings_before": (
        "finding VARCHAR, since VARCHAR, rule VARCHAR, severity VARCHAR, council VARCHAR, directorate VARCHAR, "
        "financial_year VARCHAR, quarter INTEGER, document_path VARCHAR, place VARCHAR, message VARCHAR",
        "The open findings of the warehouse before this one, with the run that first had each",
    ),
    "values_before": (
        "council VARCHAR, directorate VARCHAR, measure_id VARCHAR, measure VARCHAR, part VARCHAR, financial_year VARCHAR, "
        "quarter INTEGER, value_text VARCHAR, value DOUBLE, document_path VARCHAR, place VARCHAR",
        "The value to use of each period in the warehouse before this one",
    ),
}
COLUMNS = {
    "finding": "The finding's name, the same in every run",
    "since": "When the run began that first had the finding",
    "started": "When the run began",
}
_STARTED = "coalesce(detail -> 'this' ->> 'started', as_of::VARCHAR)"
_ASKED = {
    "run_before": f"SELECT {_STARTED} AS started FROM built.run",
    "findings_before": f"""
        SELECT DISTINCT ON (finding) {KEY} AS finding,
            coalesce(b.since, (SELECT {_STARTED} FROM built.run)) AS since, f.rule, f.severity, f.council, f.directorate,
            f.financial_year, f.quarter, f.document_path, f.place, f.message
        FROM findings AS f
        LEFT JOIN (SELECT finding AS known, since FROM built.findings_before) AS b ON b.known = {KEY}
        WHERE is_open""",
    "values_before": """
        SELECT council, directorate, measure_id, measure, part, financial_year, quarter, value_text, value, document_path, place
        FROM latest_results""",
}


def built_by(warehouse: Path) -> str | None:
    """When the run began that built this warehouse; None where nobody can ask it."""
    try:
        with open_warehouse(warehouse) as connection:
            return _began(connection)
    except (FileNotFoundError, duckdb.Error):
        return None


def _began(warehouse: duckdb.DuckDBPyConnection) -> str:
    return str(warehouse.execute(_ASKED["run_before"]).fetchall()[0][0])


def remember(
    connection: duckdb.DuckDBPyConnection, before: Path, recorded: Container[str] | None = None
) -> None:
    """Create the tables and fill them from the warehouse ``before``, where there is one that can be asked.

    ``recorded`` holds when each run began whose record was kept; None: the run that built ``before`` counts as one.
    """
    for name, (columns, comment) in TABLES.items():
        connection.execute(f"CREATE TABLE built.{name} ({columns})")
        connection.execute(f"COMMENT ON TABLE built.{name} IS '{comment}'")
        for column in COLUMNS.keys() & {said.split()[0] for said in columns.split(", ")}:
            connection.execute(f"COMMENT ON COLUMN built.{name}.{column} IS {quoted(COLUMNS[column])}")
    if not before.is_file():
        return
    try:
        with open_warehouse(before) as old:
            told = recorded is None or _began(old) in recorded
            asked = _ASKED if told else {name: f"FROM built.{name}" for name in TABLES}
            answers = {name: old.sql(sql).to_arrow_table() for name, sql in asked.items()}
    except duckdb.Error:
        return  # built by an older program, or damaged: then nothing is said about changes
    for name, answer in answers.items():
        connection.register("before", answer)
        connection.execute(f"INSERT INTO built.{name} BY NAME SELECT * FROM before")
        connection.unregister("before")
