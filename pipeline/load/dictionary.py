"""The data dictionary docs/data-dictionary.md, written from the comments and examples of an empty warehouse.

python -m pipeline.load.dictionary
"""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from pipeline.load import load
from pipeline.load.sql import examples
from pipeline.query import VIEWS, open_warehouse
from schemas.codelists import CODE_LISTS, DECISIONS
from schemas.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
CODES = ROOT / "schemas" / "codes"
TARGET = ROOT / "docs" / "data-dictionary.md"
OPENING = """# Data dictionary

What every view and table of `warehouse/scorecards.duckdb` holds. This page is written from the comments in the
warehouse itself (`python -m pipeline.load.dictionary`); a test holds it to them, and runs every example.

Ask a question with `make query SQL="..."`. Start with the views; the tables under `readings` hold what was read
from each document before anything was compared, those under `codes` the code lists and people's decisions.

## How things are decided

- **Measure.** A wording has the identity of its normalised words (case, spacing, punctuation, `&`, `%` and kinds of
  quotes do not matter) within its directorate, unless `schemas/codes/wordings.csv` says otherwise. Near wordings are
  only suggested, in `warehouse/suggestions.csv`; measures that stand side by side in one document never are.
- **Revision.** Documents of the same directorate, period and role are revisions of one another in the order of
  receipt (a day that is not known comes first, then the path). The newest is current; the others stay.
- **Value to use** (`latest_results`). Within one role the newest current document counts. Between scorecard and return
  a figure counts before a reason for none, then the order of `schemas/codes/sources.csv`.
- **Restatement.** A later document of the same role gives another figure, unit or words, or takes a figure back. A
  first figure after N/A is none, nor is the same figure in another format.
- **Reconciliation.** `rounding`: equal at the coarser of the two printed precisions, or within the measure's tolerance.
  `unit`: different units, or a factor of 100, 1000 or a million where one side prints none. `text only`: the same
  figure in other words, or two reasons for none. Targets are compared where both documents print any; so are ratings
  and narratives.
- **Direction of travel.** Against the quarter before, and against the same quarter of the year before; never across a
  break in the series, between units, or within the year for a cumulative measure.
- **What was believed on a day** (`as_at`). A document is known from its day of receipt; where that is not known, from
  the day after its quarter ended.
- **Corrections** (`raw/corrections.csv`) replace a result, a target or a rating as long as the document still prints the
  expected text at that place; what was printed stays beside them. **Waivers** (`raw/waivers.csv`) mark a finding as
  accepted until a day; it stays listed.
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
                "WHERE NOT internal AND schema_name = 'main' AND function_type = 'table_macro' ORDER BY function_name"
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
