"""findings.csv and findings.json for machines."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from pipeline.safe_text import harmless

Row = dict[str, Any]
COLUMNS = (
    *(
        "finding",
        "rule",
        "severity",
        "dimension",
        "council",
        "directorate",
        "financial_year",
        "quarter",
        "measure",
    ),
    *("document_path", "place", "quote", "message", "advice", "is_open", "is_new", "since"),
    *("document_id", "is_current", "found_by", "waived", "waived_until", "waived_by", "waived_why", "detail"),
)


def write_lists(folder: Path, findings: list[Row]) -> None:
    """Both files. In the CSV a text that a spreadsheet would run as a formula gets a quotation mark in front."""
    rows = [{name: finding[name] for name in COLUMNS} for finding in findings]
    (folder / "findings.json").write_text(
        json.dumps(rows, ensure_ascii=False, indent=1, default=str), encoding="utf-8", errors="replace"
    )
    with (folder / "findings.csv").open("w", newline="", encoding="utf-8-sig", errors="replace") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        out.writerows([harmless(value) for value in row.values()] for row in rows)
