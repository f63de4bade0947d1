"""What the report asks the warehouse, by the name that the pages know it under."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

import duckdb

from pipeline.load.before import KEY

Row = dict[str, Any]
Rows = list[Row]

ORDER = "CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END"

QUESTIONS = {
    "documents": """
        SELECT d.*, c.cells, c.values_read, c.headings, c.furniture, c.findings AS cells_as_findings, c.unclaimed,
            c.words, c.hidden_cells
        FROM documents AS d LEFT JOIN coverage AS c USING (document_id)
        ORDER BY d.financial_year DESC, d.reported_quarter DESC, d.directorate, d.document_role, d.document_path""",
    "findings": f"""
        SELECT {KEY} AS finding, f.*,
            coalesce(b.since, (SELECT detail -> 'this' ->> 'started' FROM built.run)) AS since,
            b.since IS NULL AND EXISTS (FROM built.run_before) AS is_new
        FROM findings AS f
        LEFT JOIN (SELECT finding AS known, since FROM built.findings_before) AS b ON b.known = {KEY}
        ORDER BY {ORDER}, financial_year DESC NULLS LAST, quarter DESC NULLS LAST, document_path, place, rule, quote""",
    "resolved": f"""
        SELECT * FROM built.findings_before
        WHERE finding NOT IN (SELECT {KEY} FROM findings WHERE is_open) ORDER BY {ORDER}, directorate, rule, place""",
    "changed_values": """
        WITH now AS (SELECT * FROM latest_results),
        pairs AS (
            SELECT
                coalesce(n.council, b.council) AS council, coalesce(n.directorate, b.directorate) AS directorate, coalesce(n.measure, b.measure) AS measure,
                coalesce(n.part, b.part) AS part, coalesce(n.financial_year, b.financial_year) AS financial_year,
                coalesce(n.quarter, b.quarter) AS quarter, b.value_text AS old_text, n.value_text AS new_text,
                b.value AS old_value, n.value AS new_value,
                b.document_path AS old_path, n.document_path AS new_path, b.place AS old_place, n.place AS new_place,
                CASE WHEN b.measure_id IS NULL THEN 'new' WHEN n.measure_id IS NULL THEN 'vanished' ELSE 'changed' END
                AS change
            FROM now AS n
            FULL JOIN built.values_before AS b
                ON n.council IS NOT DISTINCT FROM b.council AND n.directorate = b.directorate AND n.measure_id = b.measure_id
                AND n.part IS NOT DISTINCT FROM b.part AND n.financial_year = b.financial_year
                AND n.quarter = b.quarter
        )
        SELECT * FROM pairs
        WHERE EXISTS (FROM built.run_before) AND (old_text, old_value) IS DISTINCT FROM (new_text, new_value)
        ORDER BY CASE change WHEN 'vanished' THEN 1 WHEN 'changed' THEN 2 ELSE 3 END, directorate, measure, part, financial_year, quarter""",
    "run": "SELECT * FROM runs ORDER BY run_no DESC LIMIT 1",
    "run_before": "SELECT * FROM built.run_before",
    "quality_before": """
        SELECT record ->> 'started' AS started, record -> 'quality' AS quality FROM built.runs
        WHERE (record -> 'quality') IS NOT NULL AND NOT coalesce((record ->> 'unchanged')::BOOLEAN, FALSE)
        ORDER BY run_no""",
    "rag_matrix": "SELECT * FROM rag_matrix ORDER BY ALL",
    "expected_returns": "SELECT * FROM expected_returns ORDER BY ALL",
    "years": "SELECT * FROM cross_quarter ORDER BY directorate, section, priority, measure, part, financial_year DESC",
    "history": """
        SELECT council, directorate, measure_id, part, financial_year, quarter, value, value_text, unit, target_value
        FROM latest_results ORDER BY ALL""",
    "lines": """
        SELECT m.*, coalesce(m.rag, p.rag) AS stated, m.rag IS NULL AND p.rag IS NOT NULL AS stated_for_priority,
            p.place AS priority_place, p.rag_place AS priority_rag_place, p.rag_text AS priority_rag_text, p.progress_summary_place, p.portfolio_place
        FROM measures_reported AS m
        LEFT JOIN priorities AS p USING (document_id, priority_no)
        ORDER BY m.document_id, m.measure_no, m.part""",
    "results": """
        SELECT document_id, measure_no, part, financial_year, quarter, value_text, value, unit, value_status, place, corrected_to
        FROM results ORDER BY ALL""",
    "computed": "SELECT * FROM computed_ratings WHERE is_current ORDER BY financial_year, quarter",
    "restatements": "SELECT * FROM restatements ORDER BY directorate, financial_year DESC, quarter DESC, measure, part",
    "reconciliation": """
        SELECT * FROM reconciliation
        ORDER BY directorate, financial_year DESC, quarter DESC, measure, part, field""",
    "side_by_side": """
        SELECT * FROM cross_directorate
        QUALIFY count(DISTINCT directorate) OVER (PARTITION BY council, measure_id) > 1
        ORDER BY measure, part, directorate, financial_year, quarter""",
    "corrections": """
        WITH printed AS (
            SELECT council, document_path, place, value_text AS text, directorate, measure, part, financial_year, quarter
            FROM results
            UNION ALL
            SELECT council, document_path, target_place, target_text, directorate, measure, part, financial_year, NULL
            FROM built.lines
            UNION ALL
            SELECT council, document_path, rag_place, rag_text, directorate, priority, NULL, financial_year, reported_quarter
            FROM priorities
            UNION ALL
            SELECT council, document_path, rag_place, rag_text, directorate, measure, part, financial_year, reported_quarter
            FROM measures_reported
        )
        SELECT DISTINCT p.*, c.meaning, c.why, c.decided_by, c.decided_on
        FROM corrections AS c
        INNER JOIN printed AS p
            ON c.document_path = p.document_path AND c.place = p.place AND c.expected_text = p.text
        WHERE c.state = 'applied'
        ORDER BY c.decided_on DESC, p.document_path, p.place, p.measure, p.part""",
    "answers": """
        SELECT a.*, d.council, d.directorate FROM built.answers AS a
        LEFT JOIN (
            SELECT DISTINCT ON (document_path) document_path, council, directorate FROM documents ORDER BY ALL
        ) AS d USING (document_path)
        ORDER BY answered_on NULLS FIRST, file, line""",
}

CELLS = """
    SELECT asked.document_no, c.* FROM readings.cells AS c
    INNER JOIN (SELECT unnest($1) AS document_id, generate_subscripts($1, 1) AS document_no) AS asked
        ON c.document_id = asked.document_id
    ORDER BY asked.document_no, c.cell_no"""
AT_ONCE = 2000
"""Cells that are fetched at once."""


def ask(connection: duckdb.DuckDBPyConnection, sql: str, *given: Any) -> Rows:
    """The rows of a question, as dictionaries."""
    answer = connection.execute(sql, list(given))
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def cells_of(connection: duckdb.DuckDBPyConnection, documents: Rows) -> Iterator[tuple[Row, Rows]]:
    """Each document with its cells, in the order given, from one pass over the warehouse."""
    answer = connection.execute(CELLS, [[document["document_id"] for document in documents]])
    names = [column[0] for column in answer.description or []][1:]
    fetched = iter(lambda: answer.fetchmany(AT_ONCE), [])
    held = groupby(chain.from_iterable(fetched), key=itemgetter(0))
    number, rows = next(held, (0, iter(())))
    for now, document in enumerate(documents, 1):
        if now != number:
            yield document, []
            continue
        yield document, [dict(zip(names, row[1:], strict=True)) for row in rows]
        number, rows = next(held, (0, iter(())))


def ask_all(connection: duckdb.DuckDBPyConnection) -> dict[str, Rows]:
    """Every question answered. Raises duckdb.Error for a warehouse of another shape.

    Where there are several councils, a directorate is named with its own: 'Housing (Harbour)'.
    """
    answers = {name: ask(connection, sql) for name, sql in QUESTIONS.items()}
    councils = {row["council"] for row in answers["documents"]} - {None}
    if len(councils) > 1:
        for row in (row for rows in answers.values() for row in rows):
            if row.get("council") and row.get("directorate"):
                row["directorate"] = f"{row['directorate']} ({row['council']})"
    return answers


def built_with(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The version of the program that built the warehouse; None where it does not say."""
    try:
        told = connection.execute("SELECT detail -> 'this' ->> 'program' FROM built.run").fetchone()
    except duckdb.Error:
        return None
    return told[0] if told else None


__all__ = ["ORDER", "QUESTIONS", "Row", "Rows", "ask", "ask_all", "built_with", "cells_of"]
