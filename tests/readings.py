"""Hand-made Readings for the tests of the warehouse: a document in a few lines of Python.

``scorecard(...)`` gives the Reading of a document whose lines are (wording, target, {quarter: printed text}).
Printed texts are read by the project's own value grammar.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.interpret.values import read_value
from pipeline.load import load
from pipeline.shapes import Cell, Claim, Document, Finding, Place, Reading
from pipeline.validate import validate

CODES = Path(__file__).resolve().parents[1] / "schemas" / "codes"


@dataclass(frozen=True)
class Line:
    """A measure line: its wording, target as printed, results as printed by quarter, and what surrounds it.

    Without a wording it is a priority that has no measure.
    """

    measure: str
    target: str = ""
    results: Mapping[int, str] = field(default_factory=dict)
    priority: str = "Priority"
    section: str = "Directorate Priorities"
    rag: str | None = None
    summary: str | None = None
    measure_rag: str | None = None
    polarity: str | None = None
    others: Mapping[str, str] = field(default_factory=dict)


def scorecard(
    directorate: str | None,
    year: str | None,
    quarter: int | None,
    lines: Sequence[Line],
    *,
    role: str = "scorecard",
    received: str | None = None,
    council: str | None = "Exampleshire",
    name: str = "",
    status: str = "read",
    findings: tuple[Finding, ...] = (),
) -> Reading:
    """The validated Reading of one document; its path says directorate, period, role and ``name``."""
    path = f"{year or 'unknown'}/Q{quarter or 0}/{directorate or 'none'}-{role}{name}.txt".replace(
        "/", "-", 1
    )
    sha256 = hashlib.sha256(f"{path} {lines} {received}".encode()).hexdigest()
    document_id = sha256[:12]
    document = Document(
        document_id, path, "", sha256, "txt", role, directorate, year, quarter, received, council
    )
    rows: dict[str, list[dict[str, Any]]] = {
        "documents": [
            {
                "document_id": document_id,
                "document_path": path,
                "sha256": sha256,
                "bytes": 1,
                "kind": "txt",
                "document_role": role,
                "council": council,
                "directorate": directorate,
                "directorate_text": directorate,
                "financial_year": year,
                "reported_quarter": quarter,
                "received_on": received,
                "status": status,
                "parts": 1,
            }
        ],
        "priorities": [],
        "measures": [],
        "results": [],
        "other_values": [],
    }
    ledger: list[Claim] = []

    def place(row: int, column: int, text: str, meaning: str) -> str:
        at = Place("", row, column)
        if text:
            ledger.append(Claim(Cell(at, text, words=len(text.split())), "value", meaning))
        return str(at)

    numbers: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines, 1):
        heading = (line.section, line.priority)
        if heading not in numbers:
            numbers[heading] = len(numbers) + 1
            rows["priorities"].append(
                {
                    "document_id": document_id,
                    "priority_no": numbers[heading],
                    "section": line.section,
                    "priority": line.priority,
                    "progress_summary": line.summary,
                    "rag": line.rag,
                    "rag_text": line.rag,
                    "rag_source": "word" if line.rag else None,
                    "rag_place": place(number, 3, line.rag or "", "rag"),
                    "place": place(number, 1, line.priority, "priority"),
                    "progress_summary_place": place(number, 2, line.summary or "", "progress_summary"),
                }
            )
        if not line.measure:
            continue
        targets = read_value(line.target)
        here = place(number, 4, line.measure, "measure")
        target_place = place(number, 5, line.target, "target")
        results = {
            q: (read_value(text), place(number, 5 + q, text, "result")) for q, text in line.results.items()
        }
        parts = sorted(
            {v.part for values in [targets, *(r[0] for r in results.values())] for v in values}, key=str
        )
        for part in parts or [None]:
            target = next((v for v in targets if v.part == part), None)
            rows["measures"].append(
                {
                    "document_id": document_id,
                    "measure_no": number,
                    "priority_no": numbers[heading],
                    "section": line.section,
                    "priority": line.priority,
                    "measure": line.measure,
                    "part": part,
                    "target_text": line.target or None,
                    "target_value": target.number if target else None,
                    "target_unit": target.unit if target else None,
                    "target_status": target.status if target else None,
                    "target_place": target_place if line.target else None,
                    "rag": line.measure_rag,
                    "rag_text": line.measure_rag,
                    "rag_place": place(number, 9, line.measure_rag, "rag") if line.measure_rag else None,
                    "polarity_text": line.polarity,
                    "place": here,
                }
            )
        for q, (values, at) in results.items():
            for value in values:
                rows["results"].append(
                    {
                        "document_id": document_id,
                        "measure_no": number,
                        "part": value.part,
                        "quarter": q,
                        "financial_year": year,
                        "heading": f"Q{q}",
                        "value_text": value.text,
                        "value": value.number,
                        "digits": value.digits,
                        "unit": value.unit,
                        "value_status": value.status,
                        "comparator": value.comparator,
                        "place": at,
                        "hidden": False,
                    }
                )
        for column, (name_of_field, text) in enumerate(line.others.items(), 10):
            for value in read_value(text):
                rows["other_values"].append(
                    {
                        "document_id": document_id,
                        "measure_no": number,
                        "part": value.part,
                        "field": name_of_field,
                        "heading": name_of_field,
                        "value_text": text,
                        "value": value.number,
                        "unit": value.unit,
                        "value_status": value.status,
                        "place": place(number, column, text, name_of_field),
                    }
                )
    tables = {table: tuple(given) for table, given in rows.items()}
    return validate(Reading(document, tables, findings, tuple(ledger)))


def build(folder: Path, *readings: Reading, codes: Path = CODES, **run: Any) -> Path:
    """A warehouse of these Readings in ``folder``; returns its file."""
    warehouse = folder / "scorecards.duckdb"
    load(readings, codes, warehouse, run)
    return warehouse


def golden(folder: Path, *, role: str = "scorecard", name: str = "") -> Reading:
    """The Reading that a golden document's CSVs describe, without going through its file."""

    def table(stem: str) -> list[dict[str, str]]:
        with (folder / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    (document,) = table("document")
    quarters: dict[tuple[str, str], dict[int, str]] = {}
    for row in table("results"):
        quarters.setdefault((row["priority"], row["measure"]), {})[int(row["quarter"])] = row["value_text"]
    ratings = {row["priority"]: row for row in table("priorities")}
    lines, seen = [], set()
    for row in table("measures"):
        key = (row["priority"], row["measure"])
        if key in seen:
            continue
        seen.add(key)
        published = role == "scorecard"
        lines.append(
            Line(
                row["measure"],
                row["target_text"],
                quarters.get(key, {}),
                row["priority"],
                row["section"] if published else "",
                (ratings[row["priority"]]["rag"] or None) if published else None,
                ratings[row["priority"]]["progress_summary"] if published else None,
            )
        )
    if role == "scorecard":
        named = {line.priority for line in lines}
        lines += [
            Line("", "", {}, row["priority"], row["section"], row["rag"] or None, row["progress_summary"])
            for row in ratings.values()
            if row["priority"] not in named
        ]
    return scorecard(
        document["directorate"],
        document["financial_year"],
        int(document["quarter"]),
        lines,
        role=role,
        name=name,
    )


def codes_with(folder: Path, **lists: str) -> Path:
    """A copy of the project's code lists in ``folder``, with lines added to some: codes_with(f, measures='a,b')."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in CODES.glob("*.csv"):
        more = lists.get(path.stem, "")
        (folder / path.name).write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    return folder
