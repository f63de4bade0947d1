"""An answered workbook of questions, as it came back -> what was written into it.

The headings are found by their names, so that lines and columns may have been added or moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.declared import DAYS
from pipeline.extract.extract import Unreadable

HEADINGS = {
    "finding": "finding",
    "document": "document_path",
    "place": "place",
    "quote": "quote",
    "question": "question",
    "answer": "answer",
    "corrected value": "corrected_value",
    "answered by": "answered_by",
    "date": "answered_on",
}
"""Heading in lower case -> name of the column."""
WRITTEN = ("answer", "corrected_value", "answered_by", "answered_on")
NEEDED = ("finding", "document_path", "place", "answer", "corrected_value")
LINES = 50_000
WIDEST = 200
"""Columns that are looked at: one far cell makes every line 16,384 cells long."""
SEARCHED = 20
"""Lines among which the headings are looked for."""


def read_answers(file: Path) -> list[dict[str, str]]:
    """The lines that somebody filled in, every column a text, with ``line`` as the sheet numbers it.

    Raises Unreadable for a file that is no workbook or holds none of our tables.
    """
    import openpyxl

    try:
        workbook = openpyxl.load_workbook(file, read_only=True, data_only=True)
        try:
            found = [answer for sheet in workbook.worksheets for answer in _answers(sheet)]
            known = any(_headings(sheet) for sheet in workbook.worksheets)
        finally:
            workbook.close()
    except Exception as error:
        raise Unreadable("file-damaged", f"{type(error).__name__}: {str(error)[:100]}") from error
    if not known:
        raise Unreadable("not-a-scorecard", "the headings of a workbook of questions are not in it")
    return found


def _headings(sheet: Any) -> tuple[int, dict[str, int]] | None:
    """(line of the headings, column by name), when all that is needed is there."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_row=SEARCHED, max_col=WIDEST, values_only=True), 1):
        names = {HEADINGS.get(" ".join(str(text or "").lower().split())): at for at, text in enumerate(row)}
        if all(name in names for name in NEEDED):
            return number, {name: at for name, at in names.items() if name}
    return None


def _answers(sheet: Any) -> Iterator[dict[str, str]]:
    found = _headings(sheet)
    if not found:
        return
    start, columns = found
    for number, row in enumerate(sheet.iter_rows(start + 1, start + LINES, max_col=WIDEST), start + 1):
        answer = {name: _text(row[at]) if at < len(row) else "" for name, at in columns.items()}
        answer |= {name: answer[name].strip() for name in WRITTEN if name in answer}
        if any(answer.get(name) for name in WRITTEN):
            yield {**dict.fromkeys(HEADINGS.values(), ""), **answer, "line": str(number)}


def _text(cell: Any) -> str:
    """A cell as somebody typed it: 0.73 shown as a percentage is '73%', a day is '2012-07-31'."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, (datetime, date)):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        percent = "%" in str(getattr(cell, "number_format", ""))
        return f"{round(value * 100, 6):.15g}%" if percent else f"{value:.15g}"
    return str(value)


def day_of(text: str) -> str | None:
    """A day as people write it -> '2012-07-31'; None when it is none."""
    for form in DAYS:
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()
        except ValueError:
            continue
    return None
