"""An answered workbook of questions, as it came back -> what was written into it.

It is read by the readers of documents, so it may come back as whatever a program saved (.xlsx, .xls, .ods, .csv). The
headings are found by their names, so that lines and columns may have been added, moved or taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path

from pipeline.declared import DAYS
from pipeline.extract import READERS
from pipeline.extract.extract import Unreadable
from pipeline.extract.kinds import kind_of
from pipeline.shapes import Cell, Grid

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
KINDS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv")
SEARCHED = 20
"""Lines among which the headings are looked for."""


def read_answers(file: Path) -> list[dict[str, str]]:
    """The lines that somebody filled in, every column a text, with ``line`` as the sheet numbers it.

    Raises Unreadable for a file that is no table of a kind in ``KINDS``, or holds none of our questions.
    """
    try:
        kind = kind_of(str(file))
        if kind not in KINDS:
            raise Unreadable("file-type-unknown", "it is no workbook; save it as .xlsx")
        grids = import_module(READERS[kind]).read(str(file)).grids
    except (Unreadable, OSError):
        raise
    except Exception as error:
        raise Unreadable("file-damaged", f"{type(error).__name__}: {str(error)[:100]}") from error
    tables = [(grid, headings) for grid in grids if (headings := _headings(grid))]
    if not tables:
        raise Unreadable("not-a-scorecard", "the headings of a workbook of questions are not in it")
    return [answer for grid, headings in tables for answer in _answers(grid, *headings)]


def _headings(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """(line of the headings, column by name), when all that is needed is there."""
    for row in grid.rows[:SEARCHED]:
        names = {HEADINGS.get(" ".join(cell.text.lower().split())): cell.place.column for cell in row}
        if all(name in names for name in NEEDED):
            return row[0].place.row, {name: at for name, at in names.items() if name}
    return None


def _answers(grid: Grid, start: int, columns: dict[str, int]) -> Iterator[dict[str, str]]:
    for row in grid.rows:
        if not row or row[0].place.row <= start:
            continue
        texts = {cell.place.column: _typed(cell) for cell in row}
        answer = {name: texts.get(at, "") for name, at in columns.items()}
        answer |= {name: answer[name].strip() for name in WRITTEN if name in answer}
        if any(answer.get(name) for name in WRITTEN):
            yield {**dict.fromkeys(HEADINGS.values(), ""), **answer, "line": str(row[0].place.row)}


def _typed(cell: Cell) -> str:
    """A cell as somebody typed it: 0.8625 shown as 86% is '86.25%', a day is '2012-07-31'."""
    if isinstance(cell.native, bool) or not isinstance(cell.native, (int, float)):
        return str(cell.native) if _is_day(cell.native) else cell.text
    if "%" in cell.text:
        return f"{round(cell.native * 100, 6):.15g}%"
    return f"{cell.native:.15g}"


def _is_day(native: object) -> bool:
    return isinstance(native, str) and day_of(native) is not None


def day_of(text: str) -> str | None:
    """A day as people write it -> '2012-07-31'; None when it is none."""
    for form in DAYS:
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()
        except ValueError:
            continue
    return None
