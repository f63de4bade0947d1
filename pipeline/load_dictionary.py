"""The data dictionary docs/data-dictionary.md, written from the comments and examples of an empty warehouse.

python -m pipeline.load_dictionary
"""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from pipeline.load import load
from pipeline.load_sql import examples
from pipeline.query import VIEWS, open_warehouse
from schemas.codelists import CODE_LISTS, DECISIONS
from schemas.tables import TABLES

ROOT = Path(__file__).resolve().parents[1]
CODES = ROOT / "schemas" / "codes"
TARGET = ROOT / "docs" / "data-dictionary.md"
OPENING = """# Data dictionary

What every view and table of `warehouse/scorecards.duckdb` holds. This page is written from the comments in the
warehouse itself (`python -m pipeline.load_dictionary`); a test holds it to them, and runs every example.

Ask a question with `make query SQL="..."`. Start with the views; the tables under `readings` hold what was read
from each document before anything was compared, those under `codes` the code lists and people's decisions.
"""
_COLUMNS = """
    SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns()
    WHERE schema_name = ? AND table_name = ? ORDER BY column_index
"""


def data_dictionary() -> str:
    """The whole page."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "scorecards.duckdb"
        load([], CODES, warehouse, {})
        with open_warehouse(warehouse) as connection:
            shown = examples()
            parts = [OPENING, "## Views\n"]
            views = [row[0] for row in connection.execute(VIEWS).fetchall()]
            said = dict(
                connection.execute(
                    "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"
                ).fetchall()
            )
            for view in views:
                parts.append(f"### {view}\n\n{said[view]}.\n\n```sql\n{shown[view]};\n```\n")
                parts.append(_table(connection.execute(_COLUMNS, ["main", view]).fetchall()))
            parts.append("## Questions with a name or a day\n")
            macros = connection.execute(
                "SELECT function_name, parameters, comment FROM duckdb_functions() "
                "WHERE NOT internal AND function_type = 'table_macro' ORDER BY function_name"
            ).fetchall()
            for name, parameters, comment in macros:
                parts.append(
                    f"### {name}({', '.join(parameters)})\n\n{comment}.\n\n```sql\n{shown[name]};\n```\n"
                )
            for schema, title in (("readings", "Base tables"), ("codes", "Code lists and decisions")):
                parts.append(f"## {title}\n")
                tables = connection.execute(
                    "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = ? "
                    "AND list_contains(?, table_name) ORDER BY table_name",
                    [schema, [*TABLES, *CODE_LISTS, *DECISIONS]],
                ).fetchall()
                for name, comment in tables:
                    parts.append(f"### {schema}.{name}\n\n{comment}\n")
                    parts.append(_table(connection.execute(_COLUMNS, [schema, name]).fetchall()))
    parts.append(_rules())
    return "\n".join(parts).rstrip() + "\n"


def _table(columns: list[tuple[str, str, str]]) -> str:
    lines = ["| column | type | meaning |", "| --- | --- | --- |"]
    lines += [f"| {name} | {kind} | {said.replace('|', '/')} |" for name, kind, said in columns]
    return "\n".join(lines) + "\n"


def _rules() -> str:
    lines = ["## Rules\n", "| rule | severity | dimension | what is said |", "| --- | --- | --- | --- |"]
    with (CODES / "rules.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["rule"])
    lines += [
        f"| {row['rule']} | {row['severity']} | {row['dimension']} | {row['message']} |" for row in rows
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(data_dictionary(), encoding="utf-8")
