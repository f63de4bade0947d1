"""Warehouse -> data-quality report: static pages that open from the file system, without any outside link."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from pipeline.query import open_warehouse
from pipeline.report.asked import QUESTIONS

TEMPLATES = Path(__file__).parent / "templates"
Rows = list[dict[str, Any]]


def write_report(warehouse: Path) -> Path:
    """Write ``report/`` in the warehouse folder anew and return its index.html.

    Built beside and moved into place. Raises FileNotFoundError, with what to do, when there is no warehouse.
    """
    with open_warehouse(warehouse / "scorecards.duckdb") as connection:
        answers: dict[str, Rows] = {}
        for name, sql in QUESTIONS.items():
            found = connection.execute(sql)
            columns = [column[0] for column in found.description or []]
            answers[name] = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    fresh = warehouse / "report.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    _pages(fresh, answers)
    _machine_files(fresh, answers["findings"])
    final = warehouse / "report"
    old = warehouse / "report.old"
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        os.replace(final, old)
    os.replace(fresh, final)
    shutil.rmtree(old, ignore_errors=True)
    return final / "index.html"


def _pages(folder: Path, answers: dict[str, Rows]) -> None:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
    )
    environment.filters["slug"] = slug
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    pages: dict[str, tuple[str, dict[str, Any]]] = {"index.html": ("overview.html", {})}
    for name in sorted({str(row["directorate"]) for row in answers["documents"] if row["directorate"]}):
        pages[f"directorate-{slug(name)}.html"] = ("directorate.html", {"directorate": name})
    for row in answers["documents"]:
        pages[f"document-{slug(row['document_id'])}.html"] = ("document.html", {"document": row})
    pages["compare.html"] = ("compare.html", {})
    for file, (template, more) in pages.items():
        text = environment.get_template(template).render(style=style, **answers, **more)
        (folder / file).write_text(text, encoding="utf-8", errors="replace")


def slug(text: object) -> str:
    """A name fit for a file and a link."""
    return re.sub(r"[^a-z0-9]+", "-", str(text).casefold()).strip("-") or "none"


def _machine_files(folder: Path, findings: Rows) -> None:
    """findings.csv and findings.json; a text that a spreadsheet would run as a formula gets a quote in front."""
    (folder / "findings.json").write_text(
        json.dumps(findings, ensure_ascii=False, indent=1, default=str), encoding="utf-8", errors="replace"
    )
    with (folder / "findings.csv").open("w", newline="", encoding="utf-8-sig", errors="replace") as file:
        out = csv.writer(file)
        out.writerow(findings[0].keys() if findings else ["rule"])
        out.writerows([_harmless(value) for value in row.values()] for row in findings)


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
