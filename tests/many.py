"""Two years of twelve directorates, made up: a warehouse as large as a council's, for looking at the report."""

from __future__ import annotations

import csv
import hashlib
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.shapes import Reading
from tests.readings import CODES, Line, build, scorecard

NAMES = (
    *("Adult Care", "Children", "Highways", "Housing", "Libraries", "Parks"),
    *("Planning", "Public Health", "Schools", "Tax", "Transport", "Waste"),
)
THINGS = ("calls", "visits", "repairs", "inspections", "complaints", "applications", "cases", "bookings")
STORY = (
    "Work is on track and the team met twice in the quarter. Two posts are vacant; interviews are planned for the "
    "next month. The partners agreed a joint plan, and the first results are expected in the spring. "
)


def shared_wordings() -> list[str]:
    """Wordings that every directorate reports, from the project's own list."""
    with (CODES / "wordings.csv").open(encoding="utf-8", newline="") as file:
        return sorted({row["wording"] for row in csv.DictReader(file) if not row["directorate"]})[:3]


def _template(role: str, lines: int) -> Reading:
    """One validated document; the others are made from it, because validating two hundred takes a minute."""
    wordings = shared_wordings()
    wordings += [
        f"Number of {THINGS[n % 8]} of kind {n} handled by NAME" for n in range(lines - len(wordings))
    ]
    printed = [
        Line(
            wording,
            "900" if number % 9 else "N/A",
            {1: "800"},
            f"Priority {number // 3 + 1}: do {THINGS[number // 3 % 8]} better",
            section="Directorate Priorities" if role == "scorecard" else "",
            rag="Green" if role == "scorecard" else None,
            summary=STORY * 2 if role == "scorecard" else None,
        )
        for number, wording in enumerate(wordings)
    ]
    return scorecard("NAME", "2024/25", 1, printed, role=role, received="2024-07-10")


def _another(template: Reading, name: str, period: int, chance: random.Random) -> Reading:
    """The same document of another directorate and period, with other figures."""
    year, quarter = f"{2024 + period // 4}/{25 + period // 4}", period % 4 + 1
    received = f"{2024 + (period + 2) // 4}-{('07', '10', '01', '04')[quarter - 1]}-{chance.randint(10, 28)}"
    path = f"{year.replace('/', '-')}/Q{quarter}/{name}-{template.document.role}.txt"
    document_id = hashlib.sha256(path.encode()).hexdigest()[:12]
    rows: dict[str, tuple[dict[str, Any], ...]] = {}
    for table, held in template.rows.items():
        rows[table] = tuple({**row, "document_id": document_id} for row in held)
    for row in rows["documents"]:
        row |= {
            "document_path": path,
            "sha256": hashlib.sha256(path.encode()).hexdigest(),
            "directorate": name,
        }
        row |= {"financial_year": year, "reported_quarter": quarter, "received_on": received}
    for row in rows["measures"]:
        row["measure"] = row["measure"].replace("NAME", name)
    for number, row in enumerate(rows["results"]):
        value = round(
            (40 + 37 * number)
            * (1 + 0.03 * period + random.Random(f"{path[:12]}{number}").uniform(-0.1, 0.1))
        )
        text = (
            "N/A"
            if chance.random() < 0.1
            else str(value * (100 if chance.random() < 0.03 else 1) + (chance.random() < 0.1))
        )
        row |= {"quarter": quarter, "financial_year": year, "value_text": text, "digits": text, "unit": None}
        row |= {"value": None if text == "N/A" else float(text)}
        row["value_status"] = "not_available" if text == "N/A" else "value"
    for row in rows["priorities"]:
        row["rag"] = row["rag_text"] = chance.choice(["Red", "Amber", "Green", "Green", "Green", "Blue"])
    return replace(
        template, document=replace(template.document, document_id=document_id, path=path), rows=rows
    )


def readings(periods: int = 8, names: tuple[str, ...] = NAMES, lines: int = 18) -> list[Reading]:
    """A scorecard and a return per directorate and quarter, with some of what goes wrong."""
    chance = random.Random(1)
    templates = [_template("scorecard", lines), _template("return", lines)]
    return [_another(each, name, n, chance) for name in names for n in range(periods) for each in templates]


def warehouse_of_many(folder: Path, started: str = "2026-01-05 09:00:00") -> Path:
    """The folder of a warehouse with about two hundred documents."""
    run = {"started": started, "finished": started, "raw": str(folder / "raw"), "documents": 192}
    build(folder, *readings(), this=run, runs=[run], raw=str(folder / "raw"))
    return folder
