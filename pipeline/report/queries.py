"""Questions for the directorates as workbooks: sent out, filled in, put into raw/answers/, read by the next ingest."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.report.lines import Lines
from pipeline.report.words import SEVERITIES, field, period, sentence

Row = dict[str, Any]
FOLDER = "queries"
LONGEST = 32_000
"""Characters that a cell of a workbook holds, with room to spare."""
COLUMNS = (
    *(("Finding", 12), ("Severity", 10), ("Document", 26), ("Place", 15), ("Quote", 22)),
    *(("Question", 50), ("What to do", 30)),
)
EMPTY = (("Answer", 40), ("Corrected value", 16), ("Answered by", 17), ("Date", 12))
ANSWERED = {
    "Answer": "answer",
    "Corrected value": "corrected_value",
    "Answered by": "answered_by",
    "Date": "answered_on",
}
"""Where each of them stands in an answer that came back earlier: nobody is asked to write it again."""
HINTS = {
    "Answer": "In your own words.",
    "Corrected value": "Only if another figure is right: write it as it should be printed, as 86% or £1,200. "
    "It needs your name and the day.",
    "Answered by": "Your name.",
    "Date": "The day of the answer, as 4 May 2015.",
}
LINE = 15
"""Height of a line of text [points]."""
MADE = datetime(2000, 1, 1)
"""Day written into every workbook, so that equal findings give equal files."""


def write_queries(folder: Path, findings: list[Row], lines: Lines) -> dict[str, list[tuple[str, str]]]:
    """One workbook per directorate and period with open findings; directorate -> [(link, name of the period)]."""
    groups: dict[tuple[str, tuple[str, int], str], list[Row]] = defaultdict(list)
    for finding in findings:
        if finding["is_open"]:
            year, quarter = finding["asked_in"]
            told = period({"financial_year": year, "quarter": quarter})
            groups[finding["home"], (str(year or ""), int(quarter or 0)), told].append(finding)
    (folder / FOLDER).mkdir()
    written: dict[str, list[tuple[str, str]]] = defaultdict(list)
    taken: set[str] = set()
    for (name, _, told), found in sorted(groups.items(), key=lambda item: item[0], reverse=True):
        file = file_name(name, told, taken)
        _workbook(folder / FOLDER / file, f"{name}, {told or 'period not known'}", found, lines)
        written[name].append((f"{FOLDER}/{file}", told or "period not known"))
    return written


def file_name(directorate: str, told: str, taken: set[str]) -> str:
    """'CAP Q1 2012-13.xlsx': safe on every system, and different from those taken, which it joins."""
    plain = re.sub(r"[^\w ().,&-]+", "-", f"{directorate} {told.replace('/', '-')}".strip())[:100].strip(
        " .-"
    )
    file, number = f"{plain or 'queries'}.xlsx", 2
    while file.casefold() in taken:
        file, number = f"{plain or 'queries'} ({number}).xlsx", number + 1
    taken.add(file.casefold())
    return file


def _workbook(file: Path, title: str, findings: list[Row], lines: Lines) -> None:
    """Only texts are written, never a formula; ``quote_prefix`` keeps '=1+1' a text when somebody edits it."""
    with xlsxwriter.Workbook(
        file, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    ) as workbook:
        workbook.set_properties({"title": f"Questions for {title}"[:250], "created": MADE})
        bold = workbook.add_format({"bold": True, "bottom": 2, "valign": "top", "text_wrap": True})
        asked = workbook.add_format(
            {"text_wrap": True, "valign": "top", "quote_prefix": True, "num_format": "@"}
        )
        look = {
            "text_wrap": True,
            "valign": "top",
            "bg_color": "#FFF7D6",
            "border": 1,
            "border_color": "#B1B4B6",
        }
        empty = workbook.add_format({**look, "num_format": "@"})
        day = workbook.add_format({**look, "num_format": "yyyy-mm-dd"})
        sheet = workbook.add_worksheet("Questions")
        for column, (name, width) in enumerate((*COLUMNS, *EMPTY)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, bold)
        for number, finding in enumerate(findings, 1):
            told = _told(finding, lines)
            for column, text in enumerate(told):
                sheet.write_string(number, column, text[:LONGEST], asked)
            sheet.set_row(number, LINE * _lines(told))
            given = finding["answer"] or {}
            for column, (name, _) in enumerate(EMPTY, len(COLUMNS)):
                said, look_of = given.get(ANSWERED[name]), day if name == "Date" else empty
                if said and name == "Date":
                    sheet.write_datetime(number, column, datetime.fromisoformat(said), look_of)
                elif said:
                    sheet.write_string(number, column, said[:LONGEST], look_of)
                else:
                    sheet.write_blank(number, column, None, look_of)
        for column, (name, _) in enumerate(EMPTY, len(COLUMNS)):
            hint = {"validate": "any", "input_title": name, "input_message": HINTS[name]}
            sheet.data_validation(1, column, len(findings), column, hint)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(findings), len(COLUMNS) + len(EMPTY) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)


def _lines(texts: list[str]) -> int:
    """Lines that the texts take in their columns, as far as a row can be high (409 points)."""
    needed = [
        sum(math.ceil(len(line) * 1.15 / width) or 1 for line in text.splitlines() or [""])
        for text, (_, width) in zip(texts, COLUMNS, strict=True)
    ]
    return min(max(needed), 409 // LINE)


def _told(finding: Row, lines: Lines) -> list[str]:
    quote = lines.texts.get((str(finding["document_id"]), str(finding["place"]))) or finding["quote"]
    severity = SEVERITIES[finding["severity"]][1]
    said = finding["message"] or sentence(field(finding["rule"]))
    texts = (
        finding["finding"],
        severity,
        finding["document_path"],
        finding["place"],
        quote,
        said,
        finding["advice"],
    )
    return ["" if text is None else str(text) for text in texts]
