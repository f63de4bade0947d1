"""How long a warehouse of many results takes to build, and each comparison view to answer.

    python -m benchmarks.warehouse [results,results]

Made-up Readings (no files are read): 24 directorates, 20 measures in each document, scorecard and return of
every quarter over as many years and councils as are needed for the number of results (10000000 for ten million).
Each scorecard repeats the year's earlier quarters, as real ones do, and one measure in ten is restated each time.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measuring import alone, line
from pipeline.load import load
from pipeline.query import open_warehouse
from pipeline.shapes import Document, Reading

CODES = Path(__file__).resolve().parents[1] / "schemas" / "codes"
DIRECTORATES, MEASURES, YEARS = 24, 20, 10
CORPORATE = "Every year 100% of staff have an appraisal"
LOAD = "load"
VIEWS = (
    *("results", "latest_results", "cross_quarter", "cross_directorate", "rag_matrix", "restatements"),
    *("reconciliation", "revisions", "measure_changes", "coverage", "expected_returns", "findings"),
    "as_at('2012-12-31')",
)
"""What is asked for one directorate and one year."""


def readings(results: int) -> Iterator[Reading]:
    """Readings with about so many results, councils after councils."""
    made = council = 0
    while made < results:
        for directorate in range(DIRECTORATES):
            for year in range(YEARS):
                for quarter in (1, 2, 3, 4):
                    for role in ("scorecard", "return"):
                        yield _reading(council, directorate, 2010 + year, quarter, role)
                        made += MEASURES * quarter
                        if made >= results:
                            return
        council += 1


def _reading(council: int, directorate: int, year: int, quarter: int, role: str) -> Reading:
    financial_year = f"{year}/{(year + 1) % 100:02d}"
    identity = f"{council:03d}{directorate:02d}{year}{quarter}{role[0]}"
    name = f"Directorate {council:03d}-{directorate:02d}"
    document = Document(identity, f"{identity}.xlsx", "", identity, "xlsx", role)
    row: dict[str, Any] = {
        "document_id": identity,
        "document_path": document.path,
        "sha256": identity,
        "kind": "xlsx",
        "document_role": role,
        "council": f"Council {council:03d}",
        "directorate": name,
        "financial_year": financial_year,
        "reported_quarter": quarter,
        "status": "read",
    }
    priorities = [
        {
            "document_id": identity,
            "priority_no": n,
            "section": "Section",
            "priority": f"Priority {n}",
            "rag": "Green",
            "place": f"r{n} c1",
        }
        for n in range(1, 6)
    ]
    measures, results = [], []
    for number in range(1, MEASURES + 1):
        measures.append(
            {
                "document_id": identity,
                "measure_no": number,
                "priority_no": 1 + number % 5,
                "section": "Section",
                "priority": f"Priority {1 + number % 5}",
                "measure": CORPORATE
                if number == 1
                else f"Increase the share of service {number} done in time",
                "target_text": "90%",
                "target_value": 90.0,
                "target_unit": "percent",
                "target_status": "value",
                "place": f"r{number} c4",
            }
        )
        for told in range(1, quarter + 1):
            value = float(50 + (number * 7 + year * 3 + told * 5 + directorate) % 45)
            if told < quarter and (number + directorate) % 10 == 0:
                value += 1
            results.append(
                {
                    "document_id": identity,
                    "measure_no": number,
                    "quarter": told,
                    "financial_year": financial_year,
                    "value_text": f"{value:.0f}%",
                    "value": value,
                    "digits": f"{value:.0f}",
                    "unit": "percent",
                    "value_status": "value",
                    "place": f"r{number} c{5 + told}",
                }
            )
    rows = {"documents": [row], "priorities": priorities, "measures": measures, "results": results}
    return Reading(
        document, {**{table: tuple(given) for table, given in rows.items()}, "findings": ()}, (), ()
    )


def main(sizes: list[int]) -> None:
    """Build and ask each size in a process of its own, and print each beside the one before it."""
    before: dict[str, float] = {}
    for size in sizes:
        (made, taken), memory = alone(measure, size)
        for name, seconds in taken.items():
            other = before.get(name)
            told = f"{made:,} results, {name}" + (" / fewer" if other else "")
            line(told, seconds, other, memory if name == LOAD else None)
        before = taken


def measure(results: int) -> tuple[int, dict[str, float]]:
    """How many results were made, and the seconds of each step; the making of the rows is not counted."""
    taken = {}
    begun = time.perf_counter()
    made = sum(len(reading.rows["results"]) for reading in readings(results))
    making = time.perf_counter() - begun
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        begun = time.perf_counter()
        load(readings(results), CODES, folder / "scorecards.duckdb", {"as_of": "2026-01-01"})
        taken[LOAD] = time.perf_counter() - begun - making
        with open_warehouse(folder / "scorecards.duckdb") as connection:
            for view in VIEWS:
                question = f"SELECT * FROM {view} WHERE directorate = 'Directorate 000-07' AND financial_year = '2012/13'"
                begun = time.perf_counter()
                connection.execute(question).fetchall()
                taken[view] = time.perf_counter() - begun
    finally:
        shutil.rmtree(folder)
    return made, taken


if __name__ == "__main__":
    main([int(size) for size in (sys.argv[1] if len(sys.argv) > 1 else "1000,100000").split(",")])
